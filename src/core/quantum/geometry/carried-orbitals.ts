/** Orbitals in one basis set as near as another comes to them. */

import { oneElectronIntegrals } from "../field/scf.ts";
import { openSystem, type SystemOptions } from "../field/system.ts";
import type { BasisSet } from "../molecule/basis.ts";
import { block, joinedBasis } from "../molecule/joined-basis.ts";
import type { BySpin } from "../native/addon-functions.ts";
import { invert } from "./quasi-newton.ts";

interface Carried {
  /** Where they are, in the basis set that they are carried to. */
  readonly system: SystemOptions;
  /** Both sets have Cartesian functions, or both pure ones. */
  readonly from: BasisSet;
  /** [nBasis, nOrbitals] row-major, over the functions of `from`. */
  readonly orbitals: BySpin<Float64Array>;
}

/**
 * S₂₂⁻¹ S₂₁ C₁: the projections of occupied orbitals onto the functions of another basis set, from which a field may start. They are not
 * orthonormal. Cost: the overlaps of both sets together, and n³.
 */
export function carriedOrbitals({ system, from, orbitals }: Carried): BySpin<Float64Array> {
  const { basis, first, second } = joinedBasis(system.geometry.symbols, system.basis, from);
  using joint = openSystem({ ...system, basis });
  const { overlap } = oneElectronIntegrals(joint);
  const [n, nOld] = [first.length, second.length];
  const between = block(overlap, joint.nBasis, first, second);
  const inverse = block(overlap, joint.nBasis, first, first);
  invert(inverse);
  const carried = (c: Float64Array, count: number): Float64Array => {
    const width = c.length / nOld;
    const overlaps = first.map((_, i) =>
      Array.from({ length: count }, (_, m) =>
        second.reduce((sum, _, k) => sum + between[i * nOld + k]! * c[k * width + m]!, 0),
      ),
    );
    return Float64Array.from({ length: n * count }, (_, at) => {
      const [i, m] = [Math.floor(at / count), at % count];
      return overlaps.reduce((sum, row, j) => sum + inverse[i * n + j]! * row[m]!, 0);
    });
  };
  const [alpha, beta] = orbitals;
  return beta
    ? [carried(alpha, joint.nelec[0]), carried(beta, joint.nelec[1])]
    : [carried(alpha, joint.nelec[0])];
}
