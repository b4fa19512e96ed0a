import { describe, expect, it } from "vitest";
import { toCube } from "#core/quantum/cube.ts";
import type { GridField } from "#core/quantum/grid.ts";
import { toBohr } from "#shared/units.ts";

const geometry = { symbols: ["Br", "H"], coordinates_angstrom: [0, 0, 0, -1.25, 0.5, 14] };
const field: GridField = {
  origin_angstrom: [-12, 0.25, 3],
  axes_angstrom: [
    [0.2, 0, 0],
    [0, 0.3, 0.1],
    [0, 0, 0.4],
  ],
  counts: [2, 1, 8],
  values: Float32Array.from({ length: 16 }, (_, i) => (i - 7) * 10 ** (i - 30)),
};

describe("a cube file", () => {
  const lines = toCube(geometry, field, "HOMO of\nhydrogen bromide").split("\n");
  const words = (line: number) => lines[line]!.trim().split(/\s+/).map(Number);

  it("begins with two lines of comment, the grid and the atoms, in bohr", () => {
    expect(lines[0]).toBe("HOMO of hydrogen bromide");
    const [atoms, ...origin] = words(2);
    expect(atoms).toBe(2);
    for (const [k, x] of origin.entries()) expect(x).toBeCloseTo(toBohr(field.origin_angstrom[k]!), 5);
    for (const [axis, step] of field.axes_angstrom.entries()) {
      const [count, ...vector] = words(3 + axis);
      expect(count).toBe(field.counts[axis]);
      for (const [k, x] of vector.entries()) expect(x).toBeCloseTo(toBohr(step[k]!), 5);
    }
    expect(words(6).slice(0, 2)).toEqual([35, 35]);
    expect(words(7)[0]).toBe(1);
    expect(words(7).slice(2)[2]).toBeCloseTo(toBohr(14), 5);
  });

  it("has a line break after six values and after each row, and every value in 13 columns", () => {
    const data = lines.slice(8, -1);
    expect(data.map((line) => line.length / 13)).toEqual([6, 2, 6, 2]);
    const read = data.flatMap((line) => line.match(/.{13}/g)!.map(Number));
    for (const [i, value] of read.entries()) {
      expect(Math.abs(value - field.values[i]!)).toBeLessThanOrEqual(1e-5 * Math.abs(field.values[i]!));
    }
    expect(lines.at(-1)).toBe("");
  });
});
