import { describe, expect, it } from "vitest";
import { duration, formulaParts, NONE, scientific, typeset } from "../../../src/renderer/src/text/format.ts";

describe("numbers for people", () => {
  it("an absent or impossible number is a dash, never 0 and never NaN", () => {
    for (const value of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
      expect(typeset(value, 2)).toBe(NONE);
  });

  it("a negative number has a true minus sign, and a rounded zero has none", () => {
    expect(typeset(-1.25, 1)).toBe("−1.3");
    expect(typeset(-0.0001, 2)).toBe("0.00");
  });

  it("durations take the unit that reads best", () => {
    expect([0.4, 340, 1234, 125_000].map(duration)).toEqual(["< 1 ms", "340 ms", "1.2 s", "2 min 5 s"]);
  });

  it("the digits of a formula are lowered", () => {
    expect(formulaParts("C10H8O").filter(({ lowered }) => lowered)).toEqual([
      { text: "10", lowered: true },
      { text: "8", lowered: true },
    ]);
  });

  it("powers of ten are written as such", () => {
    expect([2.14e-6, -3e12, 0, null].map(scientific)).toEqual(["2.1·10⁻⁶", "−3.0·10¹²", "0", "–"]);
  });
});
