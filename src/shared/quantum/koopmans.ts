/** Koopmans' estimate of what it takes to remove an electron, or to add one, as a check of a computed value. */
import { printedDecimal } from "../decimals.ts";
import { toElectronVolt } from "../units.ts";
import type { IonKind } from "./energy-request.ts";

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
  const written = [value, estimate].map((x) => printedDecimal(x, 2));
  return `${name} of ${written[0]} eV is far from Koopmans' estimate of ${written[1]} eV: the active space may lack the orbital that ${kind === "cation" ? "the hole" : "the electron"} needs.`;
}
