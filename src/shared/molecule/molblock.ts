/** V2000 molblocks: atoms read, coordinates and bond stereo rewritten. */
import type { Geometry } from "./molecule.ts";

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

/**
 * Sets the stereo of every bond of a V2000 molblock to 0, so that a reader takes it from the coordinates alone.
 *
 * OpenChemLib marks a double bond that was undefined in the SMILES as undefined in the molblock too, whatever the geometry.
 */
export const withoutBondStereo = (molblock: string): string => withBondStereo(molblock, () => 0);

/** Marks double bonds, by index from 0, as cis or trans alike (3) for a reader that would take it from the coordinates. */
export function withEitherBonds(molblock: string, bonds: readonly number[]): string {
  const either = new Set(bonds);
  return either.size === 0 ? molblock : withBondStereo(molblock, (bond) => (either.has(bond) ? 3 : 0));
}

function withBondStereo(molblock: string, stereoOf: (bond: number) => number): string {
  const lines = molblock.split("\n");
  const [nAtoms, nBonds] = [0, 3].map((at) => Number(lines[COUNTS_LINE]!.slice(at, at + 3))) as [
    number,
    number,
  ];
  const first = COUNTS_LINE + 1 + nAtoms;
  return lines
    .map((line, i) =>
      i < first || i >= first + nBonds
        ? line
        : `${line.slice(0, 9)}  ${stereoOf(i - first)}${line.slice(12)}`,
    )
    .join("\n");
}

/** A V2000 molblock with other coordinates, Å, four decimals. */
export function withCoordinates(
  molblock: string,
  at: (atom: number) => readonly [number, number, number],
): string {
  const lines = molblock.split("\n");
  const nAtoms = Number(lines[COUNTS_LINE]!.slice(0, 3));
  for (let atom = 0; atom < nAtoms; atom++) {
    const line = COUNTS_LINE + 1 + atom;
    const numbers = at(atom).map((x) => x.toFixed(4).padStart(COORDINATE_WIDTH));
    lines[line] = numbers.join("") + lines[line]!.slice(3 * COORDINATE_WIDTH);
  }
  return lines.join("\n");
}

function coordinate(line: string, axis: number): number {
  const value = Number(line.slice(axis * COORDINATE_WIDTH, (axis + 1) * COORDINATE_WIDTH));
  return value === 0 ? 0 : value;
}
