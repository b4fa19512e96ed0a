/** How many ways a molecule can be turned into itself. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { cross, dot, minus, times, unit, type Vector } from "#shared/molecule/vectors.ts";
import { freeBody } from "./vibrations.ts";

/** Optimised positions are this good, Å. */
const TOLERANCE_ANGSTROM = 0.05;

/** Unit vectors at right angles. */
type Frame = readonly [Vector, Vector, Vector];

/** Of two positions that are not on one line with the centre. */
function frameOf(a: Vector, b: Vector): Frame {
  const first = unit(a);
  const second = unit(minus(b, times(first, dot(first, b))));
  return [first, second, cross(first, second)];
}

interface Placed {
  readonly symbol: string;
  /** From the centre of mass, Å. */
  readonly at: Vector;
}

const isClose = (a: Vector, b: Vector): boolean => Math.hypot(...minus(a, b)) < TOLERANCE_ANGSTROM;
const isOnLine = (a: Vector, b: Vector): boolean => Math.hypot(...cross(unit(a), b)) < TOLERANCE_ANGSTROM;

/** Whether atoms lie on atoms of their element after a move. */
const keeps = (atoms: readonly Placed[], move: (at: Vector) => Vector): boolean =>
  atoms.every(({ symbol, at }) => {
    const there = move(at);
    return atoms.some((other) => other.symbol === symbol && isClose(other.at, there));
  });

/** Atoms of the same element as far from the centre. */
const likes = (atoms: readonly Placed[], one: Placed): Placed[] =>
  atoms.filter(
    ({ symbol, at }) =>
      symbol === one.symbol && Math.abs(Math.hypot(...at) - Math.hypot(...one.at)) < TOLERANCE_ANGSTROM,
  );

/**
 * Number of proper rotations, the identity among them, that put every atom within 0.05 Å of one of its element: 1 for an atom, 2 for
 * H₂O, 12 for CH₄. A linear molecule counts half turns about its middle alone. Cost: n³ at most.
 */
export function symmetryNumber(geometry: Geometry): number {
  const { centre } = freeBody(geometry);
  const atoms = geometry.symbols.map((symbol, i): Placed => {
    const at = centre.map((c, axis) => geometry.coordinates_angstrom[3 * i + axis]! - c);
    return { symbol, at: at as unknown as Vector };
  });
  const off = atoms
    .filter(({ at }) => Math.hypot(...at) > TOLERANCE_ANGSTROM)
    .sort((a, b) => likes(atoms, a).length - likes(atoms, b).length);
  const [first] = off;
  if (!first) return 1;
  const second = off.find(({ at }) => !isOnLine(first.at, at));
  if (!second) return keeps(atoms, (at) => times(at, -1)) ? 2 : 1;
  const from = frameOf(first.at, second.at);
  const turnsTo = (a: Vector, b: Vector): boolean => {
    if (
      isOnLine(a, b) ||
      Math.abs(dot(a, b) - dot(first.at, second.at)) > TOLERANCE_ANGSTROM * Math.hypot(...a)
    )
      return false;
    const to = frameOf(a, b);
    return keeps(atoms, (at) => {
      const [x, y, z] = from.map((axis) => dot(axis, at)) as [number, number, number];
      return [0, 1, 2].map((k) => x * to[0][k]! + y * to[1][k]! + z * to[2][k]!) as unknown as Vector;
    });
  };
  return likes(atoms, first).reduce(
    (sum, a) => sum + likes(atoms, second).filter((b) => turnsTo(a.at, b.at)).length,
    0,
  );
}
