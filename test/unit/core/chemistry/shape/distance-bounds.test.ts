import { describe, expect, it } from "vitest";
import { distanceBounds, smoothBounds } from "#core/chemistry/shape/distance-bounds.ts";
import { spatialGraph, withHydrogens } from "#core/chemistry/shape/spatial-graph.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";

const rdkit = await loadRdkit();

/** How far apart the bounds of two atoms with a common neighbour may be, Å: of any pair they are 1,000 at first. */
const WIDEST_ANGSTROM = 0.65;

/** Measured angles, degrees (NIST CCCBDB, experimental geometries). */
it.each([
  { smiles: "O", ends: [1, 2], angle: 104.5 },
  { smiles: "N", ends: [1, 2], angle: 106.7 },
  { smiles: "C", ends: [1, 2], angle: 109.47 },
  { smiles: "O=C=O", ends: [0, 2], angle: 180 },
  { smiles: "CCC", ends: [0, 2], angle: 112 },
  { smiles: "COC", ends: [0, 2], angle: 111.7 },
  { smiles: "FC(F)(F)F", ends: [0, 2], angle: 109.47 },
  { smiles: "ClC(Cl)(Cl)Cl", ends: [0, 2], angle: 109.47 },
  { smiles: "Cl[Si](Cl)(Cl)Cl", ends: [0, 2], angle: 109.47 },
  { smiles: "c1ccccc1", ends: [0, 2], angle: 120 },
])("$smiles: the ends of an angle of $angle° lie within their bounds", ({ smiles, ends, angle }) => {
  using mol = rdkit.get_mol(smiles)!;
  using full = withHydrogens(rdkit, mol);
  const graph = spatialGraph(full);
  const { n, lower, upper } = distanceBounds(graph);
  const centre = graph.atoms.findIndex(({ neighbours }) => ends.every((end) => neighbours.includes(end)));
  const [a = 0, b = 0] = ends.map((end) => (lower[end * n + centre]! + upper[end * n + centre]!) / 2);
  const radian = (angle * Math.PI) / 180;
  // one end on the axis, the other beside it
  const distance = Math.hypot(a - b * Math.cos(radian), b * Math.sin(radian));
  const [i = 0, j = 0] = ends;
  expect(lower[i * n + j]).toBeLessThanOrEqual(distance);
  expect(upper[i * n + j]).toBeGreaterThanOrEqual(distance);
  expect(upper[i * n + j]! - lower[i * n + j]!).toBeLessThan(WIDEST_ANGSTROM);
});

/** Their angles are 109.5° by symmetry, of propane measured 112° (NIST CCCBDB): bounds that took in these others would bound little. */
it.each([
  { smiles: "C", ends: [1, 2] },
  { smiles: "CCC", ends: [0, 2] },
  { smiles: "FC(F)(F)F", ends: [0, 2] },
  { smiles: "C[N+](C)(C)C", ends: [0, 2] },
])("$smiles: an angle of 100° or 120° lies outside of its bounds", ({ smiles, ends }) => {
  using mol = rdkit.get_mol(smiles)!;
  using full = withHydrogens(rdkit, mol);
  const graph = spatialGraph(full);
  const { n, lower, upper } = distanceBounds(graph);
  const centre = graph.atoms.findIndex(({ neighbours }) => ends.every((end) => neighbours.includes(end)));
  const [i = 0, j = 0] = ends;
  // Both bonds are of one length: the third side is twice one of them times the sine of half the angle.
  const bond = (lower[i * n + centre]! + upper[i * n + centre]!) / 2;
  const thirdSide = (angle: number): number => 2 * bond * Math.sin((angle * Math.PI) / 360);
  expect(lower[i * n + j]).toBeGreaterThan(thirdSide(100));
  expect(upper[i * n + j]).toBeLessThan(thirdSide(120));
});

it("atoms far apart in the graph keep a distance between bond and contact", () => {
  using mol = rdkit.get_mol("CCCCCC")!;
  using full = withHydrogens(rdkit, mol);
  const { n, lower } = distanceBounds(spatialGraph(full));
  // C···C of 1,5 and farther: no bond, and van der Waals radii of 1.70 Å (A. Bondi, doi:10.1021/j100785a001) may sink in by a fifth each.
  for (const [i, j] of [
    [0, 4],
    [0, 5],
    [1, 5],
  ] as const) {
    expect(lower[i * n + j]).toBeGreaterThan(1.54);
    expect(lower[i * n + j]).toBeLessThan(1.6 * 1.7);
  }
});

describe("smoothing", () => {
  /** Of three atoms, by pairs 0–1, 0–2 and 1–2. */
  const triangle = (pairs: [number, number, number]): Float64Array => {
    const [a, b, c] = pairs;
    return Float64Array.of(0, a, b, a, 0, c, b, c, 0);
  };

  it("takes from the triangle inequality how far and how near the third pair may be", () => {
    const [lower, upper] = [triangle([5, 0, 0]), triangle([6, 1000, 2])];
    expect(smoothBounds({ n: 3, lower, upper })).toBe(true);
    expect([...lower]).toEqual([...triangle([5, 3, 0])]);
    expect([...upper]).toEqual([...triangle([6, 8, 2])]);
  });

  it("finds what no triangle has: two sides that do not reach", () => {
    expect(smoothBounds({ n: 3, lower: triangle([0, 3, 0]), upper: triangle([1, 4, 1]) })).toBe(false);
  });
});
