import { describe, expect, it } from "vitest";
import { atomicWeight } from "#shared/molecule/atomic-weights.ts";
import { ISOTOPE_MASSES } from "#shared/molecule/isotope-masses.ts";
import { isotopeWords, massesOf, readIsotopes } from "#shared/molecule/isotopes.ts";
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";

const methanol = { symbols: ["C", "O", "H", "H", "H", "H"], coordinates_angstrom: [] };

describe("isotopes", () => {
  it("are known of every element, each within a tenth of a mass unit of its number", () => {
    expect(Object.keys(ISOTOPE_MASSES)).toEqual(ELEMENT_SYMBOLS);
    for (const [symbol, masses] of Object.entries(ISOTOPE_MASSES)) {
      const known = Object.entries(masses);
      for (const [number, mass] of known) expect(Math.abs(mass - Number(number))).toBeLessThan(0.11);
      const all = known.map(([, mass]) => mass);
      // A mixture is no lighter than its lightest and no heavier than its heaviest.
      expect(atomicWeight(symbol)).toBeGreaterThan(Math.min(...all) - 0.02);
      expect(atomicWeight(symbol)).toBeLessThan(Math.max(...all) + 0.02);
    }
  });

  it("take the place of the atomic weight", () => {
    expect(massesOf(methanol)).toEqual([12.011, 15.999, 1.008, 1.008, 1.008, 1.008]);
    const masses = massesOf(methanol, readIsotopes("1=13C, 3=D,4=2h", methanol));
    expect(masses[0]).toBeCloseTo(13.003355, 5);
    expect(masses[2]).toBeCloseTo(2.014102, 5);
    expect(masses[3]).toBe(masses[2]);
    expect(masses.slice(4)).toEqual([1.008, 1.008]);
  });

  it("are refused in words where there are none such", () => {
    expect(() => massesOf(methanol, [{ atom: 0, massNumber: 15 }])).toThrow(
      "expected of atom 1 (C) one of 12C, 13C, 14C; got 15C",
    );
    expect(() => massesOf(methanol, readIsotopes("3=D,3=T", methanol))).toThrow("expected one of atom 3");
    for (const text of ["3", "3=H", "D=3", "3=2Q", ""])
      expect(() => readIsotopes(text, methanol)).toThrow(/--isotope: expected atoms.*"1=2H,3=13C"/);
    expect(() => readIsotopes("1=2H", methanol)).toThrow("expected atom 1 to be H, got C");
    expect(() => readIsotopes("7=2H", methanol)).toThrow("expected atom 7 to be H, got 6 atoms");
  });

  it("are written with their atoms", () => {
    expect(isotopeWords(readIsotopes("1=13C,3=T", methanol), methanol)).toBe("13C of atom 1, 3H of atom 3");
  });
});
