/** Places around a molecule that differ. */

import { length, minus, type Vector } from "#shared/molecule/vectors.ts";
import type { PlacedGraph } from "./placed-graph.ts";

/** Places closer than this to an atom are none, Å: a hydrogen stands there. */
const TAKEN_ANGSTROM = 0.6;
/** Distances of equal places to the atoms agree so far in geometries that a force field relaxed, Å. */
const SAME_ANGSTROM = 0.05;

/** Distances to the atoms of each kind, rising. */
const surroundings = ({ atoms }: PlacedGraph, place: Vector): number[] =>
  atoms
    .map(({ kind, at }) => ({ kind, away: length(minus(at, place)) }))
    .sort((a, b) => a.kind - b.kind || a.away - b.away)
    .map(({ away }) => away);

/** Those of the places that are free, one for each that sees the molecule as others, or a mirror of them, do. */
export function distinctPlaces(graph: PlacedGraph, places: readonly Vector[]): Vector[] {
  const seen: number[][] = [];
  return places.filter((place) => {
    const distances = surroundings(graph, place);
    const isTaken = distances.some((away) => away < TAKEN_ANGSTROM);
    const isSeen = seen.some((other) =>
      other.every((away, k) => Math.abs(away - distances[k]!) < SAME_ANGSTROM),
    );
    if (isTaken || isSeen) return false;
    seen.push(distances);
    return true;
  });
}
