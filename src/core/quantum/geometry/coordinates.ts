/** Internal coordinates of a molecule: what they are where the atoms are, and how they change with them. */
import {
  cross,
  dot,
  minus,
  perpendicular,
  plus,
  times,
  unit,
  type Vector,
} from "#shared/molecule/vectors.ts";

/**
 * Atoms from 0. `straight` is how far an angle near 180° bends along a direction at right angles to it; `out-of-plane` is the dihedral of
 * the bonds of the second atom, to the first and to the third, and the fourth that is bonded to it too.
 */
export type Coordinate =
  | { readonly kind: "distance"; readonly atoms: readonly [number, number] }
  | { readonly kind: "angle"; readonly atoms: readonly [number, number, number] }
  | { readonly kind: "straight"; readonly atoms: readonly [number, number, number]; readonly along: Vector }
  | { readonly kind: "dihedral" | "out-of-plane"; readonly atoms: readonly [number, number, number, number] };

/** The derivative of a coordinate by the position of each atom that it depends on. */
export type Derivative = readonly (readonly [atom: number, by: Vector])[];

/** Where atom i is. */
export type Positions = readonly Vector[];

/** Sine of an angle below which it is straight: it then bends in two directions, and no dihedral is about it. */
const STRAIGHT = 0.3;

/** Positions in one array, x y z of each atom in turn, as vectors. */
export const positionsOf = (xyz: ArrayLike<number>): Positions =>
  Array.from({ length: xyz.length / 3 }, (_, i) => [xyz[3 * i]!, xyz[3 * i + 1]!, xyz[3 * i + 2]!] as const);

/** From one atom to another. */
const between = (at: Positions, from: number, to: number): Vector => minus(at[to]!, at[from]!);

/** Whether three atoms lie on a line, the second between the others or not. */
export function isStraight(at: Positions, [i, j, k]: readonly [number, number, number]): boolean {
  return Math.hypot(...cross(unit(between(at, j, i)), unit(between(at, j, k)))) < STRAIGHT;
}

/** An angle, or two bends of a straight one. */
export function bendsOf(at: Positions, atoms: readonly [number, number, number]): Coordinate[] {
  if (!isStraight(at, atoms)) return [{ kind: "angle", atoms }];
  const axis = unit(between(at, atoms[1], atoms[0]));
  const first = perpendicular(axis);
  return [first, cross(axis, first)].map((along) => ({ kind: "straight", atoms, along }));
}

/** Bohr for distances, radians for angles and dihedrals (−π to π), none for `straight`. */
export function coordinateValue(coordinate: Coordinate, at: Positions): number {
  switch (coordinate.kind) {
    case "distance": {
      const [i, j] = coordinate.atoms;
      return Math.hypot(...between(at, i, j));
    }
    case "angle": {
      const [i, j, k] = coordinate.atoms;
      const [u, v] = [between(at, j, i), between(at, j, k)];
      return Math.atan2(Math.hypot(...cross(u, v)), dot(u, v));
    }
    case "straight": {
      const [i, j, k] = coordinate.atoms;
      return dot(plus(unit(between(at, j, i)), unit(between(at, j, k))), coordinate.along);
    }
    case "dihedral":
    case "out-of-plane": {
      const [i, j, k, l] = coordinate.atoms;
      const [f, g, h] = [between(at, j, i), between(at, k, j), between(at, k, l)];
      const [a, b] = [cross(f, g), cross(h, g)];
      return Math.atan2(dot(cross(b, a), g) / Math.hypot(...g), dot(a, b));
    }
  }
}

/** How far it is from one value to another, the short way round. */
export function differenceOf({ kind }: Coordinate, to: number, from: number): number {
  const difference = to - from;
  const isTurn = kind === "dihedral" || kind === "out-of-plane";
  return isTurn ? difference - 2 * Math.PI * Math.round(difference / (2 * Math.PI)) : difference;
}

/** Of the angle at j, when i and k move along vectors that are at right angles to their bonds. */
function bendAlong(
  [i, j, k]: readonly [number, number, number],
  along: readonly [Vector, Vector],
  lengths: readonly [number, number],
): Derivative {
  const [atI, atK] = [times(along[0], 1 / lengths[0]), times(along[1], 1 / lengths[1])];
  return [
    [i, atI],
    [j, times(plus(atI, atK), -1)],
    [k, atK],
  ];
}

/** A. Blondel, M. Karplus, doi:10.1002/(SICI)1096-987X(19960715)17:9<1132::AID-JCC5>3.0.CO;2-T, eq. 27. */
function byDihedral([i, j, k, l]: readonly [number, number, number, number], at: Positions): Derivative {
  const [f, g, h] = [between(at, j, i), between(at, k, j), between(at, k, l)];
  const [a, b] = [cross(f, g), cross(h, g)];
  const length = Math.hypot(...g);
  const [overA, overB] = [times(a, 1 / dot(a, a)), times(b, 1 / dot(b, b))];
  const [atI, atL] = [times(overA, -length), times(overB, length)];
  const shared = minus(times(overA, dot(f, g) / length), times(overB, dot(h, g) / length));
  return [
    [i, atI],
    [j, minus(shared, atI)],
    [k, minus(times(shared, -1), atL)],
    [l, atL],
  ];
}

export function derivativeOf(coordinate: Coordinate, at: Positions): Derivative {
  switch (coordinate.kind) {
    case "distance": {
      const [i, j] = coordinate.atoms;
      const axis = unit(between(at, j, i));
      return [
        [i, axis],
        [j, times(axis, -1)],
      ];
    }
    case "angle": {
      const [i, j, k] = coordinate.atoms;
      const [toI, toK] = [between(at, j, i), between(at, j, k)];
      const [u, v] = [unit(toI), unit(toK)];
      const n = unit(cross(u, v));
      return bendAlong(
        coordinate.atoms,
        [cross(u, n), cross(n, v)],
        [Math.hypot(...toI), Math.hypot(...toK)],
      );
    }
    case "straight": {
      const [i, j, k] = coordinate.atoms;
      const [toI, toK] = [between(at, j, i), between(at, j, k)];
      const across = (u: Vector): Vector => minus(coordinate.along, times(u, dot(u, coordinate.along)));
      return bendAlong(
        coordinate.atoms,
        [across(unit(toI)), across(unit(toK))],
        [Math.hypot(...toI), Math.hypot(...toK)],
      );
    }
    case "dihedral":
    case "out-of-plane":
      return byDihedral(coordinate.atoms, at);
  }
}
