/** What the grid of a Kohn–Sham field is worth. */
import { callNative } from "../native/native.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

/**
 * The density is not quite that of a grid without an error, and the grid of the check has one of its own: of SF₆ by PBE 8e-8 Hartree an
 * atom against 250 full spheres of 1730 points.
 */
const SAFETY = { factor: 1.25, ofAtom_hartree: 2e-7 } as const;

/**
 * What the energy of a converged field may be off by for its grid, Hartree: of the energy of its density on a grid of 1202 points on every
 * sphere, near the nuclei too, and a quarter more spheres than the finest, less its own, the size and a quarter more; and 2e-7 an atom. null
 * for Hartree–Fock and where the field did not converge.
 *
 * Cost: about two iterations on the fine grid. Throws AbortError.
 */
export function gridErrorOf(
  system: QuantumSystem,
  { kohnSham, outcome, densities }: ScfResult,
): number | null {
  if (!kohnSham || outcome === "not-converged") return null;
  const [densityAlpha, densityBeta] = densities;
  const checked = callNative((addon) =>
    addon.checkedXcEnergy({
      system: system.handle,
      functional: kohnSham.functional,
      densityAlpha,
      ...(densityBeta && { densityBeta }),
    }),
  );
  return (
    SAFETY.factor * Math.abs(checked - kohnSham.xc_hartree) + SAFETY.ofAtom_hartree * system.charges.length
  );
}
