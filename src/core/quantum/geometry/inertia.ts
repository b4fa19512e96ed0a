/** How a molecule turns as a whole. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { Vector } from "#shared/molecule/vectors.ts";
import { toBohr } from "#shared/units.ts";
import { symmetricEigen } from "../field/symmetric-eigen.ts";

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
