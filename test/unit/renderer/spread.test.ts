import { describe, expect, it } from "vitest";
import { paretoPlaces, placesWithin, rangeOf } from "../../../src/renderer/src/features/candidates/spread.ts";
import { xorshift } from "../../fixtures/xorshift.ts";

const numbers = (...all: number[]) => Float64Array.from(all);

describe("a rectangle that was drawn", () => {
  it("keeps its ends apart, however large the numbers are", () => {
    expect(rangeOf(-154.123456, -154.121234)).toEqual({ from: -154.123456, to: -154.121234 });
    expect(rangeOf(12.3456, 98.7654)).toEqual({ from: 12.35, to: 98.77 });
    expect(rangeOf(1, 1)).toEqual({ from: 1, to: 1 });
  });
});

describe("a Pareto front", () => {
  const x = numbers(1, 2, 3, 3, 0, Number.NaN, 2);
  const y = numbers(5, 4, 1, 2, 5, 9, 4);
  it("is what no other point beats, whatever is better", () => {
    expect(paretoPlaces(x, y, { x: true, y: true })).toEqual([3, 1, 6, 0]);

    for (const better of [
      { x: true, y: true },
      { x: true, y: false },
      { x: false, y: true },
      { x: false, y: false },
    ]) {
      const good = (k: number) => [better.x ? x[k]! : -x[k]!, better.y ? y[k]! : -y[k]!] as const;
      const isBeaten = (k: number) =>
        [...x.keys()].some((other) => {
          const [a, b] = [good(other), good(k)];
          return a[0] >= b[0] && a[1] >= b[1] && (a[0] > b[0] || a[1] > b[1]);
        });
      const expected = [...x.keys()].filter((k) => !Number.isNaN(x[k]) && !isBeaten(k));
      expect(paretoPlaces(x, y, better).sort(), JSON.stringify(better)).toEqual(expected);
    }
  });
});

describe("a Pareto front of many points", () => {
  it("is the same, found among those that one good point does not beat", () => {
    const random = xorshift(7);
    const [x, y] = [0, 1].map(() => Float64Array.from({ length: 500 }, () => Math.round(20 * random())));
    const isBeaten = (k: number) =>
      x!.some(
        (_, other) =>
          x![other]! >= x![k]! && y![other]! >= y![k]! && (x![other]! > x![k]! || y![other]! > y![k]!),
      );
    const expected = [...x!.keys()].filter((k) => !isBeaten(k));
    expect(expected.length).toBeGreaterThan(1);
    expect(paretoPlaces(x!, y!, { x: true, y: true }).sort((a, b) => a - b)).toEqual(expected);
    expect(paretoPlaces(numbers(Number.NaN), numbers(1), { x: true, y: true })).toEqual([]);
    const infinite = numbers(Number.POSITIVE_INFINITY, 1, 2);
    expect(paretoPlaces(infinite, numbers(3, 2, 1), { x: true, y: true })).toEqual([2, 1]);
  });
});

describe("a rectangle", () => {
  it("holds what lies on its sides, and is open where a side is", () => {
    const [x, y] = [numbers(0, 1, 2, Number.NaN), numbers(0, 1, 2, 3)];
    const open = { from: null, to: null };
    expect(placesWithin(x, y, { x: { from: 1, to: null }, y: open })).toEqual([1, 2]);
    expect(placesWithin(x, y, { x: open, y: { from: null, to: 0 } })).toEqual([0]);
    expect(placesWithin(x, null, { x: { from: 0, to: 1 }, y: open })).toEqual([0, 1]);
  });
});
