/** Exact states of the reference sets, and how a space's are compared with them. */
import { expect } from "vitest";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";

/** References have ten decimals, from Davidson runs of their own; the README of the set suggests this, Hartree. */
const EXACT_TOLERANCE = 1e-7;

/** Of larger spaces the lowest state alone: two states of a million determinants take as long as all the rest. */
const MOST_DETERMINANTS = 500_000;

export interface Exact {
  n_electrons: number;
  n_orbitals: number;
  n_core_orbitals: number;
  n_determinants: number;
  /** Lowest state of an open shell; of a closed one, singlets and the lowest triplet. */
  e_lowest?: number;
  e_s0?: number;
  e_s1?: number;
  e_t1?: number;
  active_space_unique?: boolean;
  cation_same_orbitals?: { e_doublet: number };
}

const lowest = (hamiltonian: ActiveHamiltonian, nroots = 1): number => {
  const { outcome, states } = solveCasci(hamiltonian, { nroots });
  expect(outcome).toBe("converged");
  return states.at(-1)!.energy_hartree;
};

/** Singlets, triplet and cation of one space, each by a calculation of its own. */
export function expectStates(hamiltonian: ActiveHamiltonian, exact: Exact): void {
  const [nalpha, nbeta] = hamiltonian.nelec;
  const agree = (found: () => number, reference: number | undefined, what: string) => {
    if (reference !== undefined) expect(Math.abs(found() - reference), what).toBeLessThan(EXACT_TOLERANCE);
  };
  agree(() => lowest(hamiltonian), exact.e_lowest ?? exact.e_s0, "lowest");
  if (exact.n_determinants > MOST_DETERMINANTS) return;
  agree(() => lowest(hamiltonian, 2), exact.e_s1, "second singlet");
  agree(() => lowest({ ...hamiltonian, nelec: [nalpha + 1, nbeta - 1] }), exact.e_t1, "triplet");
  const cation = exact.cation_same_orbitals?.e_doublet;
  agree(() => lowest({ ...hamiltonian, nelec: [nalpha, nbeta - 1] }), cation, "cation");
}
