/** Strongly contracted NEVPT2 of a state in a complete active space. */
import type { SectorState } from "../ci/density-matrices.ts";
import type { QuantumSystem } from "../field/system.ts";
import { callNative } from "../native/native.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";

/** For half-transformed integrals, and for vectors of perturbers. */
const WORK_BYTES = 1024 ** 3;

/** What nevpt2 holds at most, its integrals included; it ends where that is beyond this machine. */
export const nevpt2Memory_bytes = ({
  nOrbitals,
  nCore,
  norb,
}: {
  nOrbitals: number;
  nCore: number;
  norb: number;
}): number => WORK_BYTES + 8 * norb * (nCore + norb) * nOrbitals ** 2;

export interface Nevpt2Correction {
  /** To be added to the state's energy, Hartree; null where a perturber lies near or below the state, so that the correction means nothing. */
  readonly energy_hartree: number | null;
  /** The lowest perturber above the state, Hartree; infinite where there is none. */
  readonly lowestPerturber_hartree: number;
}

/** Denominators below this are those of intruders. */
const NEAR_HARTREE = 0.01;

/**
 * The correction of one state, all electrons correlated; native/include/ansatz/nevpt2.hpp has method, cost and memory.
 *
 * @throws DomainError `invalid-input` where a perturber has the energy of the state, `not-supported` beyond this machine's memory;
 * AbortError.
 */
export function nevpt2(
  system: QuantumSystem,
  { orbitals, nCore }: MoleculeOrbitals,
  { norb, nelec: [nalpha, nbeta], coefficients }: SectorState,
): Nevpt2Correction {
  const { energies, lowestPerturber } = callNative((addon) =>
    addon.nevpt2({
      ...{ system: system.handle, orbitals, nCore, norb, nalpha, nbeta, coefficients },
      memoryBytes: WORK_BYTES,
    }),
  );
  const correction = energies.reduce((sum, energy) => sum + energy, 0);
  return {
    energy_hartree: lowestPerturber < NEAR_HARTREE ? null : correction,
    lowestPerturber_hartree: lowestPerturber,
  };
}
