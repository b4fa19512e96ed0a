/** Reading the atoms of a V2000 molblock. */
import type { Geometry } from "#shared/molecule.ts";

const COUNTS_LINE = 3;
const COORDINATE_WIDTH = 10;

/** Symbols and coordinates in Å of a V2000 molblock, in its order. */
export function molblockGeometry(molblock: string): Geometry {
  const lines = molblock.split("\n");
  const nAtoms = Number(lines[COUNTS_LINE]!.slice(0, 3));
  const atoms = lines.slice(COUNTS_LINE + 1, COUNTS_LINE + 1 + nAtoms);
  return {
    symbols: atoms.map((line) => line.slice(31, 34).trim()),
    coordinates_angstrom: atoms.flatMap((line) => [0, 1, 2].map((axis) => coordinate(line, axis))),
  };
}

function coordinate(line: string, axis: number): number {
  const value = Number(line.slice(axis * COORDINATE_WIDTH, (axis + 1) * COORDINATE_WIDTH));
  return value === 0 ? 0 : value;
}
