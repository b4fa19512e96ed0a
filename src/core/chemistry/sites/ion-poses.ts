/** Where a cation may sit at a molecule. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { length, minus, plus, times, type Vector } from "#shared/molecule/vectors.ts";
import { faces } from "./contacts.ts";
import { lonePairDirections } from "./lone-pairs.ts";
import { type PlacedGraph, placedGraph } from "./placed-graph.ts";
import { distinctPlaces } from "./places.ts";

/** An ion at a molecule before both are relaxed. */
export interface IonPose {
  /** The molecule where it was and the ion as its last atom. */
  readonly geometry: Geometry;
  /** Of the ion, Å: for telling poses apart. */
  readonly at: Vector;
}

/** To the atom that it is bound to: longer than most are, so that it finds its way, Å. */
const DISTANCE_ANGSTROM: Readonly<Record<string, number>> = { Li: 1.9, Na: 2.3, Mg: 2.0, Zn: 2.0 };
const USUAL_DISTANCE_ANGSTROM = 2.3;
/** From the middle of a π face or bond, Å further than from a lone pair. */
const FACE_ANGSTROM = 0.2;
/** An ion that comes closer to any other atom than this part of its distance has no room there. */
const ROOM = 0.8;

const middle = (places: readonly Vector[]): Vector => times(places.reduce(plus), 1 / places.length);

/** Between every two atoms with lone pairs that are near enough to hold the ion together. */
function bridges(graph: PlacedGraph, distance: number): Vector[] {
  const givers = graph.atoms.filter(({ lonePairs }) => lonePairs > 0);
  const centre = middle(graph.atoms.map(({ at }) => at));
  return givers.flatMap((a, i) =>
    givers.slice(0, i).flatMap((b) => {
      const between = length(minus(a.at, b.at));
      if (between > 2 * distance || between < 2) return [];
      const half = middle([a.at, b.at]);
      const out = minus(half, centre);
      const height = Math.sqrt(Math.max(0, distance ** 2 - (between / 2) ** 2));
      return length(out) < 0.1 ? [] : [plus(half, times(out, height / length(out)))];
    }),
  );
}

/**
 * Starts for a cation at a molecule: along every lone pair, between two atoms with lone pairs, over π bonds; those that see the same
 * surroundings once, and none that other atoms leave no room for. Where the molecule has neither, on its six sides.
 *
 * @param molblock V2000 of the molecule in space, with all hydrogens
 * @param ion symbol of its element
 */
export function ionPoses(molblock: string, ion: string): IonPose[] {
  const graph = placedGraph(molblock);
  const distance = DISTANCE_ANGSTROM[ion] ?? USUAL_DISTANCE_ANGSTROM;
  const at = graph.atoms.flatMap(({ lonePairs, at: position }, atom) =>
    lonePairs === 0
      ? []
      : lonePairDirections(graph, atom).map((direction) => plus(position, times(direction, distance))),
  );
  const over = faces(graph).flatMap(({ centre, directions }) =>
    directions.map((direction) => plus(centre, times(direction, distance + FACE_ANGSTROM))),
  );
  const found = [...at, ...bridges(graph, distance), ...over];
  const places = found.length > 0 ? found : sides(graph, distance);
  const roomy = places.filter((place) =>
    graph.atoms.every((atom) => length(minus(atom.at, place)) > (atom.z === 1 ? 0.6 : ROOM) * distance),
  );
  return distinctPlaces(graph, roomy).map((place) => ({
    at: place,
    geometry: {
      symbols: [...graph.geometry.symbols, ion],
      coordinates_angstrom: [...graph.geometry.coordinates_angstrom, ...place],
    },
  }));
}

/** Along x, y and z, outside the outermost atom. */
function sides({ atoms }: PlacedGraph, distance: number): Vector[] {
  const centre = middle(atoms.map(({ at }) => at));
  const reach = Math.max(...atoms.map(({ at }) => length(minus(at, centre)))) + distance;
  return (
    [
      [1, 0, 0],
      [-1, 0, 0],
      [0, 1, 0],
      [0, -1, 0],
      [0, 0, 1],
      [0, 0, -1],
    ] as const
  ).map((axis) => plus(centre, times(axis, reach)));
}
