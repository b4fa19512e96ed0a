import { describe, expect, it } from "vitest";
import {
  allocateSharedShots,
  allocateShots,
  cautiousVariance,
  checkBudget,
  PILOT_SHOTS,
} from "#core/quantum/measurement/shot-plan.ts";
import { uniformNumbers } from "#shared/random.ts";

/** What is kept of some shots' values. */
const momentsOf = (values: readonly number[]) => ({
  count: values.length,
  sum: values.reduce((sum, x) => sum + x, 0),
  squares: values.reduce((sum, x) => sum + x * x, 0),
});
const term = (coefficient: number) => ({ x: 0, z: 1, coefficient });
const group = { x: 0, z: 3, terms: [term(0.1), term(-0.25)] };

describe("the cautious variance of a setting", () => {
  it("is the unbiased one of its shots and, once, the flip of the largest term", () => {
    // of 1, 2, 4, 5 about their mean 3: (4 + 1 + 1 + 4) / 3; the flip is 2 · 0.25
    expect(cautiousVariance(momentsOf([1, 2, 4, 5]), group)).toBeCloseTo(10 / 3 + 0.5 ** 2 / 4, 12);
    expect(cautiousVariance(momentsOf([2, 2, 2, 2]), group)).toBeCloseTo(0.5 ** 2 / 4, 12);
  });
});

describe("shots", () => {
  it("reach the error asked for with the least total: σ Σσ / ε²", () => {
    const sigmas = [3, 1];
    const shots = allocateShots(sigmas, { standardError: 0.05 });
    expect(shots).toEqual([4800, 1600]);
    expect(sigmas.reduce((sum, sigma, i) => sum + sigma ** 2 / shots[i]!, 0)).toBeCloseTo(0.05 ** 2, 12);
    expect(allocateShots([1e-6, 0], { standardError: 1 })).toEqual([PILOT_SHOTS, PILOT_SHOTS]);
  });

  it("are shared out in proportion to σ where their number is given, the pilots apart", () => {
    const shots = 4 * PILOT_SHOTS + 4000;
    expect(allocateShots([3, 1], { standardError: 1, shots })).toEqual([
      PILOT_SHOTS + 3000,
      PILOT_SHOTS + 1000,
    ]);
    expect(allocateShots([0, 0], { standardError: 1, shots })).toEqual([PILOT_SHOTS, PILOT_SHOTS]);
  });

  it("must be enough for two pilots of each setting", () => {
    expect(() => checkBudget(6 * PILOT_SHOTS, 3)).not.toThrow();
    expect(() => checkBudget(6 * PILOT_SHOTS - 1, 3)).toThrow(
      "Shots: expected at least 1200 for 3 measurement settings, got 1199.",
    );
  });
});

describe("shots that circuits of a job share", () => {
  const random = uniformNumbers(3);
  const varianceOf = (sigmas: readonly number[], shots: readonly number[]) =>
    sigmas.reduce((sum, sigma, k) => sum + sigma ** 2 / shots[k]!, 0);
  const sum = (shots: readonly number[]) => shots.reduce((total, n) => total + n, 0);
  const spread = (settings: number) => Array.from({ length: settings }, () => 10 ** (-2 * random()));

  it("are the fewest doubled, reach the error asked for, and are few more than the least", () => {
    let [shared, least] = [0, 0];
    for (let k = 0; k < 200; k++) {
      const sigmas = spread(2 + (k % 30));
      const shots = allocateSharedShots(sigmas, { standardError: 1e-3 });
      const fewest = Math.min(...shots);
      for (const n of shots) expect(Math.log2(n / fewest) % 1).toBe(0);
      expect(Math.max(...shots) / fewest).toBeLessThanOrEqual(256);
      expect(varianceOf(sigmas, shots)).toBeLessThanOrEqual(1e-6);
      const own = allocateShots(sigmas, { standardError: 1e-3 });
      expect(sum(shots) / sum(own)).toBeLessThan(1.13);
      shared += sum(shots);
      least += sum(own);
    }
    expect(shared / least).toBeLessThan(1.06);
  });

  it("spend no more than a budget, and never fewer than a pilot on a setting", () => {
    for (let k = 0; k < 200; k++) {
      const sigmas = spread(2 + (k % 30));
      const budget = Math.ceil(sigmas.length * PILOT_SHOTS * (2 + 20 * random()));
      const shots = allocateSharedShots(sigmas, { standardError: 1, shots: budget });
      expect(sum(shots) + PILOT_SHOTS * sigmas.length).toBeLessThanOrEqual(budget);
      expect(Math.min(...shots)).toBeGreaterThanOrEqual(PILOT_SHOTS);
    }
    const [settings, least] = [5, 2 * PILOT_SHOTS * 5];
    expect(allocateSharedShots(spread(settings), { standardError: 1, shots: least })).toEqual(
      Array(settings).fill(PILOT_SHOTS),
    );
    expect(allocateSharedShots([0, 0], { standardError: 1 })).toEqual([PILOT_SHOTS, PILOT_SHOTS]);
  });

  it("are 1 : 2 : 4 where that is what the settings need", () => {
    expect(allocateSharedShots([1, 2, 4], { standardError: 0.1 })).toEqual([700, 1400, 2800]);
  });
});
