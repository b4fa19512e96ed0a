/** What the notebook keeps of a promotion: who went up, who did not, and where the cut was. */
import type { JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { PromotionContent } from "#core/notebook/tables/contents.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { StoredUnit } from "#shared/properties/property.ts";
import type { Made, Origin } from "../plan.ts";
import type { Choice } from "./run.ts";

/**
 * @param evaluations those that were compared
 * @param unit in which values are kept
 */
export function promotionRecords(
  origin: Origin,
  { cut, decisions }: Choice,
  { evaluations, unit }: { evaluations: readonly Sha256[]; unit: StoredUnit },
): Omit<Made, "timings_ms"> {
  const result = seal({
    kind: "promotion",
    content: {
      ...origin,
      [`cut_${unit}`]: cut,
      decisions: decisions.map(({ value, ...decision }) => ({ ...decision, [`value_${unit}`]: value })),
    },
    links: [...new Set(evaluations)].map((target) => ({ role: "compared", target })),
  });
  return { records: [result], result };
}

/** The indices of the candidates that go up, best first. */
export const goingUp = (content: JsonObject): number[] =>
  PromotionContent.parse(content).decisions.flatMap(({ index, goesUp }) => (goesUp ? [index] : []));
