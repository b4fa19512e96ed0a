/** Minimisation over the rotations of orbitals, whose coordinates begin anew at every step. */
import type { Outcome } from "#shared/quantum/state-result.ts";

/** An energy where the orbitals are, with its derivatives along rotations from there. */
export interface RotationPoint {
  readonly energy_hartree: number;
  readonly gradient: Float64Array;
  /** Approximate second derivatives. */
  readonly curvature: Float64Array;
}

interface Step {
  readonly s: Float64Array;
  readonly y: Float64Array;
}

const REMEMBERED_STEPS = 20;
/** Norm of the longest rotation, radian. */
const LONGEST_STEP = 0.4;
/** Smaller or negative curvatures are taken for this, Hartree. */
const LEAST_CURVATURE = 0.05;
/** Share of the foretold decrease that a step has to bring. */
const ENOUGH = 1e-4;
const MOST_HALVINGS = 12;
/** Energies are alike to rounding below this, Hartree. */
const ROUNDING_HARTREE = 1e-11;

export const scalarProduct = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
export const plusMultiple = (a: Float64Array, factor: number, b: Float64Array): Float64Array =>
  a.map((x, i) => x + factor * b[i]!);
export const largestOf = (a: Float64Array): number => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** −H⁻¹ g by the two-loop recursion, on the approximate curvature. */
function direction({ gradient, curvature }: RotationPoint, steps: readonly Step[]): Float64Array {
  let q: Float64Array = gradient;
  const factors = steps.toReversed().map(({ s, y }) => {
    const factor = scalarProduct(s, q) / scalarProduct(s, y);
    q = plusMultiple(q, -factor, y);
    return factor;
  });
  let r: Float64Array = q.map((x, i) => x / Math.max(curvature[i]!, LEAST_CURVATURE));
  for (const [k, { s, y }] of steps.entries()) {
    // A factor for each step, the last step first.
    const factor = factors[steps.length - 1 - k]!;
    r = plusMultiple(r, factor - scalarProduct(y, r) / scalarProduct(s, y), s);
  }
  return r.map((x) => -x);
}

/** At most so long. */
function bounded(step: Float64Array): Float64Array {
  const norm = Math.sqrt(scalarProduct(step, step));
  return norm > LONGEST_STEP ? step.map((x) => (x * LONGEST_STEP) / norm) : step;
}

export interface Minimum<P> {
  readonly outcome: Outcome;
  readonly point: P;
  readonly iterations: number;
}

/**
 * L-BFGS on approximate second derivatives, each step from the orbitals that the last one led to, shortened until the energy falls
 * (G. Chaban, M. W. Schmidt, M. S. Gordon, doi:10.1007/s002140050241).
 *
 * @param at a point rotated from another by parameters
 */
export function minimiseRotations<P extends RotationPoint>(
  start: P,
  at: (from: P, parameters: Float64Array) => P,
  {
    gradientTolerance,
    maxIterations,
    told,
  }: {
    gradientTolerance: number;
    maxIterations: number;
    told: (iteration: number) => void;
  },
): Minimum<P> {
  let point = start;
  let steps: Step[] = [];
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    if (largestOf(point.gradient) < gradientTolerance)
      return { outcome: "converged", point, iterations: iteration - 1 };
    told(iteration);
    let step: Float64Array = bounded(direction(point, steps));
    if (scalarProduct(step, point.gradient) >= 0) {
      steps = [];
      step = bounded(direction(point, []));
    }
    const next = downhill(point, step, at);
    if (next) {
      const y = plusMultiple(next.point.gradient, -1, point.gradient);
      if (scalarProduct(next.step, y) > 0)
        steps = [...steps.slice(1 - REMEMBERED_STEPS), { s: next.step, y }];
      point = next.point;
    } else if (steps.length > 0) steps = [];
    else return { outcome: "not-converged", point, iterations: iteration };
  }
  const isThere = largestOf(point.gradient) < gradientTolerance;
  return { outcome: isThere ? "converged" : "not-converged", point, iterations: maxIterations };
}

/** The step, halved until the energy falls by enough; undefined where it does not. */
function downhill<P extends RotationPoint>(
  from: P,
  whole: Float64Array,
  at: (from: P, parameters: Float64Array) => P,
): { point: P; step: Float64Array } | undefined {
  let step: Float64Array = whole;
  for (let k = 0; k <= MOST_HALVINGS; k++) {
    const point = at(from, step);
    const foretold = scalarProduct(step, from.gradient);
    if (point.energy_hartree <= from.energy_hartree + ENOUGH * foretold + ROUNDING_HARTREE)
      return { point, step };
    step = step.map((x) => x / 2);
  }
  return undefined;
}
