import { describe, expect, it } from "vitest";
import { extrapolated } from "#core/quantum/ci/extrapolation.ts";

const on = (energy: (correction: number) => number, corrections: readonly number[]) =>
  corrections.map((perturbation_hartree) => ({
    perturbation_hartree,
    variational_hartree: energy(perturbation_hartree),
  }));
const CORRECTIONS = [-0.08, -0.06, -0.045, -0.03, -0.02, -0.015];

describe("Extrapolation of selected CI", () => {
  it("finds where a parabola meets no correction, with an error that holds what bends it", () => {
    const found = extrapolated(on((x) => -100 - 1.1 * x + 0.9 * x * x, CORRECTIONS));
    expect(found?.energy_hartree).toBeCloseTo(-100, 10);
    expect(found?.error_hartree).toBeGreaterThan(1e-4);
    // No more than a straight line through the last four is off.
    expect(found?.error_hartree).toBeLessThan(3e-3);
  });

  it("holds the truth within its error where the curve is no parabola", () => {
    const found = extrapolated(on((x) => -100 - 1.1 * x + 0.9 * x * x + 8 * x ** 3, CORRECTIONS));
    // Six spaces give one.
    expect(Math.abs(found!.energy_hartree + 100)).toBeLessThan(found!.error_hartree);
  });

  it("gives none of few spaces, and none where corrections do not fall", () => {
    expect(extrapolated(on((x) => -100 - x, CORRECTIONS.slice(2)))).toBeNull();
    expect(extrapolated(on((x) => -100 - x, [...CORRECTIONS, -0.016]))).toBeNull();
    expect(extrapolated([])).toBeNull();
  });
});
