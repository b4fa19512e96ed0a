import { expect, it } from "vitest";
import { modelHessian } from "#core/quantum/geometry/model-hessian.ts";

/** Bent, twisted and straight: hydrogen peroxide beside HCN. */
const geometry = {
  symbols: ["O", "O", "H", "H", "H", "C", "N"],
  coordinates_angstrom: [
    0, 0.7, 0, 0, -0.7, 0, 0.8, 0.9, 0.4, -0.8, -0.9, 0.5, 3, 0.1, 0.2, 4.07, 0.1, 0.2, 5.2, 0.1, 0.2,
  ],
};
const FLOOR = 0.02;

it.each([
  ["a shift", () => [1, 0, 0]],
  ["a turn about z", ([x, y]: number[]) => [-y!, x!, 0]],
  ["a turn about x", ([, y, z]: number[]) => [0, -z!, y!]],
])("the model Hessian resists %s by no bond, angle or torsion", (_, move) => {
  const xyz = geometry.coordinates_angstrom;
  const n = xyz.length;
  const moved = geometry.symbols.flatMap((_, atom) => move(xyz.slice(3 * atom, 3 * atom + 3)));
  const hessian = modelHessian(geometry);
  for (let i = 0; i < n; i++) {
    const force = moved.reduce((sum, x, j) => sum + hessian[i * n + j]! * x, 0);
    expect(force).toBeCloseTo(FLOOR * moved[i]!, 12);
  }
});

it("the model Hessian has the constants of the source for H2 at its length: 0.45 Eh/bohr²", () => {
  const h2 = { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.35 * 0.529177210903] };
  expect(modelHessian(h2)[2 * 6 + 2]).toBeCloseTo(0.45 + FLOOR, 6);
});
