/** The pieces that a bond leaves when it breaks. */
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import { type PlacedAtom, type PlacedBond, type PlacedGraph, placedGraph } from "./placed-graph.ts";

/** A piece of a molecule where it was. */
export interface Fragment {
  /** Numbers of its atoms in the molecule, from 0, in the geometry's order. */
  readonly atoms: readonly number[];
  readonly geometry: Geometry;
  /** Of its atoms, e. */
  readonly charge: number;
  /** 2S + 1, the highest first: with those electrons unpaired that were so or were in the bond, as far as its atoms have room for them, and fewer. */
  readonly multiplicities: readonly number[];
}

export interface BondBreak {
  /** From 0. */
  readonly atoms: readonly [number, number];
  readonly order: number;
  /** What each end's piece has of a charge that the structure does not state, e; absent where there is none. */
  readonly added?: readonly [number, number];
  readonly fragments: readonly [Fragment, Fragment];
}

/** What is said of the molecule beside its structure. */
interface Asked {
  /** Numbers from 0 of the atoms of the bond to break; absent: every single one. */
  readonly marked?: readonly [number, number] | undefined;
  /** Of the whole molecule; absent: as the structure has them. */
  readonly electrons?: Electrons | undefined;
}

/** Atoms that hang together with one when a bond is left out; undefined where they reach the bond's other end. */
export function pieceOf({ atoms }: PlacedGraph, from: number, without: number): Set<number> | undefined {
  const piece = new Set([from]);
  for (const atom of piece)
    for (const next of atoms[atom]!.neighbours) if (!(atom === from && next === without)) piece.add(next);
  return piece.has(without) ? undefined : piece;
}

/** What a bond gives to its ends when it breaks: how many unpaired electrons, and the charge that they had from it. */
interface Parting {
  readonly order: number;
  readonly chargeFromBond: number;
}

