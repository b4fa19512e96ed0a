import { describe, expect, it } from "vitest";
import {
  mixingOf,
  piBonds,
  relaxingOf,
  routingOf,
  symbolsOf,
} from "#core/orchestration/forecast/likelihoods.ts";

describe("π bonds by formula and rings", () => {
  it.each([
    ["ethanol", "C2H6O", 0, 0],
    ["acetone", "C3H6O", 0, 1],
    ["acetonitrile", "C2H3N", 0, 2],
    ["benzene", "C6H6", 1, 3],
    ["chlorobenzene", "C6H5Cl", 1, 3],
    ["pyridine", "C5H5N", 1, 3],
    ["dioxane", "C4H8O2", 1, 0],
    ["dimethyl sulfone, whose S=O are not counted", "C2H6O2S", 0, 0],
    ["tetramethylsilane", "C4H12Si", 0, 0],
  ])("%s", (_, formula, ringCount, count) => {
    expect(piBonds({ formula, ringCount })).toBe(count);
  });
});

it("expects spins to mix in as many cations as they did in a hundred others", () => {
  // Of the half of a screen that the shares were not read off, by their number of π bonds, and in how many spins mixed: 33 in all.
  const seen = [30, 23, 27, 18, 2];
  const expected = seen.reduce(
    // Hydrogens are missing for so many.
    (sum, count, pi) => sum + count * mixingOf({ formula: `C6H${14 - 2 * pi}`, ringCount: 0 }),
    0,
  );
  expect(expected).toBeGreaterThan(33 - 5);
  expect(expected).toBeLessThan(33 + 5);
});

it("expects Hartree–Fock to relax what has elements that MMFF94 lacks", () => {
  const of = (formula: string) => relaxingOf(symbolsOf(formula));
  expect(of("C2H6O")).toBeLessThan(0.05);
  expect(of("C3H9P")).toBeGreaterThan(of("C2H6O"));
  expect(of("C3H9B")).toBe(1);
  // The phosphorus may have parameters, the boron has none.
  expect(of("C3H8BP")).toBe(1);
});

it("expects one determinant to fail for conjugated molecules above all", () => {
  const butadiene = routingOf({ formula: "C4H6", ringCount: 0 });
  const ethanol = routingOf({ formula: "C2H6O", ringCount: 0 });
  expect(butadiene).toBeGreaterThan(4 * ethanol);
  expect(butadiene).toBeLessThan(1);
  expect(ethanol).toBeGreaterThan(0);
});
