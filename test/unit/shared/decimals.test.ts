import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "#shared/decimals.ts";

describe("a number with fixed decimals", () => {
  it.each([
    [-0.0014, 2, "0.00"],
    [-0, 0, "0"],
    [-0.4, 0, "0"],
    [-0.006, 2, "-0.01"],
    [2.675, 2, "2.67"],
    [-1.5, 3, "-1.500"],
    [1e-7, 6, "0.000000"],
  ])("writes %d with %d as %s", (value, decimals, text) => {
    expect(decimal(value, decimals)).toBe(text);
  });

  it("is within half of the last decimal, and never a zero with a sign", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.integer({ min: 0, max: 8 }),
        (value, decimals) => {
          const read = Number(decimal(value, decimals));
          // Half of the last place, and the rounding of both numbers to doubles.
          expect(Math.abs(read - value)).toBeLessThanOrEqual(0.5 * 10 ** -decimals * (1 + 1e-6) + 1e-9);
          expect(Object.is(read, -0)).toBe(false);
        },
      ),
    );
  });
});
