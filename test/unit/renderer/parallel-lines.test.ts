import { describe, expect, it } from "vitest";
import {
  axisEnds,
  flatLines,
  heightOf,
  marksOf,
  numberAt,
  partByRanges,
  thinned,
} from "../../../src/renderer/src/features/candidates/parallel-lines.ts";
import { withMoved } from "../../../src/renderer/src/features/candidates/reorder.ts";
import { xorshift } from "../../fixtures/xorshift.ts";

const numbers = (...all: number[]) => Float64Array.from(all);
const OPEN = { from: null, to: null };

describe("an axis", () => {
  it("goes from the least number to the greatest, and has a length where there is one number or none", () => {
    expect(axisEnds(numbers(3, Number.NaN, -1, 2))).toEqual({ least: -1, most: 3 });
    expect(axisEnds(numbers(7, 7))).toEqual({ least: 6.5, most: 7.5 });
    expect(axisEnds(numbers(Number.NaN))).toEqual({ least: 0, most: 1 });
  });

  it("reads a height as the number that is drawn there", () => {
    const ends = { least: -154.2, most: -154.1 };
    expect([heightOf(ends, -154.2), heightOf(ends, -154.1)]).toEqual([0, 1]);
    for (const value of [-154.19, -154.15, -154.1234])
      expect(numberAt(ends, heightOf(ends, value))).toBeCloseTo(value, 12);
  });

  it.each([
    [0, 100, [0, 50, 100]],
    [0.3, 9.9, [5]],
    [-1, 3, [-1, 0, 1, 2, 3]],
    [0, 0.5, [0, 0.2, 0.4]],
    [-154.2, -154.1, [-154.2, -154.15, -154.1]],
  ])("from %d to %d is marked at round numbers", (least, most, marks) => {
    expect(marksOf({ least, most })).toEqual(marks);
  });
});

describe("lines", () => {
  const columns = [numbers(1, 2, 3, Number.NaN, 5), numbers(10, 20, 30, 40, 50)];

  it("are of candidates that have all numbers, within all ranges or not", () => {
    expect(partByRanges(columns, [OPEN, OPEN])).toEqual({ within: [0, 1, 2, 4], outside: [] });
    const ranges = [
      { from: 2, to: null },
      { from: null, to: 30 },
    ];
    expect(partByRanges(columns, ranges)).toEqual({ within: [1, 2], outside: [0, 4] });
  });

  it("agree with a look at each candidate, whatever the ranges", () => {
    const random = xorshift(23);
    const drawn = [0, 1, 2].map(() =>
      Float64Array.from({ length: 300 }, () => (random() < 0.1 ? Number.NaN : random())),
    );
    const ranges = drawn.map(() => ({ from: random() / 3, to: 1 - random() / 3 }));
    const { within, outside } = partByRanges(drawn, ranges);
    for (let place = 0; place < 300; place++) {
      const values = drawn.map((column) => column[place]!);
      const hasAll = values.every((value) => !Number.isNaN(value));
      const isIn = values.every((value, k) => value >= ranges[k]!.from && value <= ranges[k]!.to);
      expect(within.includes(place)).toBe(hasAll && isIn);
      expect(outside.includes(place)).toBe(hasAll && !isIn);
    }
  });

  it("go through the heights of their numbers, axis by axis", () => {
    const ends = columns.map(axisEnds);
    expect([...flatLines(columns, ends, [2, 0])]).toEqual([2, 0, 0.5, 1, 0.5, 2, 0, 0, 1, 0]);
  });

  it("are thinned evenly, and not where they are few", () => {
    expect(thinned([4, 5, 6], 3)).toEqual([4, 5, 6]);
    expect(
      thinned(
        Array.from({ length: 100 }, (_, k) => k),
        4,
      ),
    ).toEqual([0, 25, 50, 75]);
  });
});

describe("a list with one at another place", () => {
  it("keeps the others in order, and stays within", () => {
    expect(withMoved(["a", "b", "c", "d"], 0, 2)).toEqual(["b", "c", "a", "d"]);
    expect(withMoved(["a", "b", "c", "d"], 3, 1)).toEqual(["a", "d", "b", "c"]);
    expect(withMoved(["a", "b"], 1, 9)).toEqual(["a", "b"]);
    expect(withMoved(["a", "b"], 1, -1)).toEqual(["b", "a"]);
    expect(withMoved(["a"], 4, 0)).toEqual(["a"]);
  });
});
