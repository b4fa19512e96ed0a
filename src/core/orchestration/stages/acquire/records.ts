/** What the notebook keeps of a round of choice: what was chosen, from what, and what was known. */
import type { JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { seal } from "#core/notebook/proof/record.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { StoredUnit } from "#shared/properties/property.ts";
import type { Chosen } from "../../dispatch/tasks.ts";
import type { Made, Origin } from "../plan.ts";

/** A molecule chosen, with its candidate's record. */
export type Pick = Chosen & { record: Sha256 };

/**
 * @param observations the evaluations that the surrogate learned from
 * @param unit in which they are kept
 */
export function acquisitionRecords(
  origin: Origin,
  {
    picks,
    observations,
    unit,
  }: { picks: readonly Pick[]; observations: readonly Sha256[]; unit: StoredUnit },
): Omit<Made, "timings_ms"> {
  const result = seal({
    kind: "acquisition",
    content: {
      ...origin,
      picks: picks.map(({ index, mean, standardDeviation }) => ({
        index,
        [`mean_${unit}`]: mean,
        [`standardDeviation_${unit}`]: standardDeviation,
      })),
    },
    links: [
      ...picks.map(({ record }) => ({ role: "chose", target: record })),
      ...observations.map((target) => ({ role: "learned-from", target })),
    ],
  });
  return { records: [result], result };
}

/** The indices of the candidates that a round chose. */
export const readPicks = ({ picks }: JsonObject): number[] =>
  (picks as { index: number }[]).map(({ index }) => index);
