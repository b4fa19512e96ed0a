import { describe, expect, it } from "vitest";
import { compositeDeviation, type UncertainPart } from "#core/ranking/composite.ts";
import { Desirability, desirabilityOf, overallDesirability } from "#shared/properties/desirability.ts";
import { standardNormal, uniformNumbers } from "#shared/random.ts";

const larger = Desirability.parse({ shape: "larger", low: 0, high: 10 });
const target = Desirability.parse({ shape: "target", low: -2, high: 4, target: 1, exponent: 2 });

/** The same by drawing the parts' numbers. */
function drawn(parts: readonly UncertainPart[], draws = 200_000): number {
  const random = uniformNumbers(7);
  const overall = (shift: (deviation: number) => number) =>
    overallDesirability(
      parts.map(({ value, deviation, wanted, weight }) => ({
        desirability: desirabilityOf(value + shift(deviation), wanted),
        weight,
      })),
    );
  const here = overall(() => 0);
  let squares = 0;
  for (let k = 0; k < draws; k++)
    squares += (overall((deviation) => deviation * standardNormal(random)) - here) ** 2;
  return Math.sqrt(squares / draws);
}

describe("the error bar of a composite", () => {
  it("is the slope times the part's where that is far from its limits", () => {
    expect(compositeDeviation([{ value: 5, deviation: 0.5, wanted: larger, weight: 3 }])).toBeCloseTo(
      0.05,
      6,
    );
  });

  it("is 0 of exact numbers, and not 0 at a limit that the error bar passes", () => {
    expect(compositeDeviation([{ value: 5, deviation: 0, wanted: larger, weight: 1 }])).toBe(0);
    // Of a normal error half lies below: √(σ²/2).
    expect(compositeDeviation([{ value: 10, deviation: 1, wanted: larger, weight: 1 }])).toBeCloseTo(
      0.1 * Math.SQRT1_2,
      3,
    );
    expect(compositeDeviation([{ value: 100, deviation: 1, wanted: larger, weight: 1 }])).toBeLessThan(1e-6);
  });

  it.each([
    [[9.5, 0.8, 1] as const, [1.2, 0.6, 2] as const],
    [[0.2, 0.5, 2] as const, [3.5, 1, 1] as const],
    [[5, 0, 1] as const, [1, 2, 3] as const],
  ])("is what drawing the parts %j and %j gives", (a, b) => {
    const parts = [
      { value: a[0], deviation: a[1], weight: a[2], wanted: larger },
      { value: b[0], deviation: b[1], weight: b[2], wanted: target },
    ];
    expect(compositeDeviation(parts)).toBeCloseTo(drawn(parts), 2);
  });
});
