/** What is known of a molecule's force constants before any is computed. */
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { cross, dot, minus, perpendicular, times, unit, type Vector } from "#shared/molecule/vectors.ts";
import { toBohr } from "#shared/units.ts";

/** The derivative of an internal coordinate by the position of each atom that it depends on. */
type Derivative = [atom: number, by: Vector][];

/** Hartree/bohr² and Hartree/rad². */
const STRETCH = 0.45;
const BEND = 0.15;
const TORSION = 0.005;
/** Of rows 1, 2, and 3 and beyond: the range, 1/bohr², and the length, bohr, at which a bond counts in full. */
const RANGE = [
  [1.0, 0.3949, 0.3949],
  [0.3949, 0.28, 0.28],
  [0.3949, 0.28, 0.28],
] as const;
const LENGTH = [
  [1.35, 2.1, 2.53],
  [2.1, 2.87, 3.4],
  [2.53, 3.4, 3.4],
] as const;
/** Pairs that count less are left out. */
const NEGLIGIBLE = 0.01;
/** Sine of an angle below which it is straight: it then bends in two directions, and no torsion is about it. */
const STRAIGHT = 0.1;
/** In every direction, Hartree/bohr²: moves that no bond, angle or torsion resists have a finite step. */
const FLOOR = 0.02;

const rowOf = (symbol: string): 0 | 1 | 2 => {
  const z = atomicNumber(symbol) ?? 0;
  return z <= 2 ? 0 : z <= 10 ? 1 : 2;
};

/** Of the angle at j, when i and k move along unit vectors that are at right angles to their bonds. */
function bendAlong([i, j, k]: [number, number, number], along: [Vector, Vector], lengths: [number, number]) {
  const [atI, atK] = along.map((direction, n) => times(direction, 1 / lengths[n]!)) as [Vector, Vector];
  const atJ = times([atI[0] + atK[0], atI[1] + atK[1], atI[2] + atK[2]], -1);
  return [
    [i, atI],
    [j, atJ],
    [k, atK],
  ] as Derivative;
}

/** One for an angle, two for a straight one. */
function bends(atoms: [number, number, number], toI: Vector, toK: Vector): Derivative[] {
  const lengths: [number, number] = [Math.hypot(...toI), Math.hypot(...toK)];
  const [u, v] = [unit(toI), unit(toK)];
  const normal = cross(u, v);
  if (Math.hypot(...normal) > STRAIGHT) {
    const n = unit(normal);
    return [bendAlong(atoms, [cross(u, n), cross(n, v)], lengths)];
  }
  const first = perpendicular(u);
  return [first, cross(u, first)].map((direction) => bendAlong(atoms, [direction, direction], lengths));
}

/** A. Blondel, M. Karplus, doi:10.1002/(SICI)1096-987X(19960715)17:9<1132::AID-JCC5>3.0.CO;2-T, eq. 27. */
function torsion([i, j, k, l]: [number, number, number, number], f: Vector, g: Vector, h: Vector) {
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
  ] as Derivative;
}

/**
 * A guess at the second derivatives of the energy by the atoms' positions, Hartree/bohr², [3n, 3n] row-major, positive
 * definite: a force constant for each stretch, bend and torsion, smaller for longer bonds.
 *
 * R. Lindh et al., doi:10.1016/0009-2614(95)00646-L; elements beyond the third row as the third. Cost: O(n²) and some
 * thousand operations an atom.
 */
export function modelHessian({ symbols, coordinates_angstrom }: Geometry): Float64Array {
  const n = symbols.length;
  const xyz = coordinates_angstrom.map((x): number => toBohr(x));
  const positions = symbols.map((_, atom) => xyz.slice(3 * atom, 3 * atom + 3) as [number, number, number]);
  const between = (from: number, to: number): Vector => minus(positions[to]!, positions[from]!);
  const hessian = new Float64Array(9 * n * n);
  for (let i = 0; i < 3 * n; i++) hessian[i * 3 * n + i] = FLOOR;
  const resist = (constant: number, derivative: Derivative): void => {
    for (const [p, byP] of derivative)
      for (const [q, byQ] of derivative)
        for (let x = 0; x < 3; x++)
          for (let y = 0; y < 3; y++)
            hessian[(3 * p + x) * 3 * n + 3 * q + y]! += constant * byP[x]! * byQ[y]!;
  };
  const rows = symbols.map(rowOf);
  const neighbours = symbols.map((_, i) =>
    symbols.flatMap((_, j): { atom: number; weight: number }[] => {
      const away = between(i, j);
      const length = LENGTH[rows[i]!][rows[j]!];
      const weight = Math.exp(RANGE[rows[i]!][rows[j]!] * (length ** 2 - dot(away, away)));
      return i === j || weight < NEGLIGIBLE ? [] : [{ atom: j, weight }];
    }),
  );
  for (let j = 0; j < n; j++) {
    for (const { atom: i, weight: first } of neighbours[j]!) {
      const axis = unit(between(j, i));
      if (i < j)
        resist(STRETCH * first, [
          [i, axis],
          [j, times(axis, -1)],
        ]);
      for (const { atom: k, weight: second } of neighbours[j]!) {
        if (k === i) continue;
        const [toI, toK] = [between(j, i), between(j, k)];
        if (i < k) for (const bend of bends([i, j, k], toI, toK)) resist(BEND * first * second, bend);
        if (j > k || Math.hypot(...cross(axis, unit(toK))) < STRAIGHT) continue;
        for (const { atom: l, weight: third } of neighbours[k]!) {
          const toL = between(k, l);
          if (l === i || l === j || Math.hypot(...cross(unit(toK), unit(toL))) < STRAIGHT) continue;
          resist(TORSION * first * second * third, torsion([i, j, k, l], toI, times(toK, -1), toL));
        }
      }
    }
  }
  return hessian;
}
