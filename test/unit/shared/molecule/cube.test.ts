import { describe, expect, it } from "vitest";
import { formatCube } from "#shared/molecule/cube.ts";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";

describe("a cube file", () => {
  it("has origin, axes and atoms in bohr, and six values a line, each column of the grid begun anew", () => {
    const step = ANGSTROM_PER_BOHR;
    const text = formatCube(
      { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 2 * step] },
      {
        origin_angstrom: [-step, 0, 0],
        axes_angstrom: [
          [step, 0, 0],
          [0, step, 0],
          [0, 0, step / 2],
        ],
        counts: [1, 2, 7],
        values: Float32Array.from({ length: 14 }, (_, k) => k / 4),
      },
      ["a\nb", "c"],
    );
    expect(text.split("\n")).toEqual([
      "a b",
      "c",
      "    2   -1.000000    0.000000    0.000000",
      "    1    1.000000    0.000000    0.000000",
      "    2    0.000000    1.000000    0.000000",
      "    7    0.000000    0.000000    0.500000",
      "    8    8.000000    0.000000    0.000000    0.000000",
      "    1    1.000000    0.000000    0.000000    2.000000",
      "  0.00000E+00  2.50000E-01  5.00000E-01  7.50000E-01  1.00000E+00  1.25000E+00",
      "  1.50000E+00",
      "  1.75000E+00  2.00000E+00  2.25000E+00  2.50000E+00  2.75000E+00  3.00000E+00",
      "  3.25000E+00",
      "",
    ]);
  });

  it("has every value in 13 columns, however small or large", () => {
    const values = Float32Array.from({ length: 16 }, (_, i) => (i - 7) * 10 ** (i - 30));
    const axes_angstrom = [
      [0.2, 0, 0],
      [0, 0.3, 0.1],
      [0, 0, 0.4],
    ] as const;
    const field = {
      origin_angstrom: [-12, 0.25, 3] as const,
      axes_angstrom,
      counts: [2, 1, 8] as const,
      values,
    };
    const geometry = { symbols: ["Br", "H"], coordinates_angstrom: [0, 0, 0, -1.25, 0.5, 14] };
    const data = formatCube(geometry, field, ["HOMO", "z fastest"]).split("\n").slice(8, -1);
    expect(data.map((line) => line.length / 13)).toEqual([6, 2, 6, 2]);
    const read = data.flatMap((line) => line.match(/.{13}/g)!.map(Number));
    for (const [i, value] of read.entries())
      expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(1e-5 * Math.abs(values[i]!));
  });
});
