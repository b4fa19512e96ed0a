import { describe, expect, it } from "vitest";
import {
  bendsOf,
  type Coordinate,
  coordinateValue,
  derivativeOf,
  differenceOf,
  positionsOf,
} from "#core/quantum/geometry/coordinates.ts";

/** Four atoms in no symmetry, and three nearly on a line. */
const XYZ = [0.2, 1.9, -0.3, 0, 0, 0, 2.7, 0.1, 0.4, 3.4, -1.2, 1.5, 6.1, 0.1, 0.2];
const STRAIGHT = [-2.1, 0.2, 0, 0, 0, 0.1, 2.2, 0.1, 0];

const COORDINATES: Coordinate[] = [
  { kind: "distance", atoms: [0, 3] },
  { kind: "angle", atoms: [0, 1, 2] },
  { kind: "dihedral", atoms: [0, 1, 2, 3] },
  { kind: "out-of-plane", atoms: [0, 1, 2, 4] },
];

function expectSlopes(coordinate: Coordinate, xyz: readonly number[]): void {
  const slopes = new Float64Array(xyz.length);
  for (const [atom, by] of derivativeOf(coordinate, positionsOf(xyz)))
    for (const [x, slope] of by.entries()) slopes[3 * atom + x]! += slope;
  const step = 1e-5;
  const value = (i: number, shift: number): number =>
    coordinateValue(coordinate, positionsOf(xyz.map((x, k) => (k === i ? x + shift : x))));
  for (const i of xyz.keys())
    expect(slopes[i]).toBeCloseTo(differenceOf(coordinate, value(i, step), value(i, -step)) / (2 * step), 8);
}

describe("an internal coordinate's derivative is the slope of its value", () => {
  it.each(COORDINATES)("of $kind $atoms", (coordinate) => expectSlopes(coordinate, XYZ));
  it("of both bends of a straight angle", () => {
    const bends = bendsOf(positionsOf(STRAIGHT), [0, 1, 2]);
    expect(bends.map(({ kind }) => kind)).toEqual(["straight", "straight"]);
    for (const bend of bends) expectSlopes(bend, STRAIGHT);
  });
});

it("a dihedral is positive clockwise, seen along its axis (IUPAC)", () => {
  const turn = (degrees: number): Float64Array => {
    const angle = (degrees * Math.PI) / 180;
    return Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0, 1, Math.cos(angle), Math.sin(angle), 1);
  };
  for (const degrees of [60, -150])
    expect(
      coordinateValue({ kind: "dihedral", atoms: [0, 1, 2, 3] }, positionsOf(turn(degrees))),
    ).toBeCloseTo((degrees * Math.PI) / 180, 12);
});

it("goes the short way round a turn", () => {
  const dihedral: Coordinate = { kind: "dihedral", atoms: [0, 1, 2, 3] };
  expect(differenceOf(dihedral, 3.1, -3.1)).toBeCloseTo(6.2 - 2 * Math.PI, 12);
});
