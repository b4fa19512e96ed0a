/** How many ways a molecule can be turned into itself. */
import { atomicWeight } from "#shared/molecule/atomic-weights.ts";
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
  /** Da. */
  readonly mass: number;
  /** From the centre of mass, Å. */
  readonly at: Vector;
}

const isClose = (a: Vector, b: Vector): boolean => Math.hypot(...minus(a, b)) < TOLERANCE_ANGSTROM;
/** Whether atoms are of one element and isotope. */
const isLike = (a: Placed, b: Placed): boolean => a.symbol === b.symbol && a.mass === b.mass;
const isOnLine = (a: Vector, b: Vector): boolean => Math.hypot(...cross(unit(a), b)) < TOLERANCE_ANGSTROM;

/** Whether atoms lie on atoms of their kind after a move. */
const keeps = (atoms: readonly Placed[], move: (at: Vector) => Vector): boolean =>
  atoms.every((one) => {
    const there = move(one.at);
    return atoms.some((other) => isLike(other, one) && isClose(other.at, there));
  });

/** Atoms of the same kind as far from the centre. */
const likes = (atoms: readonly Placed[], one: Placed): Placed[] =>
  atoms.filter(
    (other) =>
      isLike(other, one) && Math.abs(Math.hypot(...other.at) - Math.hypot(...one.at)) < TOLERANCE_ANGSTROM,
  );

/**
 * Number of proper rotations, the identity among them, that put every atom within 0.05 Å of one of its element and mass: 1 for an atom, 2 for
 * H₂O, 1 for HDO, 12 for CH₄. A linear molecule counts half turns about its middle alone. Cost: n³ at most.
 *
 * @param masses of each atom, Da
 */
export function symmetryNumber(
  geometry: Geometry,
  masses: readonly number[] = geometry.symbols.map(atomicWeight),
): number {
  const { centre } = freeBody(geometry, masses);
  const atoms = geometry.symbols.map((symbol, i): Placed => {
    const at = centre.map((c, axis) => geometry.coordinates_angstrom[3 * i + axis]! - c);
    return { symbol, mass: masses[i]!, at: at as unknown as Vector }; // one of each atom
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
