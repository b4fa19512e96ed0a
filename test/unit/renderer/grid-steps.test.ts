import { describe, expect, it } from "vitest";
import { columnsIn, gridStep } from "../../../src/renderer/src/features/candidates/grid-steps.ts";

/**
 * 0 1 2 3
 * 4 5 6 7
 * 8 9
 */
const step = (key: string, place: number) => gridStep(key, { place, total: 10, columns: 4, rows: 2 });

describe("keys in a grid of cards", () => {
  it("lead to the neighbour on each side", () => {
    expect([step("ArrowRight", 5), step("ArrowLeft", 5), step("ArrowUp", 5), step("ArrowDown", 5)]).toEqual([
      1, -1, -4, 4,
    ]);
  });

  it("stay at the upper and the lower edge, and reach a last row that is short", () => {
    expect(step("ArrowUp", 2)).toBe(0);
    expect(step("ArrowDown", 8)).toBe(0);
    expect(step("ArrowDown", 7)).toBe(2);
    expect(step("PageDown", 1)).toBe(8);
    expect(step("PageDown", 5)).toBe(4);
    expect(step("PageUp", 6)).toBe(-4);
  });

  it("begin with the first card where none is open, and are none where there is no card", () => {
    expect(step("ArrowDown", -1)).toBe(1);
    expect(gridStep("ArrowDown", { place: -1, total: 0, columns: 4, rows: 2 })).toBeUndefined();
    expect(step("a", 3)).toBeUndefined();
  });

  it("lead to the ends", () => {
    expect([step("Home", 5), step("End", 5)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

it("as many cards stand side by side as there is room for, and one in any case", () => {
  expect([columnsIn(1000, 204), columnsIn(100, 204), columnsIn(0, 204)]).toEqual([4, 1, 1]);
});
