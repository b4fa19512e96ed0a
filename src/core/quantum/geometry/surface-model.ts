/** What is known of an energy around a point, and where it says that lower ones are. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { toBohr } from "#shared/units.ts";
import { modelHessian } from "./model-hessian.ts";
import { invert, largest, quasiNewtonStep, updateInverse } from "./quasi-newton.ts";

/** Positions x y z of each atom in turn, bohr; gradients by them, Hartree/bohr. It stands at one point. */
export interface SurfaceModel {
  readonly coordinates: "internal" | "cartesian";
  /** In the coordinates' own measure: bohr and radians. */
  readonly longestStep: number;
  /** A shorter one is none. */
  readonly shortestStep: number;
  /** The gradient without what holds frozen atoms and constraints. */
  free(gradient: Float64Array): Float64Array;
  /** Towards the lowest energy within a radius, no longer than it; undefined where these coordinates do not lead there. */
  step(gradient: Float64Array, radius: number): { to: Float64Array; length: number } | undefined;
  /** What the gradients here and at another point tell of the force constants. */
  learn(gradient: Float64Array, there: { at: Float64Array; gradient: Float64Array }): void;
  moveTo(at: Float64Array): void;
}

const LONGEST_STEP_BOHR = 0.3;
/** Along a shorter step no lower energy can be told from the error of the field. */
const SHORTEST_STEP_BOHR = 1e-5;

export const bohrOf = ({ coordinates_angstrom }: Geometry): Float64Array =>
  Float64Array.from(coordinates_angstrom, (x) => toBohr(x));

/** The inverse of the model Hessian of the atoms that move; those that are frozen have the unit matrix. */
function startingInverse(geometry: Geometry, frozen: readonly number[]): Float64Array {
  const n = geometry.coordinates_angstrom.length;
  const h = modelHessian(geometry);
  for (const i of frozen.flatMap((atom) => [3 * atom, 3 * atom + 1, 3 * atom + 2]))
    for (let j = 0; j < n; j++) h[i * n + j] = h[j * n + i] = Number(i === j);
  invert(h);
  return h;
}

/** BFGS in Cartesian coordinates. @param frozen atoms (from 0) that stay where they are */
export function cartesianModel(geometry: Geometry, frozen: readonly number[]): SurfaceModel {
  const inverse = startingInverse(geometry, frozen);
  let here = bohrOf(geometry);
  const free = (gradient: Float64Array): Float64Array => {
    const left = gradient.slice();
    for (const atom of frozen) left.fill(0, 3 * atom, 3 * atom + 3);
    return left;
  };
  return {
    coordinates: "cartesian",
    longestStep: LONGEST_STEP_BOHR,
    shortestStep: SHORTEST_STEP_BOHR,
    free,
    step(gradient, radius) {
      const step = quasiNewtonStep(inverse, free(gradient), radius);
      return { to: here.map((x, i) => x + step[i]!), length: largest(step) };
    },
    learn(gradient, there) {
      const [before, after] = [free(gradient), free(there.gradient)];
      const step = there.at.map((x, i) => x - here[i]!);
      updateInverse(
        inverse,
        step,
        after.map((g, i) => g - before[i]!),
      );
    },
    moveTo(at) {
      here = at;
    },
  };
}
