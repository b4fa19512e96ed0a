/** States of any spin in one set of orbitals, as results. */
import type { EnergyRequest, PerturbationTheory } from "#shared/quantum/energy-request.ts";
import type { MultireferenceResult, MultireferenceState } from "#shared/quantum/multireference-result.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import { oneParticleDensities, type SectorState } from "../ci/density-matrices.ts";
import type { SpinSolution } from "../ci/spin-states.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { nevpt2 } from "./nevpt2.ts";
import { transitionsOf } from "./transitions.ts";

/** The states asked for by name, or so many of the molecule's own spin. */
export const wantedStates = ({
  spinStates,
  multiplicity,
  states = 1,
}: Pick<EnergyRequest, "spinStates" | "multiplicity" | "states">): SpinStates =>
  spinStates ?? [{ multiplicity, count: states }];

function statesOf(
  { multiplicity, nelec, solution }: SpinSolution,
  { norb, correct, context }: { norb: number; correct: Correct; context: NativeContext },
): MultireferenceState[] {
  const { outcome } = solution;
  return solution.states.map(({ energy_hartree, spinSquare, coefficients }, k) => {
    const state = { norb, nelec, coefficients };
    return {
      ...{ multiplicity, root: k + 1, outcome, energy_hartree, pt2_hartree: correct(state), spinSquare },
      naturalOccupations: [...oneParticleDensities(state, context).naturalOccupations],
    };
  });
}

/** What is to be added to a state's energy, Hartree; null for nothing. */
type Correct = (state: SectorState) => number | null;

/** The states that were found, with what follows from their vectors. */
export function multireferenceOf(
  system: QuantumSystem,
  solutions: readonly SpinSolution[],
  {
    orbitals,
    pt2,
    context,
  }: { orbitals: MoleculeOrbitals; pt2: PerturbationTheory | undefined; context: NativeContext },
): Omit<MultireferenceResult, "wallTime_ms"> {
  const isConverged = solutions.every(({ solution }) => solution.outcome === "converged");
  const { norb, nCore } = orbitals;
  const correct: Correct = (state) =>
    pt2 && isConverged ? nevpt2(system, orbitals, state).energy_hartree : null;
  const space = { orbitals: orbitals.orbitals, active: Array.from({ length: norb }, (_, t) => nCore + t) };
  return {
    outcome: isConverged ? "converged" : "not-converged",
    states: solutions.flatMap((solution) => statesOf(solution, { norb, correct, context })),
    transitions: transitionsOf(system, solutions, space, context),
  };
}