/** What the molecule has that its structure does not state, as far as one of its pieces may have it. */
interface Beyond {
  /** e */
  readonly charge: number;
  /** Electrons that are unpaired though the charge does not ask for it. */
  readonly unpaired: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Charge and unpaired electrons that the structure does not state. */
function beyondStructure({ atoms }: PlacedGraph, electrons: Electrons | undefined): Beyond {
  const stated = {
    charge: sum(atoms.map((atom) => atom.charge)),
    unpaired: sum(atoms.map((atom) => atom.unpaired)),
  };
  if (!electrons) return { charge: 0, unpaired: 0 };
  const charge = electrons.charge - stated.charge;
  return { charge, unpaired: Math.max(0, electrons.multiplicity - 1 - stated.unpaired - Math.abs(charge)) };
}

/** Every way to share a charge between two pieces, electron by electron: −1 as [−1, 0] and [0, −1]. */
const sharesOf = (charge: number): [number, number][] =>
  Array.from({ length: Math.abs(charge) + 1 }, (_, k) => {
    const first = charge + (charge < 0 ? k : -k);
    return [first, charge - first];
  });

/** Valence shells up to each element: electrons below, and room for so many: of s and p, or of s and d. */
const SHELLS = [
  [2, 0, 2],
  [10, 2, 8],
  [18, 10, 8],
  [30, 18, 12],
  [36, 28, 8],
  [48, 36, 12],
  [54, 46, 8],
] as const;

/** Most unpaired electrons of a neutral atom's valence shell: 3 of nitrogen, 6 of chromium. */
function roomOf({ z }: PlacedAtom): number {
  const shell = SHELLS.find(([last]) => z <= last);
  // No basis set has heavier elements.
  if (!shell) return 0;
  const [, below, room] = shell;
  return Math.min(z - below, room + below - z);
}

/** A bond between opposite charges is one more bond between neutral atoms: N⁺–O⁻ parts as N=O does. */
function partingsOf({ atoms }: PlacedGraph, { atoms: ends, order }: PlacedBond): [Parting, Parting] {
  const [a, b] = ends.map((atom) => atoms[atom]!.charge) as [number, number];
  const isDative = a === -b && Math.abs(a) === 1;
  const parting = (charge: number): Parting =>
    isDative ? { order: order + 1, chargeFromBond: charge } : { order, chargeFromBond: 0 };
  return [parting(a), parting(b)];
}

/**
 * How many electrons of a piece may be unpaired, the most first; none where it cannot have the charge: nuclei alone do not hold together,
 * and shells that are full take no more.
 */
function unpairedCounts(members: readonly PlacedAtom[], charge: number, most: number): number[] {
  const electrons = sum(members.map(({ z }) => z)) - charge;
  if (electrons === 0 && members.length > 1) return [];
  const wanted = most % 2 === electrons % 2 ? most : most + 1;
  const highest = Math.min(wanted, electrons, sum(members.map(roomOf)) + charge);
  return highest < 0 ? [] : Array.from({ length: Math.floor(highest / 2) + 1 }, (_, k) => highest - 2 * k);
}

/** An atom is put at the origin, so that it is the same one wherever it came from. */
function fragmentOf(
  { geometry, atoms }: PlacedGraph,
  piece: ReadonlySet<number>,
  { order, chargeFromBond, beyond }: Parting & { beyond: Beyond },
): Fragment {
  const members = [...piece].sort((a, b) => a - b);
  const own = members.map((atom) => atoms[atom]!);
  const charge = sum(own.map((atom) => atom.charge)) - chargeFromBond + beyond.charge;
  const most = sum(own.map((atom) => atom.unpaired)) + order + beyond.unpaired + Math.abs(beyond.charge);
  const xyz = members.flatMap((atom) => geometry.coordinates_angstrom.slice(3 * atom, 3 * atom + 3));
  return {
    atoms: members,
    geometry: {
      symbols: members.map((atom) => geometry.symbols[atom]!),
      coordinates_angstrom: members.length === 1 ? [0, 0, 0] : xyz,
    },
    charge,
    multiplicities: unpairedCounts(own, charge, most).map((count) => count + 1),
  };
}

const isAlike = (one: Fragment, other: Fragment): boolean =>
  one.charge === other.charge && one.multiplicities.join() === other.multiplicities.join();

/** Of a bond between pieces of equal constitution: without those ways to share a charge that are an earlier one with the pieces exchanged. */
const withoutMirrored = (breaks: readonly BondBreak[]): BondBreak[] =>
  breaks.filter(
    ({ fragments: [a, b] }, k) =>
      !breaks.slice(0, k).some(({ fragments: [c, d] }) => isAlike(a, d) && isAlike(b, c)),
  );

/**
 * Every single bond that parts the molecule in two neutral pieces, as far as the molecule is neutral, those between atoms of equal
 * constitution once; or one bond that is marked, whatever its order. None where it parts nothing, as in a ring.
 *
 * Charges that the structure states stay at their atoms; any other is shared in every way that the pieces can have it, a break each; between
 * atoms of equal constitution +1 with one is +1 with the other.
 *
 * @param molblock V2000 of the molecule in space, with all hydrogens
 */
export function bondBreaks(molblock: string, { marked, electrons }: Asked = {}): BondBreak[] {
  const graph = placedGraph(molblock);
  const { charge, unpaired } = beyondStructure(graph, electrons);
  const seen = new Set<string>();
  return graph.bonds.flatMap((bond): BondBreak[] => {
    const [a, b] = bond.atoms;
    const [first, second] = partingsOf(graph, bond);
    const kinds = [graph.atoms[a]!.kind, graph.atoms[b]!.kind].sort((x, y) => x - y).join(" ");
    const isAsked = marked ? marked.includes(a) && marked.includes(b) : first.order === 1 && !seen.has(kinds);
    const [here, there] = [pieceOf(graph, a, b), pieceOf(graph, b, a)];
    if (!isAsked || !here || !there) return [];
    seen.add(kinds);
    const breaks = sharesOf(charge).map((added): BondBreak => {
      const [own, other] = added.map((share) => ({ charge: share, unpaired })) as [Beyond, Beyond];
      const fragments = [
        fragmentOf(graph, here, { ...first, beyond: own }),
        fragmentOf(graph, there, { ...second, beyond: other }),
      ] as const;
      return { atoms: bond.atoms, order: first.order, ...(charge !== 0 && { added }), fragments };
    });
    const possible = breaks.filter(({ fragments }) =>
      fragments.every(({ multiplicities }) => multiplicities.length > 0),
    );
    return graph.atoms[a]!.kind === graph.atoms[b]!.kind ? withoutMirrored(possible) : possible;
  });
}
