import { describe, expect, it } from "vitest";
import { readDefinition } from "#shared/properties/definition.ts";
import {
  Desirability,
  desirabilityOf,
  desirabilityProblem,
  overallDesirability,
  shortfall,
} from "#shared/properties/desirability.ts";

/** By hand, after Derringer & Suich's equations 2 to 5. */
describe("the desirability of a number", () => {
  const larger = { shape: "larger", low: 8, high: 12 };
  const smaller = { shape: "smaller", low: 8, high: 12 };
  const target = { shape: "target", low: 8, target: 9, high: 12 };
  it.each([
    [larger, 7, 0],
    [larger, 8, 0],
    [larger, 9, 0.25],
    [larger, 12, 1],
    [larger, 20, 1],
    [{ ...larger, exponent: 2 }, 10, 0.25],
    [{ ...larger, exponent: 0.5 }, 9, 0.5],
    [smaller, 7, 1],
    [smaller, 9, 0.75],
    [smaller, 12, 0],
    [{ ...smaller, exponent: 2 }, 10, 0.25],
    [target, 8, 0],
    [target, 8.5, 0.5],
    [target, 9, 1],
    [target, 10.5, 0.5],
    [target, 13, 0],
    [{ ...target, exponent: 2, exponentAbove: 3 }, 8.5, 0.25],
    [{ ...target, exponent: 2, exponentAbove: 3 }, 10.5, 0.125],
    [{ ...target, exponent: 2 }, 10.5, 0.25],
  ])("by %j of %d is %d", (wanted, value, expected) => {
    expect(desirabilityOf(value, Desirability.parse(wanted))).toBeCloseTo(expected, 12);
  });

  it("is refused limits that are none", () => {
    expect(desirabilityProblem(Desirability.parse({ ...larger, high: 8 }))).toMatch(
      /low below high, got 8 and 8/,
    );
    expect(desirabilityProblem(Desirability.parse({ ...target, target: 12 }))).toMatch(
      /target between low and high/,
    );
    expect(desirabilityProblem(Desirability.parse({ ...larger, low: -1e308, high: 1e308 }))).toMatch(
      /less than 1e308 apart/,
    );
    expect(desirabilityProblem(Desirability.parse(target))).toBeNull();
  });

  it("is gathered by the weighted geometric mean", () => {
    const weighed = (...parts: [number, number][]) =>
      overallDesirability(parts.map(([desirability, weight]) => ({ desirability, weight })));
    expect(weighed([0.25, 1], [1, 1])).toBeCloseTo(0.5, 12);
    expect(weighed([0.5, 2], [0.25, 1])).toBeCloseTo((0.5 * 0.5 * 0.25) ** (1 / 3), 12);
    expect(weighed([0.3, 7])).toBeCloseTo(0.3, 12);
    expect(weighed([0, 0.1], [1, 100])).toBe(0);
  });

  it("is compared by the number itself where limits level it", () => {
    expect(shortfall(13, Desirability.parse(larger))).toBeLessThan(shortfall(12, Desirability.parse(larger)));
    expect(shortfall(7, Desirability.parse(smaller))).toBeLessThan(shortfall(8, Desirability.parse(smaller)));
    expect(shortfall(8.5, Desirability.parse(target))).toBe(shortfall(9.5, Desirability.parse(target)));
  });
});

const part = { property: "triplet-energy", desirability: { shape: "larger", low: 1, high: 3 } };
const wanted = { shape: "larger", low: 0, high: 1 };
const composite = (parts: object[]) => JSON.stringify({ id: "score", title: "Score", parts });

describe("a composite's definition", () => {
  it("has weights filled in", () => {
    expect(readDefinition(composite([part]), "c.json")).toMatchObject({
      kind: "composite",
      version: 1,
      parts: [{ weight: 1, desirability: { exponent: 1 } }],
    });
  });

  it.each([
    [[{ ...part, descriptor: "qed" }], /parts\.0: expected one of property, formula and descriptor, got 2/],
    [[{ desirability: wanted }], /parts\.0: expected one of .* got 0/],
    [[{ descriptor: "qed", desirability: wanted }], /parts: .*got descriptors alone/],
    [[{ ...part, property: "own-composite" }], /parts\.0\.property: /],
    [[part, { descriptor: "smell", desirability: wanted }], /parts\.1\.descriptor: /],
    [[{ ...part, desirability: { ...wanted, low: 2 } }], /parts\.0\.desirability: expected low below high/],
    [[{ ...part, limits: { least: 2, most: 1 } }], /parts\.0\.limits: expected least up to most/],
    [[{ ...part, settings: { colour: 1 } }], /parts\.0\.settings: .*colour/],
    [
      [{ ...part, property: "fundamental-gap", settings: { solvent: "water" } }],
      /parts\.0\.settings\.solvent: expected a density functional/,
    ],
    [[{ ...part, weight: 0 }], /parts\.0\.weight: /],
    [
      [part, { descriptor: "qed", basis: "sto-3g", desirability: wanted }],
      /parts\.1: .*beside a property alone/,
    ],
    [[], /parts: /],
  ])("is refused parts %j with the reason", (parts, message) => {
    expect(() => readDefinition(composite(parts), "c.json")).toThrow(message);
  });
});
