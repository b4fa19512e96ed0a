/** Strongly contracted NEVPT2 of a state in a complete active space. */
import type { SectorState } from "../ci/density-matrices.ts";
import type { QuantumSystem } from "../field/system.ts";
import { callNative } from "../native/native.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";

const DEFAULT_MEMORY_BYTES = 1024 ** 3;

export interface Nevpt2Correction {
  /** To be added to the state's energy, Hartree. */
  readonly energy_hartree: number;
  /** The lowest perturber above the state, Hartree: where it is negative or nearly zero, the correction means nothing. */
  readonly lowestPerturber_hartree: number;
}

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
      memoryBytes: DEFAULT_MEMORY_BYTES,
    }),
  );
  return {
    energy_hartree: energies.reduce((sum, energy) => sum + energy, 0),
    lowestPerturber_hartree: lowestPerturber,
  };
}
