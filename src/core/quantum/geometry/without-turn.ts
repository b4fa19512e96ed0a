/** Gradients without what turns a molecule as a whole. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { cross, dot, times, type Vector } from "#shared/molecule/vectors.ts";
import { toBohr } from "#shared/units.ts";
import { symmetricEigen } from "../field/symmetric-eigen.ts";

/** Of the largest moment: about an axis with less nothing turns. */
const LINEAR = 1e-6;

/**
 * The gradient less the least change of it that leaves no torque about the atoms' centre; x y z of each atom in turn.
 *
 * Grids of density functionals stand still in space while a molecule turns, so that an energy on a coarse one pulls it round by some
 * 1e-5 Hartree/bohr, which is an error of the grid and none of the molecule.
 */
export function withoutTurn({ symbols, coordinates_angstrom: xyz }: Geometry, gradient: Float64Array) {
  const n = symbols.length;
  const centre = [0, 1, 2].map((axis) => symbols.reduce((sum, _, i) => sum + xyz[3 * i + axis]!, 0) / n);
  const at = symbols.map(
    (_, i) => centre.map((c, axis): number => toBohr(xyz[3 * i + axis]! - c)) as unknown as Vector,
  );
  const inertia = new Float64Array(9);
  let torque: Vector = [0, 0, 0];
  for (const [i, r] of at.entries()) {
    const g: Vector = [gradient[3 * i]!, gradient[3 * i + 1]!, gradient[3 * i + 2]!];
    torque = cross(r, g).map((t, k): number => t + torque[k]!) as unknown as Vector;
    for (let x = 0; x < 3; x++)
      for (let y = 0; y < 3; y++) inertia[3 * x + y]! += Number(x === y) * dot(r, r) - r[x]! * r[y]!;
  }
  const { values, vectors } = symmetricEigen(inertia);
  const axes = vectors as unknown as readonly Vector[];
  const left = gradient.slice();
  for (const [k, axis] of axes.entries()) {
    // As many moments as axes; the last is the largest.
    const moment = values[k]!;
    if (!(moment > LINEAR * values[2]!)) continue;
    for (const [i, r] of at.entries())
      for (const [x, turn] of times(cross(axis, r), dot(torque, axis) / moment).entries())
        left[3 * i + x]! -= turn;
  }
  return left;
}
