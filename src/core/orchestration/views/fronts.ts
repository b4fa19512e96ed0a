/** Pareto fronts of a composite's candidates over the numbers of its parts: a view, made anew each time and never stored. */
import type { Database } from "#core/notebook/file/database.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { type EvaluatedNumbers, listNumbers } from "#core/notebook/tables/candidates.ts";
import { paretoFronts } from "#core/ranking/fronts.ts";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { CandidateFront } from "#shared/campaign/certainty.ts";
import { topRung } from "#shared/campaign/rungs.ts";
import type { CampaignId } from "#shared/ids.ts";
import { partNumber } from "#shared/properties/composite-property.ts";
import { shortfall } from "#shared/properties/desirability.ts";

/** Of those that have all numbers and are within the limits; undefined for a property that is no composite. */
export function frontsOf(
  rows: readonly EvaluatedNumbers[],
  { definition }: EvaluationSettings,
): CandidateFront[] | undefined {
  if (definition?.kind !== "composite") return undefined;
  const parts = definition.parts.map((part, k) => ({ ...partNumber(part, k), wanted: part.desirability }));
  const points = rows.map(({ numbers }) =>
    // A composite with a number has one of each part.
    parts.map(({ key, shown, wanted }) => shortfall(shown.fromStored(numbers[key]!), wanted)),
  );
  // One of each for each row.
  return paretoFronts(points).map((front, k): CandidateFront => {
    const { index, numbers } = rows[k]!;
    const found = parts.map(({ key, desirability }) => ({
      value: numbers[key]!,
      desirability: numbers[desirability]!,
    }));
    return { index, front, parts: found };
  });
}

/** The fronts of a campaign; undefined where it is of no composite. @throws DomainError not-found */
export function campaignFronts(db: Database, id: CampaignId): CandidateFront[] | undefined {
  const settings = campaignSettings(db, id);
  const { evaluation } = settings;
  if (evaluation.definition?.kind !== "composite") return undefined;
  return frontsOf(
    listNumbers(db, id, { property: evaluation.property, rung: topRung(settings) }),
    evaluation,
  );
}
