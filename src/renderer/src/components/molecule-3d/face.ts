/** How a molecule is turned to show its broad side. */

export interface Point {
  x: number;
  y: number;
  z: number;
}

/** In the order that puts the largest spread on x and the smallest on z. */
const PLANES = [
  ["x", "y"],
  ["x", "z"],
  ["y", "z"],
] as const;

/** Convergence is quadratic: three to five are enough to the last bit. */
const SWEEPS = 8;

/**
 * Turns points in place, about the origin, so that they spread most along x and least along z, which is towards the eye.
 *
 * Jacobi's method on the points themselves: each rotation in a plane takes away the covariance of its two axes. There are
 * only rotations, so that a molecule is never mirrored.
 *
 * @param points their mean at the origin
 * @param along turned with them, without a say in how
 */
export function face(points: readonly Point[], along: readonly Point[] = []): void {
  const all = [...points, ...along];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [p, q] of PLANES) {
      const sum = (of: (point: Point) => number) => points.reduce((total, point) => total + of(point), 0);
      const angle =
        Math.atan2(
          2 * sum((a) => a[p] * a[q]),
          sum((a) => a[p] ** 2 - a[q] ** 2),
        ) / 2;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (const point of all) {
        const { [p]: u, [q]: v } = point;
        point[p] = cosine * u + sine * v;
        point[q] = cosine * v - sine * u;
      }
    }
  }
}
