import { expect, it } from "vitest";
import { displacements, waveWords } from "../../../src/renderer/src/features/calculate/vibration-list.ts";

it("names an imaginary frequency by a word, and never by a sign", () => {
  expect([-411.6, 1745.2].map(waveWords)).toEqual(["412i cm⁻¹, imaginary", "1745 cm⁻¹"]);
});

it("moves the atom that moves most as far as was asked, and the others with it", () => {
  const modes = Float64Array.of(9, 9, 9, 9, 9, 9, 0, 0.3, 0.4, -0.1, 0, 0);
  const by = displacements(modes, { index: 1, count: 2, amplitude_angstrom: 0.2 });
  expect(Math.hypot(...by.slice(0, 3))).toBeCloseTo(0.2, 12);
  expect(by.map((x) => Number(x.toFixed(12)))).toEqual([0, 0.12, 0.16, -0.04, 0, 0]);
});
