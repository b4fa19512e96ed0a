/** Gradients without what turns a molecule as a whole. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { cross, dot, plus, times, type Vector } from "#shared/molecule/vectors.ts";
import { inertiaOf } from "./inertia.ts";

/** Of the largest moment: about an axis with less nothing turns. */
const LINEAR = 1e-6;

/**
 * The gradient less the least change of it that leaves no torque about the atoms' centre; x y z of each atom in turn.
 *
 * Grids of density functionals stand still in space while a molecule turns, so that an energy on a coarse one pulls it round by some
 * 1e-5 Hartree/bohr, which is an error of the grid and none of the molecule.
 */
export function withoutTurn(geometry: Geometry, gradient: Float64Array) {
  const { at, moments, axes } = inertiaOf(
    geometry,
    geometry.symbols.map(() => 1),
  );
  let torque: Vector = [0, 0, 0];
  for (const [i, r] of at.entries())
    torque = plus(torque, cross(r, [gradient[3 * i]!, gradient[3 * i + 1]!, gradient[3 * i + 2]!]));
  const left = gradient.slice();
  for (const [k, axis] of axes.entries()) {
    const moment = moments[k]!; // as many as axes
    if (!(moment > LINEAR * moments[2])) continue;
    for (const [i, r] of at.entries())
      for (const [x, turn] of times(cross(axis, r), dot(torque, axis) / moment).entries())
        left[3 * i + x]! -= turn;
  }
  return left;
}
