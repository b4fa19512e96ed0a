/** Other numbers of electrons in the same active orbitals. */
import { DomainError } from "#shared/errors.ts";
import type { ActiveHamiltonian } from "./hamiltonian.ts";

/** The cation of a closed shell: one β electron less. */
export function ionised(hamiltonian: ActiveHamiltonian): ActiveHamiltonian {
  const [nalpha, nbeta] = hamiltonian.nelec;
  if (nbeta > 0) return { ...hamiltonian, nelec: [nalpha, nbeta - 1] };
  throw new DomainError(
    "invalid-input",
    "The active space has no β electron to take away: expected at least one.",
  );
}

/**
 * The anion of a closed shell: one α electron more. In a basis without diffuse functions an electron attached to a molecule
 * that does not bind it lies too high: the number ranks, it does not predict.
 */
export function electronAttached(hamiltonian: ActiveHamiltonian): ActiveHamiltonian {
  const [nalpha, nbeta] = hamiltonian.nelec;
  if (nalpha < hamiltonian.norb) return { ...hamiltonian, nelec: [nalpha + 1, nbeta] };
  throw new DomainError(
    "invalid-input",
    `All ${hamiltonian.norb} active orbitals hold an α electron: expected an empty one for the electron to go to.`,
  );
}
