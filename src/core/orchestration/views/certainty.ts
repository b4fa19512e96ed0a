/** How far a campaign's ranking is to be trusted: a view over its numbers, made anew each time and never stored. */
import type { Database } from "#core/notebook/file/database.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { type EvaluatedNumbers, listNumbers } from "#core/notebook/tables/candidates.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { listRungNumbers } from "#core/notebook/tables/rungs.ts";
import { hasKnownError, rankIntervals, resampled } from "#core/ranking/certainty.ts";
import { rankBy } from "#core/ranking/rank.ts";
import { rungsOf } from "#core/ranking/rungs.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateCertainty, RankingCertainty, Rung } from "#shared/campaign/certainty.ts";
import { directionOf, rungTitle, topRung } from "#shared/campaign/rungs.ts";
import type { CampaignId } from "#shared/ids.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { rankedBy } from "#shared/properties/method-title.ts";
import { METHOD_TITLES, type PropertyValue } from "#shared/properties/property.ts";
import { errorBarOf } from "./error-bars.ts";
import { frontsOf } from "./fronts.ts";

/** As their titles stand: from the cheapest to the dearest. */
const METHODS_BY_COST = Object.keys(METHOD_TITLES);

/** Keys of the property's numbers, the cheapest method's first and at the end what is ranked by. */
function keysOf({ evaluation }: CampaignSettings): [string, ...string[]] {
  const { key: ranked } = rankedBy(evaluation);
  const cost = ({ method }: PropertyValue): number => METHODS_BY_COST.indexOf(method);
  const [first, ...dearer] = declarationOf(evaluation)
    .values.filter(({ key, shown }) => key !== ranked && !shown)
    .toSorted((a, b) => cost(a) - cost(b))
    .map(({ key }) => key);
  return first === undefined ? [ranked] : [first, ...dearer, ranked];
}

/** How far a number that is averaged over conformers is from those of each, by their shares; 0 of one shape. */
function conformerSpread(db: Database, evaluation: number, mean: number): number {
  const { alternatives = [] } = EvaluationContent.parse(readRecord(db, evaluation).content);
  const squares = alternatives.map(({ value, weight = 0 }) =>
    value === null ? 0 : weight * (value - mean) ** 2,
  );
  return Math.sqrt(squares.reduce((a, b) => a + b, 0));
}

function errorBars(
  db: Database,
  rows: readonly EvaluatedNumbers[],
  { evaluation, ranking: { direction } }: CampaignSettings,
): Pick<RankingCertainty, "candidates" | "stability"> {
  const bar = errorBarOf(db, evaluation);
  if (!bar) return { candidates: [], stability: null };
  const { ranked } = rankBy(rows, { direction, value: ({ value }) => value });
  const found = ranked.map(({ row }) => ({
    index: row.index,
    value: row.value,
    deviation: Math.hypot(
      // The sets are of neutral molecules: how far an ion's number is off is not known, and decides no rank.
      row.charge === 0 ? bar(row) : Number.POSITIVE_INFINITY,
      (evaluation.conformers ?? 1) > 1 ? conformerSpread(db, row.evaluation, row.value) : 0,
    ),
  }));
  const intervals = rankIntervals(found, direction).filter((_, k) => hasKnownError(found[k]!));
  const { stability, topChances } = resampled(found, direction);
  const candidates = found.filter(hasKnownError).map(
    ({ index, deviation }, k): CandidateCertainty => ({
      index,
      deviation,
      // One of each for each of these.
      ranks: intervals[k]!,
      topChance: topChances[k]!,
    }),
  );
  return { candidates, stability };
}

/** What each rung of the campaign changed of the order that the one below gives, over those that went up. */
function climbed(db: Database, id: CampaignId, settings: CampaignSettings): Rung[] {
  const top = topRung(settings);
  if (top === 0) return [];
  const { direction } = settings.ranking;
  const titles = Array.from({ length: top + 1 }, (_, rung) => rungTitle(settings, rung));
  // Lower is better on one rung and higher on another: all are held against the order of the last.
  const signs = titles.map((_, rung) => (directionOf(settings, rung) === direction ? 1 : -1));
  const rows = [...listRungNumbers(db, id).values()].map((numbers) =>
    Object.fromEntries(titles.map((title, rung) => [title, signed(numbers.get(rung), signs[rung])])),
  );
  // A campaign has one rung at least.
  return rungsOf(rows, titles as [string, ...string[]], direction);
}

const signed = (value: number | undefined, sign = 1): number | null =>
  value === undefined ? null : sign * value;

/**
 * Error bars of the ranked candidates, the ranks that these decide, and how far each cheaper number gives the order already.
 *
 * @throws DomainError not-found
 */
export function rankingCertainty(db: Database, id: CampaignId): RankingCertainty {
  const settings = campaignSettings(db, id);
  const { property } = settings.evaluation;
  const rows = listNumbers(db, id, { property, rung: topRung(settings) });
  const numbers = rows.map((row) => row.numbers);
  const own = rungsOf(numbers, keysOf(settings), settings.ranking.direction);
  const fronts = frontsOf(rows, settings.evaluation);
  return {
    ...errorBars(db, rows, settings),
    rungs: [...climbed(db, id, settings), ...own],
    ...(fronts && { fronts }),
  };
}
