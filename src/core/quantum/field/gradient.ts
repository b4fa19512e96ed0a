/** Forces: analytic derivatives of Hartree–Fock and Kohn–Sham energies by nuclear positions. */
import { DomainError } from "#shared/errors.ts";
import { callNative } from "../native/native.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

/**
 * Gradient of the RHF, UHF, ROHF, RKS or UKS energy, with the system's dispersion, Hartree/bohr, x y z of each atom in turn; ghosts
 * included.
 *
 * P. Pulay, doi:10.1080/00268976900100941. The error is first order in the orbital gradient left. Cost: 0.4 to 3.5
 * Fock builds (`npm run bench -- chemistry --only gradient`). Of a functional it is the slope of the energy on the field's own grid, whose
 * points and weights move with the nuclei (B. G. Johnson et al., doi:10.1063/1.464906); cost besides: an iteration on the grid. In a solvent
 * the spheres of its cavity move with their atoms.
 *
 * @throws DomainError `invalid-input` for an unconverged or a fitted field; AbortError.
 */
export function nuclearGradient(system: QuantumSystem, scf: ScfResult): Float64Array {
  if (scf.outcome !== "converged") {
    throw new DomainError(
      "invalid-input",
      "A gradient needs a converged field, got one that did not converge.",
    );
  }
  if (scf.densityFitting) {
    throw new DomainError("invalid-input", "A gradient needs a field of exact integrals, got a fitted one.");
  }
  const [densityAlpha, densityBeta] = scf.densities;
  const [fockAlpha, fockBeta] = scf.focks;
  const { kohnSham } = scf;
  const gradient = callNative((addon) =>
    addon.gradient({
      system: system.handle,
      densityAlpha,
      fockAlpha,
      ...(densityBeta && fockBeta && { densityBeta, fockBeta }),
      ...(kohnSham && { functional: kohnSham.functional, grid: kohnSham.grid.level }),
    }),
  );
  const added = system.dispersion?.gradient;
  return added ? gradient.map((slope, k) => slope + added[k]!) : gradient;
}
