/** What a ranking by VQE says beyond orbital energies. */
import { z } from "zod";

/** Spearman's correlation, −1 to 1, of IE(VQE) with Koopmans' estimate, and over how many molecules. */
export const KoopmansCorrelation = z.strictObject({ correlation: z.number(), molecules: z.number().int() });
export type KoopmansCorrelation = z.infer<typeof KoopmansCorrelation>;

/** Below this chance alone gives |ρ| of 0.7 and more about one time in twenty. */
const FEWEST_THAT_TELL = 10;

/** One sentence or two for people. */
export function koopmansSentence({ correlation, molecules }: KoopmansCorrelation): string {
  const number = correlation.toFixed(3).replace("-", "−");
  const caution = molecules < FEWEST_THAT_TELL ? " Over so few molecules it means little." : "";
  return `Rank correlation (Spearman) of IE(VQE) with Koopmans' estimate, which costs nothing more: ${number} (n = ${molecules}).${caution}`;
}
