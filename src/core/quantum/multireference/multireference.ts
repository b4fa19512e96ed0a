/** States of any spin in one set of orbitals, as results. */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { MultireferenceResult, MultireferenceState } from "#shared/quantum/multireference-result.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import { densityMatrices } from "../ci/density-matrices.ts";
import type { SpinSolution } from "../ci/spin-states.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { type ActiveOrbitals, transitionsOf } from "./transitions.ts";

/** The states asked for by name, or so many of the molecule's own spin. */
export const wantedStates = ({
  spinStates,
  multiplicity,
  states = 1,
}: Pick<EnergyRequest, "spinStates" | "multiplicity" | "states">): SpinStates =>
  spinStates ?? [{ multiplicity, count: states }];

function statesOf(
  { multiplicity, nelec, solution }: SpinSolution,
  norb: number,
  context: NativeContext,
): MultireferenceState[] {
  const { outcome } = solution;
  return solution.states.map(({ energy_hartree, spinSquare, coefficients }, k) => ({
    ...{ multiplicity, root: k + 1, outcome, energy_hartree, pt2_hartree: null, spinSquare },
    naturalOccupations: [...densityMatrices({ norb, nelec, coefficients }, context).naturalOccupations],
  }));
}

/** The states that were found, with what follows from their vectors. */
export function multireferenceOf(
  system: QuantumSystem,
  solutions: readonly SpinSolution[],
  { space, context }: { space: ActiveOrbitals; context: NativeContext },
): Omit<MultireferenceResult, "wallTime_ms"> {
  const isConverged = solutions.every(({ solution }) => solution.outcome === "converged");
  return {
    outcome: isConverged ? "converged" : "not-converged",
    states: solutions.flatMap((solution) => statesOf(solution, space.active.length, context)),
    transitions: transitionsOf(system, solutions, space, context),
  };
}
