import { describe, expect, it } from "vitest";
import { classesOf } from "../../../src/renderer/src/features/candidates/plot-classes.ts";
import {
  COLOUR_CLASSES,
  coloursOf,
  pointGroups,
  SIZE_CLASSES,
} from "../../../src/renderer/src/features/candidates/plot-looks.ts";
import { xorshift } from "../../fixtures/xorshift.ts";

const numbers = (...all: number[]) => Float64Array.from(all);

/** Relative luminance (WCAG 2). */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe("classes of numbers", () => {
  it("are the numbers themselves where they are few, and none has none", () => {
    const { of, labels } = classesOf(numbers(3, 1, Number.NaN, 1, 2.5), 3);
    expect([...of]).toEqual([2, 0, -1, 0, 1]);
    expect(labels).toEqual(["1", "2.5", "3"]);
    expect(classesOf(numbers(Number.NaN), 7)).toEqual({ of: Int8Array.of(-1), labels: [] });
  });

  it("are of one width where they are many, and a stray number is in the last", () => {
    const all = numbers(...Array.from({ length: 1000 }, (_, k) => k), 1e9);
    const { of, labels } = classesOf(all, 4);
    // From the tenth to the 990th of 1001: edges at 255, 500 and 745.
    expect(labels).toEqual(["≤ 255", "255 – 500", "500 – 745", "> 745"]);
    for (const [k, value] of all.entries())
      expect(of[k], String(value)).toBe(value <= 255 ? 0 : value <= 500 ? 1 : value <= 745 ? 2 : 3);
  });

  it("are told apart where numbers differ in their sixth digit", () => {
    const all = Float64Array.from({ length: 50 }, (_, k) => -154.12 - k * 1e-5);
    const { of, labels } = classesOf(all, 3);
    expect(new Set(of).size).toBe(3);
    expect(new Set(labels).size).toBe(3);
    expect(labels[0]).toMatch(/^≤ −154\.12\d+$/);
  });

  it("hold all where nearly all numbers are one", () => {
    const all = numbers(...Array.from({ length: 1000 }, () => 5), 1, 2, 3, 9);
    const { of } = classesOf(all, 3);
    expect(of[0]).toBe(1);
    expect([...of.slice(-4)]).toEqual([0, 0, 0, 2]);
  });
});

describe("points by their looks", () => {
  it("are each in one group, with the colour and size of their classes", () => {
    const random = xorshift(5);
    const draw = () => Float64Array.from({ length: 400 }, () => (random() < 0.2 ? Number.NaN : random()));
    const colour = classesOf(draw(), COLOUR_CLASSES);
    const size = classesOf(draw(), SIZE_CLASSES);
    const drawn = Array.from({ length: 400 }, (_, k) => k).filter((k) => k % 3 !== 0);
    const groups = pointGroups(drawn, { colour, size });
    expect(groups.flatMap(({ places }) => places).sort((a, b) => a - b)).toEqual(drawn);
    for (const group of groups) {
      for (const place of group.places) expect(colour.of[place]).toBe(group.colour);
      expect(new Set(group.places.map((place) => Math.max(0, size.of[place]!))).size).toBe(1);
    }
    expect(groups[0]?.colour, "what has no colour is drawn beneath").toBe(-1);
    const sizes = (of: number) => groups.find(({ places }) => size.of[places[0]!] === of)!.size;
    expect(sizes(0)).toBeLessThan(sizes(1));
    expect(sizes(2)).toBeLessThan(sizes(3));
  });

  it("are of one look without such numbers", () => {
    expect(pointGroups([2, 4], {})).toEqual([{ places: [2, 4], size: 7 }]);
  });
});

describe("the scale of colours", () => {
  it.each([true, false])("rises in lightness from class to class (dark: %s)", (isDark) => {
    for (let classes = 2; classes <= COLOUR_CLASSES; classes++) {
      const light = coloursOf(classes, isDark).map(luminance);
      expect(light).toHaveLength(classes);
      expect(light).toEqual(light.toSorted((a, b) => a - b));
      expect(new Set(light).size).toBe(classes);
    }
  });
});
