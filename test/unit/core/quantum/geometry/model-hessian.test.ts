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

/** The table of the source (R. Lindh et al., doi:10.1016/0009-2614(95)00646-L), of rows 1 to 3: α in 1/bohr² and r in bohr. */
it.each([
  ["H", "H", 1, 1.35],
  ["H", "C", 0.3949, 2.1],
  ["O", "H", 0.3949, 2.1],
  ["H", "Cl", 0.3949, 2.53],
  ["S", "H", 0.3949, 2.53],
  ["C", "N", 0.28, 2.87],
  ["C", "P", 0.28, 3.4],
  ["Si", "F", 0.28, 3.4],
  ["Cl", "Cl", 0.28, 3.4],
])("the model Hessian of %s–%s weakens with its length as in the source", (a, b, range, length_bohr) => {
  for (const factor of [0.9, 1, 1.2]) {
    const r = factor * length_bohr;
    const pair = { symbols: [a, b], coordinates_angstrom: [0, 0, 0, 0, 0, r * 0.529177210903] };
    const constant = 0.45 * Math.exp(range * (length_bohr ** 2 - r ** 2));
    expect(modelHessian(pair)[2 * 6 + 2]).toBeCloseTo(constant + FLOOR, 6);
  }
});
