/** Complete active space self-consistent field: orbitals that make the mean energy of some states stationary. */
import { DomainError } from "#shared/errors.ts";
import { DOWNWARD_HARTREE, type OrbitalOptimisation } from "#shared/quantum/multireference-result.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import { densityMatrices } from "../ci/density-matrices.ts";
import { type SpinSolution, solveSpinStates } from "../ci/spin-states.ts";
import { tellIteration, throwIfCancelled } from "../control-block.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { type Curvature, lowestCurvature } from "./curvature.ts";
import { type ActiveDensities, orbitalDerivatives, orbitalIntegrals } from "./orbital-gradient.ts";
import { type RotationPairs, rotated, rotationPairs } from "./orbital-rotation.ts";
import { largestOf, type Minimum, minimiseRotations, type RotationPoint } from "./quasi-newton.ts";

/** Residual of a state: orbital gradients are first order in it. */
const STATE_TOLERANCE_HARTREE = 1e-8;
/** Largest derivative along a rotation; energies are second order in it. */
const GRADIENT_TOLERANCE_HARTREE = 1e-6;
const MAX_ITERATIONS = 300;
/** Solutions of one energy are one, Hartree. */
const SAME_HARTREE = 1e-7;
/** Times that the states of a solution are sought without those before, and followed where they are lower. */
const MOST_SECOND_LOOKS = 3;
/** Times that a direction which leads down is followed, and the length of the first step along it, radian. */
const MOST_DESCENTS = 3;
const FIRST_STEP = 0.2;

/** Orbitals to begin from, and what they are. */
export interface CasscfStart {
  readonly name: string;
  readonly orbitals: MoleculeOrbitals;
}

/** A start that could not be tried. */
export interface SkippedStart {
  readonly start: string;
  readonly reason: string;
}

/** Where to begin from: the first is what was asked for, the others are tried beside it. */
export interface CasscfStarts {
  readonly starts: readonly [CasscfStart, ...CasscfStart[]];
  readonly skipped: readonly SkippedStart[];
}

/** Finds the states at one set of orbitals after the other. */
export interface StateSolver {
  solve(hamiltonian: ActiveHamiltonian, states: SpinStates): SpinSolution[];
  /** The next solution owes nothing to those before: what they missed may be in it. Absent where no solution does. */
  forget?(): void;
  /** Largest derivative along a rotation that its states are good enough for, Hartree. */
  readonly gradientTolerance: number;
}

export interface CasscfProblem {
  /** Active electrons. */
  readonly electrons: number;
  /** Averaged over with equal weights. */
  readonly states: SpinStates;
  readonly context: NativeContext;
  /** A new one for each start. Default: exact diagonalisation. */
  readonly solver?: () => StateSolver;
  /** Whether the solution kept is asked for a direction that leads down, and followed there. */
  readonly seeksMinimum?: boolean;
}

export interface CasscfSolution {
  readonly orbitals: MoleculeOrbitals;
  readonly solutions: readonly SpinSolution[];
  readonly optimisation: OrbitalOptimisation;
}

interface Point extends RotationPoint {
  readonly orbitals: MoleculeOrbitals;
  readonly solutions: readonly SpinSolution[];
}

/** Means over all states of all spins. */
function meanOf(solutions: readonly SpinSolution[], norb: number, context: NativeContext) {
  const states = solutions.flatMap(({ nelec, solution }) =>
    solution.states.map(({ energy_hartree, coefficients }) => ({ energy_hartree, nelec, coefficients })),
  );
  const one = new Float64Array(norb ** 2);
  const two = new Float64Array(norb ** 4);
  for (const { nelec, coefficients } of states) {
    const found = densityMatrices({ norb, nelec, coefficients }, context);
    for (let k = 0; k < one.length; k++) one[k]! += (found.alpha[k]! + found.beta[k]!) / states.length;
    for (let k = 0; k < two.length; k++) two[k]! += found.two[k]! / states.length;
  }
  const energy = states.reduce((sum, { energy_hartree }) => sum + energy_hartree, 0) / states.length;
  const densities: ActiveDensities = { one, two };
  return { energy_hartree: energy, densities };
}

