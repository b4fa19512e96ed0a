import { Molecule } from "openchemlib/debug";
import { describe, expect, it } from "vitest";
import { hydrogenRotors, turnHydrogens } from "#core/chemistry/shape/hydrogen-rotors.ts";
import { oclMolecule } from "#core/chemistry/toolkit/openchemlib.ts";

type Vector = [number, number, number];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const length = (a: Vector) => Math.sqrt(dot(a, a));

/** A carbon, a nitrogen and two hydrogens on it, with no bond along an axis of the frame. */
const ANCHOR: Vector = [0.3, -0.7, 1.1];
const PIVOT: Vector = [1.2, 0.2, 0.5];
const HYDROGENS: Vector[] = [
  [1.9, -0.3, 0.1],
  [1.1, 1.1, 0.9],
];

function placed() {
  const molecule = new Molecule(4, 3);
  const positions = [ANCHOR, PIVOT, ...HYDROGENS];
  for (const [i, [x, y, z]] of positions.entries()) {
    molecule.addAtom([6, 7, 1, 1][i]!);
    molecule.setAtomX(i, x);
    molecule.setAtomY(i, y);
    molecule.setAtomZ(i, z);
  }
  return molecule;
}

/** Angle from a to b about an axis, counted by the right hand, 0 to 2π: from the parts across the axis. */
function angleAbout(axis: Vector, a: Vector, b: Vector): number {
  const unit = axis.map((x) => x / length(axis)) as Vector;
  const across = (v: Vector) => minus(v, unit.map((x) => x * dot(v, unit)) as Vector);
  const [p, q] = [across(a), across(b)];
  // the triple product (axis, p, q) as a determinant
  const [[a1, a2, a3], [p1, p2, p3], [q1, q2, q3]] = [unit, p, q];
  const triple = a1 * (p2 * q3 - p3 * q2) + a2 * (p3 * q1 - p1 * q3) + a3 * (p1 * q2 - p2 * q1);
  const angle = Math.atan2(triple, dot(p, q));
  return angle < 0 ? angle + 2 * Math.PI : angle;
}

describe("turnHydrogens", () => {
  it.each([0.05, 0.25, 0.6, 0.9])(
    "turns them by %d of a circle about the bond and keeps all else",
    (share) => {
      const molecule = placed();
      turnHydrogens(molecule, [{ anchor: 0, pivot: 1, hydrogens: [2, 3] }], () => share);
      const at = (atom: number): Vector => [
        molecule.getAtomX(atom),
        molecule.getAtomY(atom),
        molecule.getAtomZ(atom),
      ];
      expect(at(0)).toEqual(ANCHOR);
      expect(at(1)).toEqual(PIVOT);
      for (const [i, before] of HYDROGENS.entries()) {
        const after = at(i + 2);
        for (const fixed of [ANCHOR, PIVOT])
          expect(length(minus(after, fixed))).toBeCloseTo(length(minus(before, fixed)), 12);
        const turned = angleAbout(minus(PIVOT, ANCHOR), minus(before, PIVOT), minus(after, PIVOT));
        expect(turned).toBeCloseTo(2 * Math.PI * share, 10);
      }
    },
  );
});

describe("hydrogenRotors", () => {
  it.each([
    ["CO", [[8, 1]]],
    ["CN", [[7, 2]]],
    ["CS", [[16, 1]]],
    [
      "OCCN",
      [
        [8, 1],
        [7, 2],
      ],
    ],
    ["CNC", []],
    ["O", []],
    ["CC", []],
    ["COC", []],
  ] as [string, [number, number][]][])("of %s are the groups R–XHn: %j", (smiles, expected) => {
    const molecule = oclMolecule(smiles);
    molecule.addImplicitHydrogens();
    const found = hydrogenRotors(molecule);
    expect(found.map(({ pivot, hydrogens }) => [molecule.getAtomicNo(pivot), hydrogens.length])).toEqual(
      expected,
    );
    for (const { anchor } of found) expect(molecule.getAtomicNo(anchor)).toBe(6);
  });
});
