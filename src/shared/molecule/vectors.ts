/** Directions and distances in space. */

export type Vector = readonly [x: number, y: number, z: number];

export const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const times = (a: Vector, s: number): Vector => [a[0] * s, a[1] * s, a[2] * s];
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const length = (a: Vector): number => Math.hypot(...a);
export const unit = (a: Vector): Vector => times(a, 1 / length(a));
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Of two atoms, in the unit of their coordinates. @param xyz x y z of each in turn */
export const distance = (xyz: ArrayLike<number>, a: number, b: number): number =>
  // a and b are atoms.
  Math.hypot(xyz[3 * a]! - xyz[3 * b]!, xyz[3 * a + 1]! - xyz[3 * b + 1]!, xyz[3 * a + 2]! - xyz[3 * b + 2]!);

/** Turned by an angle about a unit vector k: v cos θ + (k × v) sin θ + k (k · v)(1 − cos θ) (O. Rodrigues). */
export function rotate(v: Vector, k: Vector, { cos, sin }: { cos: number; sin: number }): Vector {
  return plus(plus(times(v, cos), times(cross(k, v), sin)), times(k, dot(k, v) * (1 - cos)));
}

/** Some unit vector at right angles to this one. */
export function perpendicular(a: Vector): Vector {
  const [x, y, z] = a.map(Math.abs) as unknown as Vector;
  return unit(cross(a, x <= y && x <= z ? [1, 0, 0] : y <= z ? [0, 1, 0] : [0, 0, 1]));
}