interface Asked {
  readonly rotations: RotationPairs;
  readonly solve: StateSolver["solve"];
}

/** Each time from the states of the time before, which are near. */
function exactly(context: NativeContext): StateSolver {
  let near: SpinSolution[] = [];
  return {
    solve(hamiltonian, states) {
      near = solveSpinStates(hamiltonian, states, { ...context, tolerance: STATE_TOLERANCE_HARTREE, near });
      return near;
    },
    forget() {
      near = [];
    },
    gradientTolerance: GRADIENT_TOLERANCE_HARTREE,
  };
}

function pointAt(
  system: QuantumSystem,
  orbitals: MoleculeOrbitals,
  { electrons, states, context, rotations, solve }: CasscfProblem & Asked,
): Point {
  throwIfCancelled(context.control);
  const integrals = orbitalIntegrals(system, orbitals);
  // Only the sum counts: solveSpinStates parts it by spin.
  const nelec = [electrons, 0] as const;
  const solutions = solve({ ...integrals.hamiltonian, nelec }, states);
  const { energy_hartree, densities } = meanOf(solutions, orbitals.norb, context);
  const derivatives = orbitalDerivatives(system, orbitals, { integrals, densities, rotations });
  return { orbitals, solutions, energy_hartree, ...derivatives };
}

/** The mean energy over the rotations of a space's orbitals. */
function surfaceOf(
  system: QuantumSystem,
  { norb, nCore, orbitals }: MoleculeOrbitals,
  problem: CasscfProblem,
) {
  const rotations = rotationPairs(orbitals.length / system.nBasis, { nCore, norb });
  const solver = problem.solver?.() ?? exactly(problem.context);
  const asked = { ...problem, rotations, solve: solver.solve };
  const minimised = (from: Point): Minimum<Point> =>
    minimiseRotations(from, at, {
      gradientTolerance: solver.gradientTolerance,
      maxIterations: MAX_ITERATIONS,
      told: (iteration) => tellIteration(problem.context.control, iteration),
    });
  const at = (from: Point, parameters: Float64Array): Point => {
    const turned = rotated(from.orbitals.orbitals, rotations, parameters, problem.context);
    return pointAt(system, { norb, nCore, orbitals: turned }, asked);
  };
  return {
    first: () => pointAt(system, { norb, nCore, orbitals }, asked),
    at,
    minimised(from: Point): Minimum<Point> {
      let found = minimised(from);
      for (let k = 0; solver.forget && k < MOST_SECOND_LOOKS; k++) {
        solver.forget();
        const again = pointAt(system, found.point.orbitals, asked);
        const isLower = again.energy_hartree < found.point.energy_hartree - SAME_HARTREE;
        if (!isLower) break;
        const further = minimised(again);
        found = { ...further, iterations: found.iterations + further.iterations };
      }
      return found;
    },
  };
}

function optimised(system: QuantumSystem, start: MoleculeOrbitals, problem: CasscfProblem): Minimum<Point> {
  const { first, minimised } = surfaceOf(system, start, problem);
  return minimised(first());
}

/** Of something tried beside what was asked for: what cannot be computed is left out and said. Throws AbortError. */
export function unlessRefused<T>(start: string, attempt: () => T): { found: T } | { refused: SkippedStart } {
  try {
    return { found: attempt() };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { refused: { start, reason: error.message } };
  }
}

interface Tried {
  readonly name: string;
  readonly minimum: Minimum<Point>;
}

