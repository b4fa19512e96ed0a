/** Whether what lies beside a molecule is bound to it by a bond. */

import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { distance } from "#shared/molecule/vectors.ts";

/** Two atoms that are nearer than so many times a single bond's length are bonded: bonds have 0.9 to 1.15, contacts 1.6 and more. */
const BONDED_RATIO = 1.25;

/**
 * "C1–O4", atoms numbered from 1: the first bond between atoms other than hydrogen of which one is among the first `count` of a geometry and
 * one after them; undefined where there is none.
 */
export function newBond({ symbols, coordinates_angstrom: xyz }: Geometry, count: number): string | undefined {
  const heavy = [...symbols.keys()].filter((atom) => symbols[atom] !== "H");
  const numberOf = (atom: number): number => atomicNumber(symbols[atom]!) ?? 0;
  const isBonded = (a: number, b: number): boolean =>
    distance(xyz, a, b) < BONDED_RATIO * expectedBondLength(numberOf(a), numberOf(b), 1);
  for (const a of heavy.filter((atom) => atom < count))
    for (const b of heavy.filter((atom) => atom >= count))
      if (isBonded(a, b)) return `${symbols[a]}${a + 1}–${symbols[b]}${b + 1}`;
  return undefined;
}
