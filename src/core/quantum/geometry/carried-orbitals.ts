/** Orbitals in one basis set as near as another comes to them. */

import { oneElectronIntegrals } from "../field/scf.ts";
import { openSystem, type SystemOptions } from "../field/system.ts";
import { type BasisSet, functionCount } from "../molecule/basis.ts";
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

/** Indices of the functions of both sets in one that has, atom by atom, those of `from` before those of `to`. */
function places(symbols: readonly string[], from: BasisSet, to: BasisSet): { old: number[]; own: number[] } {
  const found = { old: [] as number[], own: [] as number[] };
  let next = 0;
  for (const symbol of symbols) {
    for (let k = functionCount([symbol], from); k > 0; k--) found.old.push(next++);
    for (let k = functionCount([symbol], to); k > 0; k--) found.own.push(next++);
  }
  return found;
}

/**
 * S₂₂⁻¹ S₂₁ C₁: the projections of occupied orbitals onto the functions of another basis set, from which a field may start. They are not
 * orthonormal. Cost: the overlaps of both sets together, and n³.
 */
export function carriedOrbitals({ system, from, orbitals }: Carried): BySpin<Float64Array> {
  const { basis: to, geometry } = system;
  const elements = Object.fromEntries(
    geometry.symbols.map((symbol) => [symbol, [...from.elements[symbol]!, ...to.elements[symbol]!]]),
  );
  using joint = openSystem({ ...system, basis: { ...to, elements } });
  const { overlap } = oneElectronIntegrals(joint);
  const { old, own } = places(geometry.symbols, from, to);
  const n = own.length;
  const between = (i: number, j: number): number => overlap[i * joint.nBasis + j]!;
  const inverse = Float64Array.from({ length: n * n }, (_, k) =>
    between(own[Math.floor(k / n)]!, own[k % n]!),
  );
  invert(inverse);
  const carried = (c: Float64Array, count: number): Float64Array => {
    const width = c.length / old.length;
    const overlaps = own.map((i) =>
      Array.from({ length: count }, (_, m) =>
        old.reduce((sum, j, k) => sum + between(i, j) * c[k * width + m]!, 0),
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
