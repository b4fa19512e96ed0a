/** Whether a geometry of a molecule's atoms still has its bonds. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { placedGraph } from "./placed-graph.ts";

/** A bond that has become longer by this is none: opened rings have 1.8, bonds that a relaxation stretches 1.1. */
const BROKEN_RATIO = 1.5;

function length({ coordinates_angstrom: xyz }: Geometry, i: number, j: number): number {
  // i and j are atoms.
  return Math.hypot(...[0, 1, 2].map((axis) => xyz[3 * i + axis]! - xyz[3 * j + axis]!));
}

/**
 * "C1–C2", atoms numbered from 1: the first bond of a molecule that is half as long again in another geometry of the same atoms;
 * undefined where none is.
 *
 * @param molblock V2000 with the bonds where they are whole
 */
export function brokenBond(molblock: string, geometry: Geometry): string | undefined {
  const { bonds, geometry: whole } = placedGraph(molblock);
  const broken = bonds.find(
    ({ atoms: [i, j] }) => length(geometry, i, j) > BROKEN_RATIO * length(whole, i, j),
  );
  return broken?.atoms.map((atom) => `${whole.symbols[atom]}${atom + 1}`).join("–");
}
