import { describe, expect, it } from "vitest";
import { histogram } from "#shared/campaign/histogram.ts";

const numbers = (...all: number[]) => Float64Array.from(all);

describe("a histogram", () => {
  it("counts every number once, its ends too", () => {
    const all = Float64Array.from({ length: 1000 }, (_, k) => (k * 7919) % 1000);
    const { edges, counts } = histogram(all);
    expect(edges.length).toBe(counts.length + 1);
    expect([edges[0], edges.at(-1)]).toEqual([0, 999]);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(1000);
    // Evenly spread numbers: 2 IQR / n^(1/3) = 100 wide.
    expect(counts.length).toBe(10);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(5);
  });

  it("leaves out what is no number, and has one bin of one value", () => {
    expect(histogram(numbers(Number.NaN, 2, 2)).counts).toEqual([2]);
    expect(histogram(numbers(Number.NaN)).counts).toEqual([]);
    expect(histogram(numbers()).edges).toEqual([]);
  });
});
