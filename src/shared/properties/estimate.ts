/** What a ranking by a property says beyond the estimate of it that costs nothing more. */
import { z } from "zod";
import { printedDecimal } from "../decimals.ts";
import { declarationOf } from "./find.ts";
import { type AskedProperty, rankedBy } from "./method-title.ts";

/** Spearman's correlation, −1 to 1, of a property with its estimate, and over how many molecules. */
export const EstimateCorrelation = z.strictObject({ correlation: z.number(), molecules: z.number().int() });
export type EstimateCorrelation = z.infer<typeof EstimateCorrelation>;

/** Below this chance alone gives |ρ| of 0.7 and more about one time in twenty. */
const FEWEST_THAT_TELL = 10;

/** One sentence or two for people; empty for a property without an estimate. */
export function estimateSentence(
  asked: AskedProperty,
  { correlation, molecules }: EstimateCorrelation,
): string {
  const { estimate } = declarationOf(asked);
  if (!estimate) return "";
  const { title } = rankedBy(asked);
  const number = printedDecimal(correlation, 3);
  const caution = molecules < FEWEST_THAT_TELL ? " Over so few molecules it means little." : "";
  return `Rank correlation (Spearman) of ${title} with ${estimate.name}, which costs nothing more: ${number} (n = ${molecules}).${caution}`;
}
