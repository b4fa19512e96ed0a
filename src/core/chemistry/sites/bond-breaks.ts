/** The pieces that a bond leaves when it breaks. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { type PlacedBond, type PlacedGraph, placedGraph } from "./placed-graph.ts";

/** A piece of a molecule where it was. */
export interface Fragment {
  readonly geometry: Geometry;
  /** Of its atoms, e. */
  readonly charge: number;
  /** 2S + 1 with one unpaired electron for each order of the bond, as far as its electrons allow, and the lower ones. */
  readonly multiplicities: readonly number[];
}

export interface BondBreak {
  /** From 0. */
  readonly atoms: readonly [number, number];
  readonly order: number;
  readonly fragments: readonly [Fragment, Fragment];
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

/** A bond between opposite charges is one more bond between neutral atoms: N⁺–O⁻ parts as N=O does. */
function partingsOf({ atoms }: PlacedGraph, { atoms: ends, order }: PlacedBond): [Parting, Parting] {
  const [a, b] = ends.map((atom) => atoms[atom]!.charge) as [number, number];
  const isDative = a === -b && Math.abs(a) === 1;
  const parting = (charge: number): Parting =>
    isDative ? { order: order + 1, chargeFromBond: charge } : { order, chargeFromBond: 0 };
  return [parting(a), parting(b)];
}

/** An atom is put at the origin, so that it is the same one wherever it came from. */
function fragmentOf(
  { geometry, atoms }: PlacedGraph,
  piece: ReadonlySet<number>,
  { order, chargeFromBond }: Parting,
): Fragment {
  const members = [...piece].sort((a, b) => a - b);
  const charge = members.reduce((sum, atom) => sum + atoms[atom]!.charge, -chargeFromBond);
  const electrons = members.reduce((sum, atom) => sum + atoms[atom]!.z, -charge);
  const highest = order % 2 === electrons % 2 ? order : order + 1;
  const unpaired = [highest, highest - 2].filter((count) => count >= 0 && count <= electrons);
  const xyz = members.flatMap((atom) => geometry.coordinates_angstrom.slice(3 * atom, 3 * atom + 3));
  return {
    geometry: {
      symbols: members.map((atom) => geometry.symbols[atom]!),
      coordinates_angstrom: members.length === 1 ? [0, 0, 0] : xyz,
    },
    charge,
    multiplicities: unpaired.map((count) => count + 1),
  };
}

/**
 * Every single bond that parts the molecule in two neutral pieces, as far as the molecule is neutral, those between atoms of equal
 * constitution once; or one bond that is marked, whatever its order. None where it parts nothing, as in a ring.
 *
 * @param molblock V2000 of the molecule in space, with all hydrogens
 * @param marked numbers of the bond's atoms from 0
 */
export function bondBreaks(molblock: string, marked?: readonly [number, number]): BondBreak[] {
  const graph = placedGraph(molblock);
  const seen = new Set<string>();
  return graph.bonds.flatMap((bond): BondBreak[] => {
    const [a, b] = bond.atoms;
    const [first, second] = partingsOf(graph, bond);
    const kinds = [graph.atoms[a]!.kind, graph.atoms[b]!.kind].sort((x, y) => x - y).join(" ");
    const isAsked = marked ? marked.includes(a) && marked.includes(b) : first.order === 1 && !seen.has(kinds);
    const [here, there] = [pieceOf(graph, a, b), pieceOf(graph, b, a)];
    if (!isAsked || !here || !there) return [];
    seen.add(kinds);
    const fragments = [fragmentOf(graph, here, first), fragmentOf(graph, there, second)] as const;
    return [{ atoms: bond.atoms, order: first.order, fragments }];
  });
}
