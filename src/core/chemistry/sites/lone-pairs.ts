/** Where lone pairs and π electrons of an atom point. */

import {
  cross,
  dot,
  length,
  minus,
  perpendicular,
  plus,
  times,
  unit,
  type Vector,
} from "#shared/molecule/vectors.ts";
import type { PlacedGraph } from "./placed-graph.ts";

/** Cosine of an angle between bonds beyond which they are on one line: 165°. */
const STRAIGHT = -0.966;
/** Sum of three unit vectors below which their atom is flat: 0.1 is 2° out of the plane. */
const FLAT = 0.1;

const degrees = (angle: number): number => (angle * Math.PI) / 180;

/** Unit vectors from an atom to its neighbours. */
const bondsOf = ({ atoms }: PlacedGraph, atom: number): Vector[] =>
  atoms[atom]!.neighbours.map((other) => unit(minus(atoms[other]!.at, atoms[atom]!.at)));

/** At an angle to the bond, beside each of the neighbour's other bonds and opposite to it. */
function besideNeighbour(graph: PlacedGraph, atom: number, angle: number): Vector[] {
  const [bond] = bondsOf(graph, atom) as [Vector];
  const [neighbour] = graph.atoms[atom]!.neighbours as [number];
  const others = bondsOf(graph, neighbour).filter((other) => Math.abs(dot(other, bond)) < -STRAIGHT);
  // Without other bonds all turns about this one are alike.
  if (others.length === 0) return [aside(bond, perpendicular(bond), angle)];
  return others.flatMap((other) => {
    const across = unit(minus(other, times(bond, dot(other, bond))));
    return [aside(bond, across, angle), aside(bond, times(across, -1), angle)];
  });
}

const aside = (bond: Vector, across: Vector, angle: number): Vector =>
  plus(times(bond, Math.cos(degrees(angle))), times(across, Math.sin(degrees(angle))));

/** Of an atom with one neighbour. */
function terminal(graph: PlacedGraph, atom: number): Vector[] {
  const [bond] = bondsOf(graph, atom) as [Vector];
  const { order } = graph.atoms[atom]!;
  if (order === 3) return [times(bond, -1)];
  return besideNeighbour(graph, atom, order === 2 ? 120 : 110);
}

/** Of an atom with two neighbours: one in the plane of a double bond, two that make a tetrahedron without one. */
function bent(graph: PlacedGraph, atom: number): Vector[] {
  const [a, b] = bondsOf(graph, atom) as [Vector, Vector];
  if (dot(a, b) < STRAIGHT) return [perpendicular(a)];
  const away = unit(times(plus(a, b), -1));
  if (graph.atoms[atom]!.order > 1) return [away];
  const normal = unit(cross(a, b));
  return [1, -1].map((side) => unit(plus(times(away, 0.58), times(normal, 0.82 * side))));
}

/**
 * Unit vectors along which something comes to the lone pairs of an atom with up to three neighbours: opposite to the bonds of a
 * pyramid, on both sides of a flat atom, in the plane of a double bond. An atom alone has one, since all are alike.
 */
export function lonePairDirections(graph: PlacedGraph, atom: number): Vector[] {
  const bonds = bondsOf(graph, atom);
  if (bonds.length === 0) return [[0, 0, 1]];
  if (bonds.length === 1) return terminal(graph, atom);
  if (bonds.length === 2) return bent(graph, atom);
  const away = times(bonds.reduce(plus), -1);
  return bonds.length === 3 && length(away) < FLAT ? piDirections(graph, atom) : [unit(away)];
}

/** Unit vectors to both faces of a π atom; of a straight one, two at right angles to each other. */
export function piDirections(graph: PlacedGraph, atom: number): Vector[] {
  const bonds = bondsOf(graph, atom);
  const [a, b] = bonds;
  if (!a) return [[0, 0, 1]];
  if (!b || dot(a, b) < STRAIGHT) {
    const first = perpendicular(a);
    return [first, cross(a, first)];
  }
  const normal = unit(cross(a, b));
  return [normal, times(normal, -1)];
}
