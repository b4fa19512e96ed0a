import { describe, expect, it } from "vitest";
import { conformersOf } from "#core/chemistry/shape/conformers.ts";
import { handedness } from "#core/chemistry/shape/handedness.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { shapesOf } from "#core/orchestration/stages/embed/shapes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";

const rdkit = await loadRdkit();
/** kcal/mol above the first. */
const above = (smiles: string, count: number): number[] => {
  const energies = conformersOf(rdkit, smiles, { seed: 1, count }).map(
    ({ forceFieldEnergy_kcal_per_mol: energy }) => Number(energy),
  );
  return energies.map((energy) => energy - energies[0]!);
};

describe("conformers", () => {
  it("of butane are anti and gauche, which MMFF94 has 0.78 kcal/mol higher", () => {
    // T. A. Halgren, doi:10.1002/(SICI)1096-987X(199604)17:5/6<490::AID-JCC1>3.0.CO;2-P, table of conformational energies.
    const found = above("CCCC", 5);
    expect(found).toHaveLength(2);
    expect(found[1]).toBeCloseTo(0.78, 1);
  });

  it("are as many as were asked for at most, lowest first, the same every time, and one of a rigid molecule", () => {
    expect(above("OCCO", 3)).toHaveLength(3);
    expect(above("OCCO", 3)).toEqual(above("OCCO", 3).toSorted((a, b) => a - b));
    expect(conformersOf(rdkit, "OCCO", { seed: 2, count: 2 })).toEqual(
      conformersOf(rdkit, "OCCO", { seed: 2, count: 2 }),
    );
    expect(above("O", 5)).toEqual([0]);
    expect(conformersOf(rdkit, "CC(", { seed: 1, count: 3 })).toEqual([]);
  });

  it("count twice where their mirror image is another shape, unless that is another molecule", async () => {
    const images = async (smiles: string) =>
      (await shapesOf({ smiles, seed: 1, count: 5 })).map((shape) => shape.images);
    expect(await images("CCCC")).toEqual([1, 2]);
    expect(await images("CCO")).toEqual([1, 2]);
    expect(await images("OO")).toEqual([2]);
    // Gauche and anti is a shape of two images for all that one index nearly vanishes there.
    expect((await images("CCCCC")).slice(0, 2)).toEqual([1, 2]);
    expect(await images("C=O")).toEqual([1]);
    expect(await images("C[C@H](O)F")).toEqual(expect.arrayContaining([1]));
    expect(await images("C[C@H](O)F")).not.toContain(2);
  });
});

describe("handedness", () => {
  /** Hydrogen peroxide turned by an angle, degrees. */
  function peroxide(turn: number): Geometry {
    const angle = (turn * Math.PI) / 180;
    return {
      symbols: ["H", "O", "O", "H"],
      coordinates_angstrom: [
        0.95,
        0,
        0.2,
        0,
        0,
        0,
        0,
        0,
        1.45,
        0.95 * Math.cos(angle),
        0.95 * Math.sin(angle),
        1.25,
      ],
    };
  }
  const of = (turn: number): number => handedness(peroxide(turn), [1, 3, 3, 1]);

  it("is opposite for mirror images and vanishes where a shape is its own", () => {
    expect(of(110)).toBeCloseTo(-of(-110), 12);
    expect(Math.abs(of(110))).toBeGreaterThan(0.05);
    expect(of(0)).toBeCloseTo(0, 12);
    expect(of(180)).toBeCloseTo(0, 12);
  });
});
