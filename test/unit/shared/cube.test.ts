import { describe, expect, it } from "vitest";
import { formatCube } from "#shared/cube.ts";
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
      "   0.00000e+0   2.50000e-1   5.00000e-1   7.50000e-1   1.00000e+0   1.25000e+0",
      "   1.50000e+0",
      "   1.75000e+0   2.00000e+0   2.25000e+0   2.50000e+0   2.75000e+0   3.00000e+0",
      "   3.25000e+0",
      "",
    ]);
  });
});
