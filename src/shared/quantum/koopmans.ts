/** What a ranking by VQE says beyond orbital energies. */
import { z } from "zod";
import { decimal } from "../decimals.ts";
import { toElectronVolt } from "../units.ts";
import type { IonKind } from "./energy-request.ts";

/** Spearman's correlation, −1 to 1, of IE(VQE) with Koopmans' estimate, and over how many molecules. */
export const KoopmansCorrelation = z.strictObject({ correlation: z.number(), molecules: z.number().int() });
export type KoopmansCorrelation = z.infer<typeof KoopmansCorrelation>;

/** Below this chance alone gives |ρ| of 0.7 and more about one time in twenty. */
const FEWEST_THAT_TELL = 10;

/** One sentence or two for people. */
export function koopmansSentence({ correlation, molecules }: KoopmansCorrelation): string {
  const number = decimal(correlation, 3).replace("-", "−");
  const caution = molecules < FEWEST_THAT_TELL ? " Over so few molecules it means little." : "";
  return `Rank correlation (Spearman) of IE(VQE) with Koopmans' estimate, which costs nothing more: ${number} (n = ${molecules}).${caution}`;
}

/**
 * Relaxation and correlation, which Koopmans' estimate leaves out, seldom move a valence ionisation or attachment further than
 * this, eV: a value beyond it is most often another state than the lowest.
 */
const FAR_FROM_KOOPMANS_EV = 2.5;

/** What to say of an ionisation energy or an electron affinity far from Koopmans' estimate, with both values; null otherwise. */
export function koopmansWarning(
  value_hartree: number | null | undefined,
  koopmans_hartree: number | null | undefined,
  kind: IonKind = "cation",
): string | null {
  if (value_hartree == null || koopmans_hartree == null) return null;
  const [value, estimate] = [toElectronVolt(value_hartree), toElectronVolt(koopmans_hartree)];
  if (Math.abs(value - estimate) <= FAR_FROM_KOOPMANS_EV) return null;
  const name = kind === "cation" ? "Ionisation energy" : "Electron affinity";
  const written = [value, estimate].map((x) => decimal(x, 2).replace("-", "−"));
  return `${name} of ${written[0]} eV is far from Koopmans' estimate of ${written[1]} eV: the active space may lack the orbital that ${kind === "cation" ? "the hole" : "the electron"} needs.`;
}
