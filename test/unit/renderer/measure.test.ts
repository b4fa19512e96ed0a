import { describe, expect, it } from "vitest";
import { measured, readAtoms } from "../../../src/renderer/src/components/molecule-3d/measure.ts";

/** Hydrogen peroxide with a dihedral of +90°: seen along O–O, the second hydrogen lies a quarter turn clockwise from the first. */
const PEROXIDE = {
  symbols: ["H", "O", "O", "H"],
  coordinates_angstrom: [0, 1, 0, 0, 0, 0, 0, 0, -1.4, 1, 0, -1.4],
};

describe("what is measured", () => {
  it("is a distance, an angle or a dihedral by how many atoms there are", () => {
    expect(measured(PEROXIDE, [1])).toBeUndefined();
    expect(measured(PEROXIDE, [1, 2])).toBe("O2–O3 1.400 Å");
    expect(measured(PEROXIDE, [0, 1, 2])).toBe("H1–O2–O3 90.0°");
    expect(measured(PEROXIDE, [0, 1, 2, 3])).toBe("H1–O2–O3–H4 90.0°");
    expect(measured(PEROXIDE, [3, 2, 1, 0]), "the same from the other end").toBe("H4–O3–O2–H1 90.0°");
    const mirrored = {
      ...PEROXIDE,
      coordinates_angstrom: PEROXIDE.coordinates_angstrom.map((v, k) => (k % 3 === 0 ? -v : v)),
    };
    expect(measured(mirrored, [0, 1, 2, 3])).toBe("H1–O2–O3–H4 −90.0°");
  });

  it("is of atoms that there are", () => {
    expect(readAtoms("1 4, 2", 4)).toEqual([0, 3, 1]);
    expect(readAtoms("", 4)).toEqual([]);
    for (const text of ["5", "0", "1 1", "a", "1 2 3 4 5"]) expect(readAtoms(text, 4)).toBeUndefined();
    expect(measured(PEROXIDE, [0, 9])).toBeUndefined();
  });
});
