/** One set of points laid on another, without distortion. */
import { symmetricEigen } from "#shared/symmetric-eigen.ts";

/** x → R (x − from) + to. */
export interface Motion {
  /** Proper, row-major [3, 3]. */
  readonly rotation: readonly number[];
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
}

/** The mean of points x y z in turn. */
export const centreOf = (points: readonly number[]): [number, number, number] =>
  [0, 1, 2].map(
    (axis) => points.reduce((sum, x, i) => (i % 3 === axis ? sum + x : sum), 0) / (points.length / 3),
  ) as [number, number, number];

/** Points x y z in turn, moved. */
export function transformed(points: readonly number[], { rotation: r, from, to }: Motion): number[] {
  const result: number[] = [];
  for (let i = 0; i < points.length; i += 3) {
    // Three numbers a point, nine of the rotation.
    const [x, y, z] = [points[i]! - from[0], points[i + 1]! - from[1], points[i + 2]! - from[2]];
    for (let k = 0; k < 3; k++) result.push(r[3 * k]! * x + r[3 * k + 1]! * y + r[3 * k + 2]! * z + to[k]!);
  }
  return result;
}

/** A turn by a unit quaternion. */
const rotationOf = ([w, x, y, z]: readonly [number, number, number, number]): number[] => [
  ...[w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
  ...[2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
  ...[2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
];

/** Horn's matrix of quaternions, [4, 4]. @param s sums of products of the coordinates of pairs, [3, 3] */
function hornMatrix(s: readonly number[]): Float64Array {
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  return Float64Array.of(
    ...[xx + yy + zz, yz - zy, zx - xz, xy - yx],
    ...[yz - zy, xx - yy - zz, xy + yx, zx + xz],
    ...[zx - xz, xy + yx, yy - xx - zz, yz + zy],
    ...[xy - yx, zx + xz, yz + zy, zz - xx - yy],
  );
}

/**
 * The motion that brings points nearest to others, by the sum of squares: turned and shifted, never mirrored (B. K. P. Horn,
 * doi:10.1364/JOSAA.4.000629). Of points in a line a turn about it is left open. Cost: points.
 *
 * @param points x y z of each in turn, [3n], n ≥ 1
 * @param onto as many, in the same order and unit
 * @returns the motion, and the root of the mean square of the distances that are left, in the unit of the points
 */
export function superposition(
  points: readonly number[],
  onto: readonly number[],
): { motion: Motion; rmsd: number } {
  const [from, to] = [centreOf(points), centreOf(onto)];
  const s = new Array<number>(9).fill(0);
  for (let i = 0; i < points.length; i += 3)
    for (let k = 0; k < 3; k++)
      // As many points in both.
      for (let l = 0; l < 3; l++) s[3 * k + l]! += (points[i + k]! - from[k]!) * (onto[i + l]! - to[l]!);
  const { vectors } = symmetricEigen(hornMatrix(s));
  const [w = 1, x = 0, y = 0, z = 0] = vectors[3] ?? [];
  const motion = { rotation: rotationOf([w, x, y, z]), from, to };
  const squares = transformed(points, motion).reduce((sum, value, i) => sum + (value - onto[i]!) ** 2, 0);
  return { motion, rmsd: Math.sqrt(squares / (points.length / 3)) };
}
