/** Whether orbitals where an energy is stationary are a minimum of it. */
import { DOWNWARD_HARTREE } from "#shared/quantum/multireference-result.ts";
import { uniformNumbers } from "#shared/random.ts";
import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import { plusMultiple, type RotationPoint, scalarProduct } from "./quasi-newton.ts";

/** Length of the rotations that derivatives are differences over, radian: it errs by its square, and by the states' residuals over it. */
const STEP = 5e-3;
/** Residual at which the lowest curvature is known well enough, Hartree. */
const SETTLED_HARTREE = 2e-3;
const MOST_DIRECTIONS = 20;
const LEAST_DENOMINATOR = 0.1;

export interface Curvature {
  /** The lowest second derivative along a rotation of norm 1, Hartree: an upper bound where it is negative, since what leads down is enough. */
  readonly value_hartree: number;
  readonly direction: Float64Array;
  /** Whether it is known to be the lowest, or to lead down; false where the directions that may be tried did not settle it. */
  readonly isSettled: boolean;
}

const scaled = (a: Float64Array, factor: number): Float64Array => a.map((x) => factor * x);

/** What is left of a vector beside orthonormal ones, of norm 1; undefined where that is nothing. */
function besides(vector: Float64Array, others: readonly Float64Array[]): Float64Array | undefined {
  let left: Float64Array = vector;
  // Twice: once leaves rounding.
  for (let pass = 0; pass < 2; pass++)
    for (const other of others) left = plusMultiple(left, -scalarProduct(left, other), other);
  const norm = Math.sqrt(scalarProduct(left, left));
  return norm < 1e-10 * Math.sqrt(scalarProduct(vector, vector)) ? undefined : scaled(left, 1 / norm);
}

const sumOf = (vectors: readonly Float64Array[], weights: Float64Array): Float64Array =>
  vectors.reduce(
    (sum, vector, k) => plusMultiple(sum, weights[k]!, vector),
    new Float64Array(vectors[0]?.length ?? 0),
  );

/**
 * The lowest eigenvalue of the second derivatives by rotations at a stationary point, the states following the orbitals, by Davidson's method (1975,
 * doi:10.1016/0021-9991(75)90065-0) over differences of first derivatives, from a seeded random direction, so that no symmetry hides one.
 *
 * @param at a point rotated from another by parameters. Cost: two points for each of at most 20 directions.
 */
export function lowestCurvature<P extends RotationPoint>(
  point: P,
  at: (from: P, parameters: Float64Array) => P,
): Curvature {
  const applied = (v: Float64Array): Float64Array => {
    const [ahead, behind] = [at(point, scaled(v, STEP)), at(point, scaled(v, -STEP))];
    return plusMultiple(ahead.gradient, -1, behind.gradient).map((x) => x / (2 * STEP));
  };
  const uniform = uniformNumbers(1);
  const inverse = (x: number): number => 1 / Math.max(x, LEAST_DENOMINATOR);
  const vectors: Float64Array[] = [];
  const images: Float64Array[] = [];
  let next = besides(
    point.curvature.map((x) => (uniform() - 0.5) * inverse(x)),
    [],
  );
  let found: Curvature = {
    ...{ value_hartree: Number.POSITIVE_INFINITY, direction: new Float64Array(), isSettled: true },
  };
  while (next && vectors.length < MOST_DIRECTIONS) {
    vectors.push(next);
    images.push(applied(next));
    const n = vectors.length;
    const matrix = Float64Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return (scalarProduct(vectors[i]!, images[j]!) + scalarProduct(vectors[j]!, images[i]!)) / 2;
    });
    const { values, vectors: weights } = symmetricEigen(matrix);
    const value = values[0]!; // of one direction at least
    const lowest = weights[0]!; // as above
    const direction = sumOf(vectors, lowest);
    const residual = plusMultiple(sumOf(images, lowest), -value, direction);
    const size = Math.sqrt(scalarProduct(residual, residual));
    const isSettled = size < SETTLED_HARTREE || value + size < DOWNWARD_HARTREE;
    found = { value_hartree: value, direction, isSettled };
    if (isSettled) break;
    next = besides(
      residual.map((x, k) => -x * inverse(point.curvature[k]! - value)),
      vectors,
    );
  }
  return found;
}
