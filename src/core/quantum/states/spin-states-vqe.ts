/** The lowest states of each spin by VQE. */
import { isOfSpin, type SpinStates } from "#shared/quantum/spin-states.ts";
import { type CasciState, solveCasci } from "../ci/ci.ts";
import { densityMatrices, energyOf, spinSquare } from "../ci/density-matrices.ts";
import { checkSpinStates, type SpinSolution, sectorOf } from "../ci/spin-states.ts";
import { isCircuitAnsatz } from "../circuit/ansatz-on-qubits.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { determinantCount } from "../native/limits.ts";
import { prepareState, type VqeOptions } from "../vqe/vqe.ts";
import {
  findExcitedStates,
  findLowestState,
  type StateSearch,
  type VariationalState,
} from "./variational-states.ts";

/** ⟨H⟩ and ⟨S²⟩ of what was found, without the penalties that it was found with; of another spin it has not converged. */
export function spinStateOf(
  hamiltonian: ActiveHamiltonian,
  { ansatz, run }: VariationalState,
  { multiplicity, options }: { multiplicity: number; options: VqeOptions },
): CasciState {
  if (isCircuitAnsatz(ansatz)) throw new TypeError("states by spin: expected a product of excitations");
  const { norb, nelec } = hamiltonian;
  const coefficients = prepareState(ansatz, run.parameters, options);
  const state = { norb, nelec, coefficients };
  const s2 = spinSquare(state, options);
  return {
    outcome: isOfSpin(s2, multiplicity) ? run.outcome : "not-converged",
    energy_hartree: energyOf(hamiltonian, densityMatrices(state, options)),
    spinSquare: s2,
    coefficients,
  };
}

/** States of one spin together, ordered by energy. */
export function sectorSolution(
  { norb, nelec }: Pick<ActiveHamiltonian, "norb" | "nelec">,
  multiplicity: number,
  found: readonly CasciState[],
): SpinSolution {
  const states = found.toSorted((a, b) => a.energy_hartree - b.energy_hartree);
  const isThere = states.every(({ outcome = "converged" }) => outcome === "converged");
  return {
    multiplicity,
    nelec,
    solution: {
      outcome: isThere ? "converged" : "not-converged",
      iterations: 0,
      determinants: determinantCount(norb, nelec),
      states,
    },
  };
}

/** A sector of one determinant leaves nothing to vary. */
function onlyState(hamiltonian: ActiveHamiltonian, { threads, control }: VqeOptions): CasciState[] {
  const exact = solveCasci(hamiltonian, { ...(threads !== undefined && { threads }), control });
  return [...exact.states];
}

/**
 * The lowest states of each multiplicity that the ansatz reaches, in the sector Ms = S: the lowest of each as a VQE, those above kept
 * orthogonal to the ones found (findExcitedStates), ordered by energy.
 *
 * k-UpCCGSD from the lowest determinant of the sector keeps the spin, since paired doubles and singles of both spins alike commute with
 * S² (J. Lee et al., doi:10.1021/acs.jctc.8b01004); other ansätze need not, and a state whose ⟨S²⟩ is not S(S+1) has not converged. A state
 * that the ansatz cannot express is a higher one: compare with solveSpinStates.
 *
 * Throws as checkSpinStates, findLowestState and findExcitedStates. Cost: `starts` minimisations a state.
 */
export async function spinStatesByVqe(
  hamiltonian: ActiveHamiltonian,
  states: SpinStates,
  search: StateSearch,
): Promise<SpinSolution[]> {
  const electrons = hamiltonian.nelec[0] + hamiltonian.nelec[1];
  const { norb } = hamiltonian;
  checkSpinStates(states, { nelec: electrons, norb });
  const solutions: SpinSolution[] = [];
  for (const { multiplicity, count } of states) {
    const nelec = sectorOf(electrons, multiplicity);
    const sector = { ...hamiltonian, nelec };
    const asked = { multiplicity, options: search.options };
    let found: CasciState[];
    if (determinantCount(norb, nelec) === 1) found = onlyState(sector, search.options);
    else {
      const lowest = await findLowestState(sector, search);
      const above = await findExcitedStates(sector, lowest, { ...search, count: count - 1 });
      found = [lowest, ...above].map((one) => spinStateOf(sector, one, asked));
    }
    solutions.push(sectorSolution(sector, multiplicity, found));
  }
  return solutions;
}
