/** Where a molecule takes up a proton. */

import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { plus, times, type Vector } from "#shared/molecule/vectors.ts";
import { lonePairDirections, piDirections } from "./lone-pairs.ts";
import { type PlacedAtom, type PlacedGraph, placedGraph } from "./placed-graph.ts";
import { distinctPlaces } from "./places.ts";
import { turnedAside } from "./turned-groups.ts";

/** A protonated molecule before it is relaxed. */
export interface Protomer {
  /** Of the atom that takes the proton, from 0. */
  readonly atom: number;
  readonly site: "lone-pair" | "pi";
  /** The molecule where it was, or with a group turned out of the proton's way, and the proton as its last atom. */
  readonly geometry: Geometry;
}

const HYDROGEN = 1;
const CARBON = 6;

function siteOf({ atoms }: PlacedGraph, { z, lonePairs, order, neighbours }: PlacedAtom) {
  if (z === HYDROGEN) return undefined;
  if (lonePairs > 0) return "lone-pair";
  // A π atom bonded to nothing but atoms that draw its electrons away takes no proton: C=O, C≡N.
  const isPi =
    z === CARBON &&
    order > 1 &&
    neighbours.some((other) => atoms[other]!.z === CARBON && atoms[other]!.order > 1);
  return isPi ? "pi" : undefined;
}

/**
 * Starts of all protomers: a proton at every lone pair, and at every carbon that is bonded by π electrons to another; atoms of equal
 * constitution once, places around an atom that see the same surroundings once; where a group stands in the proton's way, with that group
 * turned aside too.
 *
 * @param molblock V2000 of the molecule in space, with all hydrogens. Cost: n² a place.
 */
export const protomers = (molblock: string): Protomer[] => protomersOf(placedGraph(molblock));

/** The same of a molecule whose bonds are known. */
export function protomersOf(graph: PlacedGraph): Protomer[] {
  const seen = new Set<number>();
  return graph.atoms.flatMap((own, atom): Protomer[] => {
    const site = siteOf(graph, own);
    if (!site || seen.has(own.kind)) return [];
    seen.add(own.kind);
    const distance = expectedBondLength(own.z, HYDROGEN, 1);
    const directions = site === "pi" ? piDirections(graph, atom) : lonePairDirections(graph, atom);
    const places = directions.map((direction): Vector => plus(own.at, times(direction, distance)));
    return distinctPlaces(graph, places).flatMap((place) =>
      [graph.geometry, ...turnedAside(graph, atom, place)].map(({ symbols, coordinates_angstrom }) => ({
        atom,
        site,
        geometry: {
          symbols: [...symbols, "H"],
          coordinates_angstrom: [...coordinates_angstrom, ...place],
        },
      })),
    );
  });
}
