/** Whether a geometry of a molecule's atoms still has its bonds. */
import type { Geometry } from "./molecule.ts";
import { distance } from "./vectors.ts";

/** A bond that has become longer by this is none: opened rings have 1.8, bonds that a relaxation stretches 1.1. */
const BROKEN_RATIO = 1.5;

export interface Bonded {
  /** Where its bonds are whole. */
  readonly geometry: Geometry;
  readonly bonds: readonly { readonly atoms: readonly [number, number] }[];
}

interface Asked {
  /** Place of its first atom in the other geometry, from 0, the others after it; default 0. */
  readonly first?: number;
  /** Only between atoms other than hydrogen: hydrogens may go elsewhere. */
  readonly skeleton?: boolean;
  /** Of its atoms, as people number them; absent: as they stand in the other geometry, from 1. */
  readonly numbers?: readonly number[];
}

const isHydrogen = ({ symbols }: Geometry, atom: number): boolean => symbols[atom] === "H";

const apart = ({ coordinates_angstrom: xyz }: Geometry, i: number, j: number): number => distance(xyz, i, j);

/** The nearest atom other than hydrogen; undefined where there is none. */
function nearestHeavy(geometry: Geometry, atom: number): number | undefined {
  let nearest: number | undefined;
  for (const other of geometry.symbols.keys()) {
    if (other === atom || isHydrogen(geometry, other)) continue;
    if (nearest === undefined || apart(geometry, atom, other) < apart(geometry, atom, nearest))
      nearest = other;
  }
  return nearest;
}

/**
 * "bond C1–C2 broke", or "H4 went from C1 to O2": the first bond of a molecule that is half as long again in another geometry in which its
 * atoms stand in the same order; undefined where none is.
 */
export function lostBond(
  { geometry: whole, bonds }: Bonded,
  geometry: Geometry,
  { first = 0, skeleton = false, numbers }: Asked = {},
): string | undefined {
  const lost = bonds.find(
    ({ atoms: [i, j] }) =>
      !(skeleton && (isHydrogen(whole, i) || isHydrogen(whole, j))) &&
      apart(geometry, first + i, first + j) > BROKEN_RATIO * apart(whole, i, j),
  );
  if (!lost) return undefined;
  const label = (atom: number): string => `${geometry.symbols[atom]}${numbers?.[atom - first] ?? atom + 1}`;
  const [a, b] = lost.atoms.map((atom) => first + atom) as [number, number];
  const [heavy, hydrogen] = isHydrogen(geometry, a) ? [b, a] : [a, b];
  const host = isHydrogen(geometry, hydrogen) ? nearestHeavy(geometry, hydrogen) : heavy;
  return host === undefined || host === heavy
    ? `bond ${label(a)}–${label(b)} broke`
    : `${label(hydrogen)} went from ${label(heavy)} to ${label(host)}`;
}

/** Each hydrogen with the atom that it is at. */
export const hydrogenBonds = (geometry: Geometry): Bonded => ({
  geometry,
  bonds: [...geometry.symbols.keys()].flatMap((atom) => {
    const host = isHydrogen(geometry, atom) ? nearestHeavy(geometry, atom) : undefined;
    return host === undefined ? [] : [{ atoms: [host, atom] as const }];
  }),
});
