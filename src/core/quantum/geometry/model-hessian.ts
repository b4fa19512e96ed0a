/** What is known of a molecule's force constants before any is computed. */
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { minus } from "#shared/molecule/vectors.ts";
import { toBohr } from "#shared/units.ts";
import {
  bendsOf,
  type Coordinate,
  derivativeOf,
  isStraight,
  type Positions,
  positionsOf,
} from "./coordinates.ts";

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
/** In every direction, Hartree/bohr²: moves that no bond, angle or torsion resists have a finite step. */
const FLOOR = 0.02;

const rowOf = (symbol: string): 0 | 1 | 2 => {
  const z = atomicNumber(symbol) ?? 0;
  return z <= 2 ? 0 : z <= 10 ? 1 : 2;
};

/**
 * How much a pair of atoms is bonded, from 0 at infinity, 1 at the length of a bond; row 4 and beyond as row 3.
 * R. Lindh et al., doi:10.1016/0009-2614(95)00646-L, eq. 4.
 */
function bonding(symbols: readonly [string, string], length_bohr: number): number {
  const [a, b] = [rowOf(symbols[0]), rowOf(symbols[1])];
  return Math.exp(RANGE[a][b] * (LENGTH[a][b] ** 2 - length_bohr ** 2));
}

const CONSTANT = { distance: STRETCH, angle: BEND, straight: BEND, dihedral: TORSION } as const;
/** H. B. Schlegel, doi:10.1007/BF00554788. */
const OUT_OF_PLANE = 0.045;

/** The force constant of a coordinate along bonded atoms, Hartree/bohr² or Hartree/rad² (Lindh et al.). */
export function forceConstant(
  { kind, atoms }: Coordinate,
  symbols: readonly string[],
  at: Positions,
): number {
  if (kind === "out-of-plane") return OUT_OF_PLANE;
  let constant: number = CONSTANT[kind];
  for (const [n, atom] of atoms.slice(1).entries()) {
    const before = atoms[n]!;
    constant *= bonding([symbols[before]!, symbols[atom]!], Math.hypot(...minus(at[atom]!, at[before]!)));
  }
  return constant;
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
  const at = positionsOf(coordinates_angstrom.map((x): number => toBohr(x)));
  const hessian = new Float64Array(9 * n * n);
  for (let i = 0; i < 3 * n; i++) hessian[i * 3 * n + i] = FLOOR;
  const resist = (coordinate: Coordinate): void => {
    const constant = forceConstant(coordinate, symbols, at);
    const derivative = derivativeOf(coordinate, at);
    for (const [p, byP] of derivative)
      for (const [q, byQ] of derivative)
        for (let x = 0; x < 3; x++)
          for (let y = 0; y < 3; y++)
            hessian[(3 * p + x) * 3 * n + 3 * q + y]! += constant * byP[x]! * byQ[y]!;
  };
  const neighbours = symbols.map((a, i) =>
    symbols.flatMap((b, j) =>
      i === j || bonding([a, b], Math.hypot(...minus(at[j]!, at[i]!))) < NEGLIGIBLE ? [] : [j],
    ),
  );
  for (let j = 0; j < n; j++) {
    for (const i of neighbours[j]!) {
      if (i < j) resist({ kind: "distance", atoms: [i, j] });
      for (const k of neighbours[j]!) {
        if (k === i) continue;
        if (i < k) bendsOf(at, [i, j, k]).forEach(resist);
        if (j > k || isStraight(at, [i, j, k])) continue;
        for (const l of neighbours[k]!) {
          if (l === i || l === j || isStraight(at, [j, k, l])) continue;
          resist({ kind: "dihedral", atoms: [i, j, k, l] });
        }
      }
    }
  }
  return hessian;
}
