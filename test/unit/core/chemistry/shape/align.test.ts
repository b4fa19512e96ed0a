import { describe, expect, it } from "vitest";
import { superposition, transformed } from "#core/chemistry/shape/superpose.ts";
import { molblockGeometry, withCoordinates } from "#shared/molecule/molblock.ts";
import { xorshift } from "../../../../fixtures/xorshift.ts";
import { chemistry, conformer } from "../open.ts";

const XYZ = [0, 1, 2];

/** Rows of a rotation by Euler angles, as a slow twin would write it. */
function euler(a: number, b: number, c: number): number[][] {
  const z = (t: number) => [
    [Math.cos(t), -Math.sin(t), 0],
    [Math.sin(t), Math.cos(t), 0],
    [0, 0, 1],
  ];
  const x = (t: number) => [
    [1, 0, 0],
    [0, Math.cos(t), -Math.sin(t)],
    [0, Math.sin(t), Math.cos(t)],
  ];
  const times = (p: number[][], q: number[][]) =>
    p.map((row) => XYZ.map((j) => row.reduce((sum, value, k) => sum + value * q[k]![j]!, 0)));
  return times(z(a), times(x(b), z(c)));
}

const turnedBy = (rows: number[][], points: readonly number[], shift: readonly number[]): number[] =>
  points.flatMap((_, i) =>
    i % 3 === 0 ? rows.map((row, k) => row.reduce((sum, r, l) => sum + r * points[i + l]!, shift[k]!)) : [],
  );

const rmsdOf = (a: readonly number[], b: readonly number[]): number =>
  Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]!) ** 2, 0) / (a.length / 3));

/** x y z in Å of a molblock, with its atoms turned and shifted. */
function elsewhere(molblock: string, rows: number[][], shift: readonly number[]): string {
  const at = turnedBy(rows, molblockGeometry(molblock).coordinates_angstrom, shift);
  return withCoordinates(molblock, (atom) => [at[3 * atom]!, at[3 * atom + 1]!, at[3 * atom + 2]!]);
}

describe("points laid on others", () => {
  it("find the turn and the shift that they were moved by", () => {
    const random = xorshift(7);
    for (let round = 0; round < 20; round++) {
      const points = Array.from({ length: 30 }, () => 10 * random() - 5);
      const rows = euler(6 * random(), 3 * random(), 6 * random());
      const onto = turnedBy(rows, points, [1, -2, 3]);
      const { motion, rmsd } = superposition(points, onto);
      expect(rmsd).toBeLessThan(1e-12);
      for (const [k, r] of motion.rotation.entries()) expect(r).toBeCloseTo(rows.flat()[k]!, 12);
      expect(rmsdOf(transformed(points, motion), onto)).toBeLessThan(1e-12);
    }
  });

  it("lie closer than after any small turn or shift beside the one found", () => {
    const random = xorshift(3);
    const points = Array.from({ length: 24 }, () => random());
    const onto = Array.from({ length: 24 }, () => random());
    const { motion, rmsd } = superposition(points, onto);
    const at = transformed(points, motion);
    expect(rmsdOf(at, onto)).toBeCloseTo(rmsd, 14);
    for (let round = 0; round < 50; round++) {
      const [a, b, c] = [random() - 0.5, random() - 0.5, random() - 0.5].map((t) => t / 50);
      const beside = turnedBy(euler(a!, b!, c!), at, [a! / 10, b! / 10, c! / 10]);
      expect(rmsdOf(beside, onto)).toBeGreaterThan(rmsd);
    }
  });

  it("are never mirrored: a mirror image is left apart", () => {
    const points = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3];
    const mirrored = points.map((x, i) => (i % 3 === 0 ? -x : x));
    const { motion, rmsd } = superposition(points, mirrored);
    const [a, b, c, d, e, f, g, h, i] = motion.rotation as [number, number, number, ...number[]];
    const determinant = a * (e! * i! - f! * h!) - b * (d! * i! - f! * g!) + c * (d! * h! - e! * g!);
    expect(determinant).toBeCloseTo(1, 12);
    expect(rmsd).toBeGreaterThan(0.3);
  });
});

describe("a molecule laid on another", () => {
  it("comes back to where it was, symmetric groups in whichever order lies closest", () => {
    // A ring flipped about the bond to it is the same molecule: its atoms pair crosswise.
    const { molblock } = conformer("CC(C)(C)c1ccc(F)cc1");
    const away = elsewhere(molblock, euler(1, 2, 3), [5, -7, 2]);
    const { molblock: back, alignment } = chemistry.align(molblock, away);
    expect(alignment.by).toBe("elements");
    expect(alignment.pairs).toHaveLength(11);
    // A molblock has four decimals.
    expect(alignment.rmsd_angstrom).toBeLessThan(2e-4);
    const [own, found] = [molblock, back].map((block) => molblockGeometry(block).coordinates_angstrom);
    expect(rmsdOf(own!, found!)).toBeLessThan(3e-4);
  });

  it("pairs the atoms of the substructure that both have, and says how far apart they stay", () => {
    const [phenol, anisole] = ["Oc1ccccc1", "COc1ccccc1"].map((smiles) => conformer(smiles).molblock);
    const { molblock, alignment } = chemistry.align(phenol!, anisole!);
    const [own, laid] = [phenol!, molblock].map(molblockGeometry);
    expect(alignment.pairs).toHaveLength(7);
    for (const [a, b] of alignment.pairs) expect(laid!.symbols[b]).toBe(own!.symbols[a]);
    const of = ({ coordinates_angstrom: x }: { coordinates_angstrom: number[] }, atoms: number[]) =>
      atoms.flatMap((atom) => x.slice(3 * atom, 3 * atom + 3));
    const apart = rmsdOf(
      of(
        own!,
        alignment.pairs.map(([a]) => a),
      ),
      of(
        laid!,
        alignment.pairs.map(([, b]) => b),
      ),
    );
    expect(alignment.rmsd_angstrom).toBeCloseTo(apart, 3);
    expect(apart).toBeLessThan(0.1);
  });

  it("goes by hydrogens too where heavy atoms are too few", () => {
    const [methanol, methanethiol] = ["CO", "CS"].map((smiles) => conformer(smiles).molblock);
    const { alignment } = chemistry.align(methanol!, methanethiol!);
    expect(alignment.by).toBe("elements");
    const { symbols } = molblockGeometry(methanol!);
    expect(alignment.pairs.map(([a]) => symbols[a]).sort()).toEqual(["C", "H", "H", "H"]);
    expect(alignment.rmsd_angstrom).toBeLessThan(0.05);
  });

  it("goes by how atoms are bonded where elements have too little in common, and by centres where bonds have", () => {
    const [propane, ether, water] = ["CCC", "COC", "O"].map((smiles) => conformer(smiles).molblock);
    expect(chemistry.align(propane!, ether!).alignment).toMatchObject({ by: "skeleton" });
    const { molblock, alignment } = chemistry.align(propane!, water!);
    expect(alignment).toEqual({ by: "centres", pairs: [], rmsd_angstrom: null });
    const mean = (block: string) => {
      const { coordinates_angstrom: x } = molblockGeometry(block);
      return XYZ.map((axis) => x.filter((_, i) => i % 3 === axis).reduce((a, b) => a + b) / (x.length / 3));
    };
    for (const [k, x] of mean(molblock).entries()) expect(x).toBeCloseTo(mean(propane!)[k]!, 3);
  });
});
