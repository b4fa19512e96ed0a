import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ELEMENT_SYMBOLS } from "#shared/molecule.ts";
import { formatXyz, parseXyz, parseXyzFrames, parseXyzWithGhosts } from "#shared/xyz.ts";

/** formatXyz writes eight decimals, so half of the last one may be lost. */
const ROUNDING_ANGSTROM = 5.1e-9;

describe("the XYZ format", () => {
  it("reads symbols in any case, tabs, extra columns and a Windows line end", () => {
    const text = "2\r\nwater-ish\r\nO\t0 0 0 0.1\r\nCL 0 0 1.5e0\r\n";
    expect(parseXyz(text)).toEqual({ symbols: ["O", "Cl"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.5] });
  });

  it("reads the first of several frames", () => {
    expect(parseXyz("1\n\nH 0 0 0\n1\n\nH 0 0 1\n").coordinates_angstrom).toEqual([0, 0, 0]);
  });

  it("reads all frames, of different length and with blank lines between", () => {
    const frames = parseXyzFrames("1\n\nH 0 0 0\n\n2\nlast\nH 0 0 1\n@He 0 0 2\n\n");
    expect(frames.map(({ geometry }) => geometry.coordinates_angstrom)).toEqual([[0, 0, 0], [0, 0, 1, 0, 0, 2]]); // biome-ignore format: one line
    expect(frames.map(({ ghosts }) => ghosts)).toEqual([[], [1]]);
    expect(() => parseXyzFrames("1\n\nH 0 0 0\n2\n\nH 0 0 0\n")).toThrow(/2 atoms .*end of the atoms/);
  });

  it.each([
    ["", /number of atoms on line 1, got an empty line/],
    ["two\n\nH 0 0 0\n", /number of atoms on line 1, got "two"/],
    ["0\n\n", /number of atoms on line 1, got "0"/],
    ["2\n\nH 0 0 0\n", /2 atoms .*end of the atoms at line 4/],
    ["1\n\nH 0 0 0\nH 0 0 1\n", /1 atoms as line 1 announces, got more: "H 0 0 1"/],
    ["1\n\nQq 0 0 0\n", /element symbol .* line 3, got "Qq"/],
    ["1\n\nH 0 0\n", /three numbers on line 3, got "H 0 0"/],
    ["1\n\nH 0 nan 0\n", /three numbers on line 3/],
    ["1\n\nH 0 1e999 0\n", /three numbers on line 3/],
    ["1\n\nH 0 0 0x10\n", /three numbers on line 3, got "H 0 0 0x10"/],
  ])("refuses %j and says what it expected", (text, message) => {
    expect(() => parseXyz(text)).toThrow(message);
  });

  it("gives back what it wrote", () => {
    const coordinate = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const atom = fc.record({
      symbol: fc.constantFrom(...ELEMENT_SYMBOLS),
      position: fc.tuple(coordinate, coordinate, coordinate),
    });
    fc.assert(
      fc.property(fc.array(atom, { minLength: 1, maxLength: 20 }), fc.string(), (atoms, comment) => {
        const geometry = {
          symbols: atoms.map((one) => one.symbol),
          coordinates_angstrom: atoms.flatMap((one) => one.position),
        };
        const read = parseXyz(formatXyz(geometry, comment));
        expect(read.symbols).toEqual(geometry.symbols);
        read.coordinates_angstrom.forEach((value, index) => {
          expect(Math.abs(value - (geometry.coordinates_angstrom[index] ?? Number.NaN))).toBeLessThan(
            ROUNDING_ANGSTROM,
          );
        });
      }),
    );
  });

  it.each(["@H", "Gh-H", "gh(H)", "ghost_H", "X-H"])(
    "reads %s as a ghost where ghosts are allowed",
    (label) => {
      const text = `2\n\nO 0 0 0\n${label} 0 0 1\n`;
      expect(parseXyzWithGhosts(text)).toEqual({
        geometry: { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1] },
        ghosts: [1],
      });
      expect(() => parseXyz(text)).toThrow("expected atoms without ghosts, got a ghost on line 4");
    },
  );

  it("reads xenon as xenon", () => {
    expect(parseXyzWithGhosts("1\n\nXe 0 0 0\n").ghosts).toEqual([]);
  });
});
