/** How a molecule turns as a whole. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { cross, type Vector } from "#shared/molecule/vectors.ts";
import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import { toBohr } from "#shared/units.ts";

/** About the centre of weights of the atoms. */
export interface Inertia {
  readonly weight: number;
  /** Å. */
  readonly centre: readonly [number, number, number];
  /** Of each atom, from the centre, bohr. */
  readonly at: readonly Vector[];
  /** Rising, weight bohr². */
  readonly moments: readonly [number, number, number];
  /** Unit vectors, of each moment. */
  readonly axes: readonly Vector[];
}

/** @param weights of each atom, such as masses */
export function inertiaOf(
  { symbols, coordinates_angstrom: xyz }: Geometry,
  weights: readonly number[],
): Inertia {
  const weight = weights.reduce((sum, w) => sum + w, 0);
  const centre = [0, 1, 2].map(
    (axis) => weights.reduce((sum, w, atom) => sum + w * xyz[3 * atom + axis]!, 0) / weight,
  ) as [number, number, number];
  const at = symbols.map(
    (_, atom) => centre.map((c, axis): number => toBohr(xyz[3 * atom + axis]! - c)) as unknown as Vector,
  );
  const inertia = new Float64Array(9);
  for (const [atom, r] of at.entries())
    for (let x = 0; x < 3; x++)
      for (let y = 0; y < 3; y++)
        inertia[3 * x + y]! += weights[atom]! * (Number(x === y) * Math.hypot(...r) ** 2 - r[x]! * r[y]!);
  const { values, vectors } = symmetricEigen(inertia);
  const moments = [...values] as [number, number, number];
  return { weight, centre, at, moments, axes: vectors as unknown as readonly Vector[] };
}

/** Of the largest moment of inertia: a molecule is linear where a moment is smaller, which is 0.6° off. */
const LINEAR = 1e-4;

/** As inertiaOf, the moment about the axis of a linear molecule 0. */
export function principalAxes(geometry: Geometry, weights: readonly number[]): Inertia {
  const found = inertiaOf(geometry, weights);
  const moments = found.moments.map((moment) => (moment > LINEAR * found.moments[2] ? moment : 0));
  return { ...found, moments: moments as [number, number, number] };
}

/** Unit vectors of translation and rotation over coordinates times the root of the weights: 6, 5 for a linear molecule, 3 for an atom. */
export function freeMotions(geometry: Geometry, weights: readonly number[]): Float64Array[] {
  const { at, moments, axes } = principalAxes(geometry, weights);
  const motion = (move: (r: Vector) => Vector): Float64Array => {
    const v = Float64Array.from(at.flatMap((r, atom) => move(r).map((x) => Math.sqrt(weights[atom]!) * x)));
    const length = Math.hypot(...v);
    return v.map((x) => x / length);
  };
  const translations = (
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
  ).map((axis) => motion(() => axis));
  // At the centre of weights, about the axes of inertia, they are at right angles to each other and to the translations.
  const rotations = axes.flatMap((axis, k) => (moments[k] === 0 ? [] : [motion((r) => cross(axis, r))]));
  return [...translations, ...rotations];
}
