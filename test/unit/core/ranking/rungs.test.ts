import { describe, expect, it } from "vitest";
import { rungsOf } from "#core/ranking/rungs.ts";

const keys = ["cheap", "middle", "dear"] as const;

describe("what dearer numbers changed", () => {
  it("is a rank correlation and how many of the best are the same, rung by rung", () => {
    const rows = [
      { cheap: 1, middle: 1, dear: 10 },
      { cheap: 2, middle: 2, dear: 20 },
      { cheap: 3, middle: 4, dear: 30 },
      { cheap: 4, middle: 3, dear: 40 },
    ];
    // Two neighbours of four change places: ρ = 1 − 6 · 2 / (4 · 15) = 0.8; the better half holds the same two.
    const [first, second, ...more] = rungsOf(rows, [...keys], "maximise");
    expect(first).toMatchObject({ value: "cheap", above: "middle", molecules: 4, overlap: 2, top: 2 });
    expect(first?.correlation).toBeCloseTo(0.8, 12);
    expect(first?.ranked.correlation).toBeCloseTo(1, 12);
    expect(second).toMatchObject({ value: "middle", above: "dear", overlap: 2 });
    expect(more).toEqual([]);
  });

  it("is told of those that have both, and not of fewer than three", () => {
    const rows = [1, 2, 3, 4].map((x) => ({ cheap: x, middle: x < 3 ? x : null, dear: -x }));
    expect(rungsOf(rows, [...keys], "minimise")).toEqual([
      {
        value: "cheap",
        above: "dear",
        molecules: 4,
        correlation: expect.closeTo(-1, 12),
        overlap: 0,
        top: 2,
        ranked: { correlation: expect.closeTo(-1, 12), molecules: 4 },
      },
    ]);
    expect(rungsOf(rows.slice(0, 2), [...keys], "minimise")).toEqual([]);
  });

  it("looks at ten of twenty and more", () => {
    const rows = Array.from({ length: 30 }, (_, x) => ({ cheap: x < 5 ? x : 100 - x, dear: -x }));
    // The best ten by the dear number are 0 to 9; by the cheap one 5 to 14.
    const [rung] = rungsOf(rows, ["cheap", "dear"], "maximise");
    expect(rung).toMatchObject({ top: 10, overlap: 5 });
  });
});