/** What each start leads to; a start beside the first may fail. */
function triedOf(
  system: QuantumSystem,
  [first, ...others]: CasscfStarts["starts"],
  problem: CasscfProblem,
): { found: readonly [Tried, ...Tried[]]; refused: readonly SkippedStart[] } {
  const attempt = ({ name, orbitals }: CasscfStart): Tried => ({
    name,
    minimum: optimised(system, orbitals, problem),
  });
  const asked = attempt(first);
  const results = others.map((start) => unlessRefused(start.name, () => attempt(start)));
  return {
    found: [asked, ...results.flatMap((one) => ("found" in one ? [one.found] : []))],
    refused: results.flatMap((one) => ("refused" in one ? [one.refused] : [])),
  };
}

const isLower = (a: Minimum<Point>, b: Minimum<Point>): boolean => {
  if (a.outcome !== b.outcome) return a.outcome === "converged";
  return a.point.energy_hartree < b.point.energy_hartree - SAME_HARTREE;
};

interface Settled {
  readonly kept: Tried;
  /** Where directions that lead down went. */
  readonly descents: readonly Tried[];
  /** The lowest second derivative at the solution kept. */
  readonly curvature: Curvature;
}

/** From a stationary point downhill, until no direction leads down, or one leads to nothing lower. */
function settled(system: QuantumSystem, found: Tried, problem: CasscfProblem): Settled {
  const { at, minimised } = surfaceOf(system, found.minimum.point.orbitals, problem);
  const descents: Tried[] = [];
  for (let kept = found; ; ) {
    const curvature = lowestCurvature(kept.minimum.point, at);
    const { value_hartree, direction } = curvature;
    const end = { kept, descents, curvature };
    if (value_hartree >= DOWNWARD_HARTREE || descents.length === MOST_DESCENTS) return end;
    const beside = at(
      kept.minimum.point,
      direction.map((x) => FIRST_STEP * x),
    );
    const below = { name: `downhill from the saddle point of ${found.name}`, minimum: minimised(beside) };
    descents.push(below);
    if (!isLower(below.minimum, kept.minimum)) return end;
    kept = below;
  }
}

/**
 * The lowest solution that the starts lead to; the first of those that are alike. Core, active and empty orbitals are all relaxed.
 *
 * The states are found anew at every step, exactly unless another solver is given, and the orbitals by quasi-Newton steps (minimiseRotations), so the energy falls at each. The
 * lowest found is no proof that there is none lower; with `seeksMinimum` it is no saddle point, unless nothing lower was found downhill of it or its curvature is left open. Not converged is an outcome. Cost of a step: a Fock build for each pair of active
 * orbitals, the states, nOrbitals norb⁴; 10 to 100 steps a start. Memory: nOrbitals norb³ integrals, beside the states.
 *
 * Throws as solveSpinStates from the first start; AbortError.
 */
export function casscf(
  system: QuantumSystem,
  { starts, skipped }: CasscfStarts,
  problem: CasscfProblem,
): CasscfSolution {
  const { found, refused } = triedOf(system, starts, problem);
  const left = [...skipped, ...refused];
  const best = found.reduce((best, one) => (isLower(one.minimum, best.minimum) ? one : best));
  const isAsked = problem.seeksMinimum && best.minimum.outcome === "converged";
  const end = isAsked ? settled(system, best, problem) : undefined;
  const lowest = end?.kept ?? best;
  const { outcome, iterations, point } = lowest.minimum;
  return {
    orbitals: point.orbitals,
    solutions: point.solutions,
    optimisation: {
      ...{ outcome, iterations, start: lowest.name },
      gradient_hartree: largestOf(point.gradient),
      starts: [...found, ...(end?.descents ?? [])].map(({ name, minimum }) => ({
        start: name,
        outcome: minimum.outcome,
        energy_hartree: minimum.point.energy_hartree,
      })),
      ...(end && { curvature_hartree: end.curvature.value_hartree }),
      ...(end && !end.curvature.isSettled && { isCurvatureOpen: true as const }),
      ...(left.length > 0 && { skipped: left }),
    },
  };
}
