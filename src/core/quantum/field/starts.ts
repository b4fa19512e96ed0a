/** Places from which a search for the lowest field begins. */

import type { Geometry } from "#shared/molecule/molecule.ts";
import { distance } from "#shared/molecule/vectors.ts";
import { referenceTitle } from "#shared/quantum/field-title.ts";
import { uniformNumbers } from "#shared/random.ts";
import type { ScfKind, ScfResult, ScfStart } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

/** A start and what people call it. */
export interface NamedStart {
  readonly name: string;
  readonly start: ScfStart;
}

/** Part of an atom's density that a pattern moves from one spin to the other. */
const POLARISATION = 0.35;
/** All patterns of so many atoms are tried, of more a selection. */
const FEW_ATOMS = 4;

/** Atoms in the order in which a tree of shortest distances grows from the first, each with the one it hangs on. */
function shortestTree(geometry: Geometry, atoms: readonly number[]): [atom: number, parent: number][] {
  const tree: [number, number][] = [[atoms[0]!, -1]];
  const left = new Set(atoms.slice(1));
  while (left.size > 0) {
    let best = { length: Number.POSITIVE_INFINITY, atom: -1, parent: -1 };
    for (const [parent] of tree)
      for (const atom of left) {
        const length = distance(geometry.coordinates_angstrom, atom, parent);
        if (length < best.length - 1e-6) best = { length, atom, parent };
      }
    tree.push([best.atom, best.parent]);
    left.delete(best.atom);
  }
  return tree;
}

/** Each atom against its neighbours: the two colours of the tree of shortest distances. */
function alternating(geometry: Geometry, atoms: readonly number[]): number[] {
  const signs = new Map<number, number>();
  for (const [atom, parent] of shortestTree(geometry, atoms)) signs.set(atom, -(signs.get(parent) ?? -1));
  // The tree reaches every atom.
  return atoms.map((atom) => signs.get(atom)!);
}

/** Signs of each atom, the first always +. */
function signPatterns(geometry: Geometry, atoms: readonly number[]): number[][] {
  const n = atoms.length;
  if (n <= FEW_ATOMS)
    return Array.from({ length: 2 ** (n - 1) }, (_, bits) =>
      atoms.map((_atom, k) => (k > 0 && (bits >>> (k - 1)) & 1 ? -1 : 1)),
    );
  const neel = alternating(geometry, atoms);
  const tree = shortestTree(geometry, atoms).map(([atom]) => atom);
  const firstHalf = new Set(tree.slice(0, Math.ceil(n / 2)));
  const pairs = atoms.map((atom) => (Math.floor(tree.indexOf(atom) / 2) % 2 === 0 ? 1 : -1));
  const ends = new Set([tree.at(0), tree.at(-1)]);
  return [
    neel,
    atoms.map(() => 1),
    atoms.map((atom) => (firstHalf.has(atom) ? 1 : -1)),
    pairs,
    atoms.map((atom) => (ends.has(atom) ? 1 : -1)),
  ];
}

/** Hydrogens take part where nothing else does. */
function atomsWithSpin({ geometry, charges }: QuantumSystem): number[] {
  const real = geometry.symbols.map((_, atom) => atom).filter((atom) => charges[atom] !== 0);
  const heavy = real.filter((atom) => charges[atom]! > 1);
  return heavy.length > 0 ? heavy : real;
}

/** Up and down spins on the atoms. */
export function spinPatterns(system: QuantumSystem): NamedStart[] {
  const atoms = atomsWithSpin(system);
  return signPatterns(system.geometry, atoms).map((signs) => {
    const atomSpins = system.geometry.symbols.map(() => 0);
    for (const [k, atom] of atoms.entries()) atomSpins[atom] = POLARISATION * signs[k]!;
    const name = `atomic spins ${signs.map((sign) => (sign > 0 ? "+" : "−")).join("")}`;
    return { name, start: { atomSpins } };
  });
}

/** Columns i and j of [nBasis, width] turned into each other by an angle in degrees. */
function turned(
  orbitals: Float64Array,
  width: number,
  [i, j]: [number, number],
  degrees: number,
): Float64Array {
  const result = Float64Array.from(orbitals);
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  for (let row = 0; row < orbitals.length; row += width) {
    result[row + i] = c * orbitals[row + i]! + s * orbitals[row + j]!;
    result[row + j] = c * orbitals[row + j]! - s * orbitals[row + i]!;
  }
  return result;
}

/** Occupied and empty orbitals of one spin turned into each other around the frontier. */
type Turn = readonly [below: number, above: number, degrees: number];

