/** How far a campaign's ranking is to be trusted: a view over its numbers, made anew each time and never stored. */
import type { Database } from "#core/notebook/file/database.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { type EvaluatedNumbers, listNumbers } from "#core/notebook/tables/candidates.ts";
import { firstByRole } from "#core/notebook/tables/records.ts";
import { deviations, rankIntervals, resampled } from "#core/ranking/certainty.ts";
import { rankBy } from "#core/ranking/rank.ts";
import { rungsOf } from "#core/ranking/rungs.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateCertainty, RankingCertainty } from "#shared/campaign/certainty.ts";
import type { CampaignId } from "#shared/ids.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { rankedBy } from "#shared/properties/method-title.ts";
import { type PropertyDeclaration, UNITS } from "#shared/properties/property.ts";

/** Keys of the property's numbers, the cheapest first and at the end what is ranked by: declared from dear to cheap. */
function keysOf({ evaluation }: CampaignSettings): [string, ...string[]] {
  const { key: ranked } = rankedBy(evaluation);
  const [first, ...dearer] = declarationOf(evaluation)
    .values.map(({ key }) => key)
    .filter((key) => key !== ranked)
    .reverse();
  return first === undefined ? [ranked] : [first, ...dearer, ranked];
}

/** Of the energies by VQE that the number is made of, their standard errors by shots added as squares; 0 without shots. */
function shotsError(db: Database, evaluation: number): number {
  const errors = [...firstByRole(db, evaluation).values()].map(({ kind, content }) =>
    kind === "vqe" ? Number(content.statedError_hartree ?? 0) : 0,
  );
  return Math.hypot(...errors);
}

/** The next dearest number beside the one that is ranked by; a mere estimate is none. */
function otherKey({ values, estimate }: PropertyDeclaration, ranked: string): string | undefined {
  return values.find(({ key }) => key !== ranked && key !== estimate?.value)?.key;
}

function errorBars(
  db: Database,
  rows: readonly EvaluatedNumbers[],
  { evaluation, ranking: { direction } }: CampaignSettings,
): Pick<RankingCertainty, "candidates" | "stability"> {
  const property: PropertyDeclaration = declarationOf(evaluation);
  const { key, method, deviation } = rankedBy(evaluation);
  if (deviation === undefined) return { candidates: [], stability: null };
  const { ranked } = rankBy(rows, { direction, value: ({ value }) => value });
  const other = otherKey(property, key);
  const own = ranked.map(({ row: { value, numbers, evaluation: record } }) => ({
    value,
    other: other === undefined ? null : (numbers[other] ?? null),
    shots: method === "vqe" ? shotsError(db, record) : 0,
  }));
  const usual = UNITS[property.unit].toStored(deviation);
  const found = deviations(own, usual).map((each, k) => ({ value: own[k]!.value, deviation: each }));
  const intervals = rankIntervals(found, direction);
  const { stability, topChances } = resampled(found, direction);
  const candidates = ranked.map(
    ({ row }, k): CandidateCertainty => ({
      index: row.index,
      // One of each for each row.
      deviation: found[k]!.deviation,
      ranks: intervals[k]!,
      topChance: topChances[k]!,
    }),
  );
  return { candidates, stability };
}

/**
 * Error bars of the ranked candidates, the ranks that these decide, and how far each cheaper number gives the order already.
 *
 * @throws DomainError not-found
 */
export function rankingCertainty(db: Database, id: CampaignId): RankingCertainty {
  const settings = campaignSettings(db, id);
  const rows = listNumbers(db, id, settings.evaluation.property);
  const numbers = rows.map((row) => row.numbers);
  const rungs = rungsOf(numbers, keysOf(settings), settings.ranking.direction);
  return { ...errorBars(db, rows, settings), rungs };
}
