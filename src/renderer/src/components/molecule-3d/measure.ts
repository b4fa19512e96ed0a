/** Distance, angle and dihedral of chosen atoms. */
import type { Geometry } from "#shared/molecule/molecule.ts";

type Vector = readonly [number, number, number];

const DEGREES = 180 / Math.PI;

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const norm = (a: Vector): number => Math.sqrt(dot(a, a));

const angle = (a: Vector, b: Vector): number => Math.atan2(norm(cross(a, b)), dot(a, b)) * DEGREES;

/** About the middle bond, −180 to 180; positive clockwise from the front atom, as IUPAC has it. */
function dihedral(a: Vector, b: Vector, c: Vector, d: Vector): number {
  const [u, v, w] = [minus(b, a), minus(c, b), minus(d, c)];
  const [first, second] = [cross(u, v), cross(v, w)];
  return Math.atan2(norm(v) * dot(u, second), dot(first, second)) * DEGREES;
}

/** "C1–O7 1.364 Å"; what two, three or four atoms (from 0, in order) are to one another, undefined for fewer. */
export function measured(
  { symbols, coordinates_angstrom: x }: Geometry,
  atoms: readonly number[],
): string | undefined {
  if (atoms.length < 2 || atoms.some((atom) => symbols[atom] === undefined)) return undefined;
  const at = (atom: number): Vector => [x[3 * atom]!, x[3 * atom + 1]!, x[3 * atom + 2]!];
  const names = atoms.map((atom) => `${symbols[atom]}${atom + 1}`).join("–");
  const [a, b, c, d] = atoms.map(at) as [Vector, Vector, Vector | undefined, Vector | undefined];
  if (!c) return `${names} ${norm(minus(b, a)).toFixed(3)} Å`;
  if (!d) return `${names} ${angle(minus(a, b), minus(c, b)).toFixed(1)}°`;
  return `${names} ${dihedral(a, b, c, d).toFixed(1)}°`.replace(" -", " −");
}

/** Reads "1 5, 6" into atoms from 0; undefined where that is no list of up to four of them. */
export function readAtoms(text: string, count: number): number[] | undefined {
  const numbers = text.split(/[\s,–-]+/).filter((part) => part !== "");
  const atoms = numbers.map((part) => Number(part) - 1);
  const isRead =
    atoms.length <= 4 && atoms.every((atom) => Number.isInteger(atom) && atom >= 0 && atom < count);
  return isRead && new Set(atoms).size === atoms.length ? atoms : undefined;
}
