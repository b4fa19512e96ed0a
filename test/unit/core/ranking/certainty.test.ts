import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankIntervals, resampled } from "#core/ranking/certainty.ts";

const rows = (deviation: number, ...values: number[]) => values.map((value) => ({ value, deviation }));

describe("the ranks that error bars leave", () => {
  it("are those of values nearer than 1.96 √2 σ", () => {
    // 1.96 · √2 · 0.5 = 1.386: 1 apart is not decided, 4 and 5 are.
    expect(rankIntervals(rows(0.5, 10, 9, 5), "maximise")).toEqual([
      [1, 2],
      [1, 2],
      [3, 3],
    ]);
    expect(rankIntervals(rows(0.5, 10, 9, 5), "minimise")).toEqual([
      [2, 3],
      [2, 3],
      [1, 1],
    ]);
  });

  it("leave a value whose error is not known anywhere, and it decides nobody's", () => {
    const [known, unknown] = [rows(0.5, 10, 5), rows(Number.POSITIVE_INFINITY, 7)];
    expect(rankIntervals([...known, ...unknown], "maximise")).toEqual([
      [1, 2],
      [2, 3],
      [1, 3],
    ]);
  });

  it("are those that a look at each pair gives", () => {
    const some = fc.record({
      value: fc.integer({ min: -40, max: 40 }),
      deviation: fc.constantFrom(0.5, 1, 4),
    });
    fc.assert(
      fc.property(fc.array(some), fc.constantFrom("minimise", "maximise"), (list, direction) => {
        const sign = direction === "minimise" ? 1 : -1;
        const decided = (a: (typeof list)[number], b: (typeof list)[number]) =>
          sign * (b.value - a.value) > 1.96 * Math.hypot(a.deviation, b.deviation);
        const slow = list.map((row) => [
          1 + list.filter((other) => decided(other, row)).length,
          list.length - list.filter((other) => decided(row, other)).length,
        ]);
        expect(rankIntervals(list, direction)).toEqual(slow);
      }),
    );
  });

  it("take each value's own deviation: 1.96 · √(0.1² + 2²) = 3.92", () => {
    const mixed = [
      { value: 3.9, deviation: 0.1 },
      { value: 0, deviation: 2 },
      { value: -1, deviation: 0.1 },
    ];
    expect(rankIntervals(mixed, "maximise")).toEqual([
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
  });

  it("are the ranks themselves without errors, and of one value the first", () => {
    expect(rankIntervals(rows(0, 1, 2, 3), "maximise")).toEqual([
      [3, 3],
      [2, 2],
      [1, 1],
    ]);
    expect(rankIntervals(rows(5, 1), "maximise")).toEqual([[1, 1]]);
  });
});

describe("rankings drawn within error bars", () => {
  it("correlate by 1 − Φ(−1/√2)/2 where one pair may change places", () => {
    // ρ is 1, or 0.5 where the first two of three change places, which Φ(−0.7071) = 0.2398 of all draws do.
    const { stability } = resampled(rows(1, 1, 0, -100), "maximise");
    expect(Math.abs((stability ?? 0) - (1 - 0.2398 / 2))).toBeLessThan(0.03);
  });

  it("do not correlate at all where errors are far larger than what lies between the values", () => {
    const { stability } = resampled(rows(1e6, 1, 0, -1), "maximise");
    expect(Math.abs(stability ?? 1)).toBeLessThan(0.1);
  });

  it("put the eleventh among the first ten as often as it is better than the tenth", () => {
    const values = [...Array.from({ length: 9 }, (_, k) => 1000 - 50 * k), 1, 0];
    const { topChances } = resampled(rows(1, ...values), "maximise");
    expect(topChances.slice(0, 9)).toEqual(Array(9).fill(1));
    expect(Math.abs((topChances[10] ?? 0) - 0.2398)).toBeLessThan(0.06);
    expect((topChances[9] ?? 0) + (topChances[10] ?? 0)).toBeCloseTo(1, 12);
  });

  it("leave those whose error is not known where they are: twelve better ones fill the first ten", () => {
    const unknown = rows(Number.POSITIVE_INFINITY, ...Array.from({ length: 12 }, () => 100));
    const known = rows(1, 3, 2, 1);
    const { topChances, stability } = resampled([...unknown, ...known], "maximise");
    expect(topChances).toEqual([0, 0, 0]);
    expect(stability).toBe(resampled(known, "maximise").stability);
    expect(resampled([...known, ...unknown.slice(0, 7)], "maximise").topChances).toEqual([1, 1, 1]);
    // Nine above: the tenth place is the better one's of two.
    const { topChances: last } = resampled([...unknown.slice(0, 9), ...rows(1, 1, 0)], "maximise");
    expect(Math.abs((last[1] ?? 0) - 0.2398)).toBeLessThan(0.06);
    expect((last[0] ?? 0) + (last[1] ?? 0)).toBeCloseTo(1, 12);
  });

  it("are the same each time, agree without errors, and say nothing of two", () => {
    const three = rows(1, 3, 2, 1);
    expect(resampled(three, "minimise")).toEqual(resampled(three, "minimise"));
    expect(resampled(rows(0, 3, 2, 1), "minimise").stability).toBe(1);
    expect(resampled(rows(1, 3, 2), "minimise").stability).toBeNull();
  });
});
