/** Where a molecule attracts another one, and what of it. */
import { minus, plus, times, unit, type Vector } from "#shared/molecule/vectors.ts";
import { lonePairDirections, piDirections } from "./lone-pairs.ts";
import type { PlacedAtom, PlacedGraph } from "./placed-graph.ts";
import { distinctPlaces } from "./places.ts";

/**
 * A hydrogen that has lost electrons (`donor`; any other is `weak-donor`), a lone pair (`acceptor`), the π electrons of a bond between
 * carbons (`face`), or a carbon from which oxygen or nitrogen drew its π electrons (`hole`).
 */
export type ContactKind = "donor" | "weak-donor" | "acceptor" | "face" | "hole";

export interface Contact {
  readonly kind: ContactKind;
  readonly at: Vector;
  /** Unit vector out of the molecule. */
  readonly direction: Vector;
}

const HYDROGEN = 1;
const CARBON = 6;

/** Pairs of doubly bonded carbons and both their faces. */
export const faces = (graph: PlacedGraph): { centre: Vector; directions: Vector[] }[] =>
  graph.bonds
    .filter(
      ({ order, atoms: [a, b] }) => order > 1 && graph.atoms[a]!.z === CARBON && graph.atoms[b]!.z === CARBON,
    )
    .map(({ atoms: [a, b] }) => ({
      centre: times(plus(graph.atoms[a]!.at, graph.atoms[b]!.at), 1 / 2),
      directions: piDirections(graph, a),
    }));

const isHole = ({ atoms }: PlacedGraph, { z, order, neighbours }: PlacedAtom): boolean =>
  z === CARBON &&
  order > 1 &&
  neighbours.some((other) => atoms[other]!.lonePairs > 0 && atoms[other]!.order > 1);

function ofAtom(graph: PlacedGraph, own: PlacedAtom, atom: number): Contact[] {
  const { z, at, neighbours, lonePairs } = own;
  const [first] = neighbours;
  if (z === HYDROGEN && first !== undefined) {
    const kind = graph.atoms[first]!.z === CARBON ? "weak-donor" : "donor";
    return [{ kind, at, direction: unit(minus(at, graph.atoms[first]!.at)) }];
  }
  if (lonePairs > 0)
    return lonePairDirections(graph, atom).map((direction) => ({ kind: "acceptor", at, direction }));
  return isHole(graph, own)
    ? piDirections(graph, atom).map((direction) => ({ kind: "hole", at, direction }))
    : [];
}

/** How far from the contact places are told apart, Å. */
const OUTSIDE_ANGSTROM = 1.5;

/** All contacts, those that see the same surroundings once. */
export function contacts(graph: PlacedGraph): Contact[] {
  const all = [
    ...graph.atoms.flatMap((own, atom) => ofAtom(graph, own, atom)),
    ...faces(graph).flatMap(({ centre, directions }) =>
      directions.map((direction): Contact => ({ kind: "face", at: centre, direction })),
    ),
  ];
  const placeOf = ({ at, direction }: Contact): Vector => plus(at, times(direction, OUTSIDE_ANGSTROM));
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const alike = all.filter((contact) => contact.kind === kind);
    const places = alike.map(placeOf);
    const distinct = new Set(distinctPlaces(graph, places));
    return alike.filter((_, k) => distinct.has(places[k]!));
  });
}