function turnedSet(restricted: ScfResult, spin: 0 | 1, turns: readonly Turn[]): Float64Array {
  const width = restricted.orbitalEnergies_hartree[0].length;
  const occupied = restricted.nelec[spin];
  return turns.reduce((set, [below, above, degrees]) => {
    const pair: [number, number] = [occupied - 1 - below, occupied + above];
    return pair[0] < 0 || pair[1] >= width ? set : turned(set, width, pair, degrees);
  }, restricted.orbitals[0]);
}

const turnedStart = (
  restricted: ScfResult,
  turns: readonly [alpha: readonly Turn[], beta: readonly Turn[]],
): ScfStart => ({ orbitals: [turnedSet(restricted, 0, turns[0]), turnedSet(restricted, 1, turns[1])] });

/** Restricted orbitals, and with those around the frontier mixed, by opposite angles in α and β, or exchanged. */
export function mixedStarts(restricted: ScfResult): NamedStart[] {
  const both = (turns: readonly Turn[]) =>
    turnedStart(restricted, [
      turns,
      turns.map(([below, above, degrees]) => [below, above, -degrees] as const),
    ]);
  const kind = referenceTitle({ reference: restricted.kind, kohnSham: restricted.kohnSham });
  return [
    { name: `${kind} orbitals`, start: turnedStart(restricted, [[], []]) },
    { name: "HOMO–LUMO mixed by 20°", start: both([[0, 0, 20]]) },
    { name: "HOMO–LUMO mixed by 45°", start: both([[0, 0, 45]]) },
    {
      name: "two pairs mixed by 40°",
      start: both([
        [0, 0, 40],
        [1, 1, 40],
      ]),
    },
    {
      name: "three pairs mixed by 40°",
      start: both([
        [0, 0, 40],
        [1, 1, 40],
        [2, 2, 40],
      ]),
    },
    { name: "β HOMO and LUMO exchanged", start: turnedStart(restricted, [[], [[0, 0, 90]]]) },
    { name: "β HOMO−1 and LUMO exchanged", start: turnedStart(restricted, [[], [[1, 0, 90]]]) },
    { name: "α HOMO and LUMO exchanged", start: turnedStart(restricted, [[[0, 0, 90]], []]) },
  ];
}

/** Orbitals of RHF or ROHF, mixed and exchanged around the frontiers: of closed with open shells too where there are open ones. */
export function exchangedStarts(restricted: ScfResult): NamedStart[] {
  const [alpha, beta] = restricted.nelec;
  const named = (spin: 0 | 1, name: string, turns: readonly Turn[]): NamedStart => {
    const orbitals = turnedSet(restricted, spin, turns);
    return {
      name: alpha === beta ? name : `${spin === 0 ? "α" : "β"} ${name}`,
      start: { orbitals: [orbitals] },
    };
  };
  const spins = alpha === beta ? [0 as const] : [1 as const, 0 as const];
  const kinds: [string, Turn[]][] = [
    ["HOMO–LUMO mixed by 45°", [[0, 0, 45]]],
    [
      "two pairs mixed by 40°",
      [
        [0, 0, 40],
        [1, 1, 40],
      ],
    ],
    ["HOMO and LUMO exchanged", [[0, 0, 90]]],
    ["HOMO−1 and LUMO exchanged", [[1, 0, 90]]],
    ["HOMO and LUMO+1 exchanged", [[0, 1, 90]]],
  ];
  return kinds.flatMap(([name, turns]) => spins.map((spin) => named(spin, name, turns)));
}

/** Largest angle of a random turn, degrees. */
const WIDEST_TURN = 90;

/**
 * Restricted orbitals with every frontier pair turned by a random angle; the same at each run. As a start for UHF each spin's
 * orbitals about their own frontier; for fields of one set about both, so that closed shells turn into open ones too.
 */
export function randomStarts(restricted: ScfResult, count: number, kind: ScfKind): NamedStart[] {
  return Array.from({ length: count }, (_, k) => {
    const random = uniformNumbers(k + 1);
    const turns = () =>
      Array.from(
        { length: 9 },
        (_, pair): Turn => [pair % 3, Math.floor(pair / 3), WIDEST_TURN * (2 * random() - 1)],
      );
    const name = `random turns ${k + 1}`;
    if (kind === "uhf") return { name, start: turnedStart(restricted, [turns(), turns()]) };
    const closed = turnedSet(restricted, 1, turns());
    return { name, start: { orbitals: [turnedSet({ ...restricted, orbitals: [closed] }, 0, turns())] } };
  });
}
