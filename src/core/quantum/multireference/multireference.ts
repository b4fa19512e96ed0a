/** States of any spin in one set of orbitals, as results. */
import type { EnergyRequest, PerturbationTheory } from "#shared/quantum/energy-request.ts";
import type {
  MultireferenceResult,
  MultireferenceState,
  Transition,
} from "#shared/quantum/multireference-result.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import type { Outcome } from "#shared/quantum/state-result.ts";
import { oneParticleDensities, type SectorState } from "../ci/density-matrices.ts";
import type { SpinSolution } from "../ci/spin-states.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { type Nevpt2Correction, nevpt2 } from "./nevpt2.ts";
import { transitionsOf } from "./transitions.ts";

/** The states asked for by name, or so many of the molecule's own spin. */
export const wantedStates = ({
  spinStates,
  multiplicity,
  states = 1,
}: Pick<EnergyRequest, "spinStates" | "multiplicity" | "states">): SpinStates =>
  spinStates ?? [{ multiplicity, count: states }];

/** What perturbation theory says of a state; undefined where it was not asked for. */
type Correct = (state: SectorState) => Nevpt2Correction | undefined;

function statesOf(
  { multiplicity, nelec, solution }: SpinSolution,
  {
    norb,
    correct,
    orbitalOutcome,
    exact,
    context,
  }: {
    norb: number;
    correct: Correct;
    orbitalOutcome: Outcome;
    exact: readonly SpinSolution[];
    context: NativeContext;
  },
): MultireferenceState[] {
  const exactly = exact.find((one) => one.multiplicity === multiplicity)?.solution.states ?? [];
  return solution.states.map(({ energy_hartree, spinSquare, coefficients, outcome: own }, k) => {
    const outcome = own ?? solution.outcome;
    const state = { norb, nelec, coefficients };
    const correction = outcome === "converged" ? correct(state) : undefined;
    const { energy_hartree: pt2_hartree = null, lowestPerturber_hartree = Number.POSITIVE_INFINITY } =
      correction ?? {};
    const isCorrected = correction === undefined || pt2_hartree !== null;
    return {
      multiplicity,
      root: k + 1,
      outcome: isCorrected && orbitalOutcome === "converged" ? outcome : "not-converged",
      energy_hartree,
      ...(exactly[k] && { exact_hartree: exactly[k].energy_hartree }),
      pt2_hartree,
      ...(Number.isFinite(lowestPerturber_hartree) && { lowestPerturber_hartree }),
      spinSquare,
      naturalOccupations: [...oneParticleDensities(state, context).naturalOccupations],
    };
  });
}

/** A transition with the corrections of both states, where both have one. */
function withCorrection(transition: Transition, states: readonly MultireferenceState[]): Transition {
  const { multiplicity, from, to, excitation_hartree } = transition;
  const correctionOf = (root: number): number | null =>
    states.find((state) => state.multiplicity === multiplicity && state.root === root)?.pt2_hartree ?? null;
  const [before, after] = [correctionOf(from), correctionOf(to)];
  if (before === null || after === null) return transition;
  return { ...transition, correctedExcitation_hartree: excitation_hartree + after - before };
}

/**
 * The states that were found, with what follows from their vectors.
 *
 * @param orbitalOutcome of the optimisation of their orbitals: no state is converged where that is not
 */
export function multireferenceOf(
  system: QuantumSystem,
  solutions: readonly SpinSolution[],
  {
    orbitals,
    orbitalOutcome = "converged",
    exact = [],
    pt2,
    context,
  }: {
    orbitals: MoleculeOrbitals;
    orbitalOutcome?: Outcome;
    /** Beside states that are not found by exact diagonalisation. */
    exact?: readonly SpinSolution[];
    pt2: PerturbationTheory | undefined;
    context: NativeContext;
  },
): Omit<MultireferenceResult, "wallTime_ms"> {
  const outcomes = [orbitalOutcome, ...solutions.map(({ solution }) => solution.outcome)];
  const outcome: Outcome = outcomes.every((one) => one === "converged") ? "converged" : "not-converged";
  const { norb, nCore } = orbitals;
  const correct: Correct = (state) =>
    pt2 && orbitalOutcome === "converged" ? nevpt2(system, orbitals, state) : undefined;
  const space = { orbitals: orbitals.orbitals, active: Array.from({ length: norb }, (_, t) => nCore + t) };
  const states = solutions.flatMap((solution) =>
    statesOf(solution, { norb, correct, orbitalOutcome, exact, context }),
  );
  return {
    outcome: states.every((state) => state.outcome === "converged") ? outcome : "not-converged",
    states,
    transitions: transitionsOf(system, solutions, space, context).map((transition) =>
      withCorrection(transition, states),
    ),
  };
}
