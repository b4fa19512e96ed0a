/** Forces: analytic derivatives of Hartree–Fock energies by nuclear positions. */
import { DomainError } from "#shared/errors.ts";
import { callNative } from "../native/native.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

/**
 * Gradient of the RHF, UHF or ROHF energy, with the system's dispersion, Hartree/bohr, x y z of each atom in turn; ghosts included.
 *
 * P. Pulay, doi:10.1080/00268976900100941. The error is first order in the orbital gradient left. Cost: 0.4 to 3.5
 * Fock builds (`npm run bench -- chemistry --only gradient`).
 *
 * @throws DomainError `invalid-input` for an unconverged or a fitted field, `not-supported` for one of a density functional; AbortError.
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
  if (scf.kohnSham) {
    throw new DomainError(
      "not-supported",
      "A gradient needs a Hartree–Fock field, got one of a density functional.",
    );
  }
  const [densityAlpha, densityBeta] = scf.densities;
  const [fockAlpha, fockBeta] = scf.focks;
  const gradient = callNative((addon) =>
    addon.gradient({
      system: system.handle,
      densityAlpha,
      fockAlpha,
      ...(densityBeta && fockBeta && { densityBeta, fockBeta }),
    }),
  );
  const added = system.dispersion?.gradient;
  return added ? gradient.map((slope, k) => slope + added[k]!) : gradient;
}
