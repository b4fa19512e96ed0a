import { expect, it } from "vitest";
import { toElectronVolt } from "#shared/units.ts";
import { endText, rangeText, toStored } from "../../../src/renderer/src/features/candidates/range-text.ts";

const energy = { title: "IE / eV", fromStored: toElectronVolt };

it("an end is stored in the unit of the column and read as it was typed", () => {
  for (const typed of [8, 9.5, 0.013, -12.25]) {
    expect(toElectronVolt(toStored(energy, typed))).toBeCloseTo(typed, 12);
    expect(endText(energy, toStored(energy, typed))).toBe(String(typed));
  }
  expect([endText(energy, null), endText(energy, undefined)]).toEqual(["", ""]);
});

it("an end is as fine as a thousandth of the numbers that there are", () => {
  const mass = { title: "m / Da", fromStored: (value: number) => value };
  expect(endText(mass, 123.456789, { edges: [0, 500], counts: [1] })).toBe("123.5");
  expect(endText(mass, 123.456789, { edges: [123.25, 123.75], counts: [1] })).toBe("123.4568");
});

it("a range is told by its ends", () => {
  const [from, to] = [8, 9.5].map((typed) => toStored(energy, typed)) as [number, number];
  const texts = [
    { from, to },
    { from, to: null },
    { from: null, to },
  ].map((range) => rangeText(energy, range));
  expect(texts).toEqual(["IE / eV from 8 to 9.5", "IE / eV ≥ 8", "IE / eV ≤ 9.5"]);
});
