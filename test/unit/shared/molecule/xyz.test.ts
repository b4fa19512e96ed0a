import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText } from "#shared/molecule/decode-text.ts";
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";
import { formatXyz, readXyz } from "#shared/molecule/xyz.ts";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";

/** formatXyz writes eight decimals, so half of the last one may be lost. */
const ROUNDING_ANGSTROM = 5.1e-9;

/** The water that most case files hold: RHF/STO-3G −74.963023 Eh (PySCF 2.14). */
const WATER = {
  symbols: ["O", "H", "H"],
  coordinates_angstrom: [0, 0, 0.1173, 0, 0.7572, -0.4692, 0, -0.7572, -0.4692],
};
const ATOMS = "O 0.0 0.0 0.1173\nH 0.0 0.7572 -0.4692\nH 0.0 -0.7572 -0.4692\n";
const withComment = (comment: string) => `3\n${comment}\n${ATOMS}`;
const readCase = (name: string) =>
  readXyz(decodeText(readFileSync(new URL(`../../../fixtures/cases/${name}.xyz`, import.meta.url))).text);
const one = (text: string, given = {}) => {
  const frames = readXyz(text, given);
  expect(frames).toHaveLength(1);
  return frames[0]!;
};
const stateOf = (comment: string, given = {}) => {
  const { charge, multiplicity } = one(withComment(comment), given);
  return [charge, multiplicity];
};

describe("the XYZ format", () => {
  it("reads x that is near the mass of one atom alone, with a column after the coordinates", () => {
    const text = "2\ncharges\nC 12.0 0.0 0.0 0.1\nO 13.13 0.0 0.0 -0.1\n";
    expect(one(text).geometry.coordinates_angstrom).toEqual([12, 0, 0, 13.13, 0, 0]);
  });

  it("reads symbols in any case, tabs, extra columns and a Windows line end", () => {
    const text = "2\r\nwater-ish\r\nO\t0 0 0 0.1\r\nCL 0 0 1.5e0\r\n";
    expect(one(text)).toEqual({
      geometry: { symbols: ["O", "Cl"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.5] },
      ghosts: [],
      isotopes: [],
      charge: undefined,
      multiplicity: undefined,
      comment: "water-ish",
      notes: [],
    });
  });

  it("reads all frames, of different length and with blank lines between", () => {
    const frames = readXyz("1\n\nH 0 0 0\n\n2\nlast\nH 0 0 1\n@He 0 0 2\n\n");
    expect(frames.map(({ geometry }) => geometry.coordinates_angstrom)).toEqual([[0, 0, 0], [0, 0, 1, 0, 0, 2]]); // biome-ignore format: one line
    expect(frames.map(({ ghosts }) => ghosts)).toEqual([[], [1]]);
    expect(() => readXyz("1\n\nH 0 0 0\n2\n\nH 0 0 0\n")).toThrow(
      /2 atoms as line 4 .*end of the atoms at line 7/,
    );
    expect(readXyz("1 bohr\n\nH 0 0 0\n1 bohr\n\nH 0 0 1\n").map((frame) => frame.notes)).toEqual(
      Array(2).fill(["Coordinates in bohr, as the file says."]),
    );
  });

  it.each([
    ["", /number of atoms on line 1, got an empty file/],
    ["\n \n", /number of atoms on line 1, got an empty file/],
    ["two\n\nH 0 0 0\n", /number of atoms on line 1, got "two"/],
    ["O 0 0 0\nH 0 0 1\n", /number of atoms on line 1, got "O 0 0 0"\. Write the number above the atoms/],
    ["0\n\n", /number of atoms on line 1, got "0"/],
    ["2\n\nH 0 0 0\n", /2 atoms as line 1 announces, got the end of the atoms at line 4/],
    ["2\n\nH 0 0 0\n\nH 0 0 1\n", /got the end of the atoms at line 4/],
    ["1\n\nH 0 0 0\nH 0 0 1\n", /as many atoms as were announced, got more: "H 0 0 1" on line 4/],
    ["1\n\n1 0 0 0\n1 0 0 1\n", /as many atoms as were announced, got more: "1 0 0 1" on line 4/],
    ["1\n\nQq 0 0 0\n", /element symbol .* line 3, got "Qq"/],
    ["1\n\nCH3 0 0 0\n", /element symbol .* line 3, got "CH3", which is no element/],
    ["1\n\nOW 0 0 0\n", /got "OW", which is no element/],
    ["1\n\n92 0 0 0\n", /got "92", which is no element/],
    ["1\n\nX 0 0 0\n", /got "X", which is no element/],
    ["1\n\nH-Bq 0 0 0\n", /got "H-Bq", which is no element/],
    ["1\n\nH_ghost 0 0 0\n", /got "H_ghost", which is no element/],
    ["1\n\nNa+ 0 0 0\n", /got "Na\+", which is no element/],
    ["1\n\nH 0 0\n", /three numbers on line 3, got "H 0 0"/],
    ["1\n\nH 0 nan 0\n", /three numbers on line 3/],
    ["1\n\nH 0 ****** 0\n", /three numbers on line 3/],
    ["1\n\nH 0 1e999 0\n", /three numbers on line 3/],
    ["1\n\nH 0 12-101 0\n", /three numbers on line 3/],
    ["1\n\nH 0 0.123(4) 0\n", /three numbers on line 3/],
    ["1\n\nH 0 0 0x10\n", /three numbers on line 3, got "H 0 0 0x10"/],
    ["1\n\nH 0,0 0,0 0,74\n", /three numbers on line 3, .*Write 0\.5 for 0,5/],
    ["1\n\nH, 0.0, 0.0, 0.74\n", /line 3, got "H,".*blanks between the columns/],
    ["3 water\n1 O 0 0 0.1 1 2 3\n2 H 0 0.7 -0.4 2 1\n3 H 0 -0.7 -0.4 2 1\n", /an atom in Tinker's format/],
    ["2\nO 0 0 0\nH 0 0 1\nH 0 1 0\n", /a comment on line 2, then 2 atoms, got 3 atoms from line 2 on/],
    ["2\nids\nO 1 0.0 0.0 0.1\nH 2 0.0 0.7 -0.4\n", /a column that counts the atoms/],
    ["2\nAtoms. Timestep: 0\n1 0 0 0.1\n2 0 0.7 -0.4\n", /types of atoms, as LAMMPS numbers them/],
    ["2\nmopac\nO 0.0 +1 0.0 +1 0.1 +1\nH 0.0 1 0.7 1 -0.4 1\n", /as MOPAC flags what it optimises/],
    ["2\ngamess\nO 8.0 0.0 0.0 0.1\nH 1.0 0.0 0.7 -0.4\n", /a column that is the atomic number/],
    [
      "2\nmasses\nO 15.999 0.0 0.0 0.1\nH 1.008 0.0 0.7 -0.4\n",
      /a column that is the mass of the atom.*mass:R:1/,
    ],
    ["2\nisotopes\nCl 34.969 0.0 0.0 0.1\nBr 78.918 0.0 0.7 -0.4\n", /a column that is the mass/],
    ["2\nmass numbers\nC 12 0.0 0.0 0.1\nO 16 0.0 0.7 -0.4\n", /a column that is the mass/],
  ])("refuses %j and says what it expected", (text, message) => {
    expect(() => readXyz(text)).toThrow(message);
  });

  it("shows no control characters of a file that is none, and says of a packed one that it is", () => {
    const packed = decodeText(gzipSync(withComment("water"))).text;
    expect(() => readXyz(packed)).toThrow(/^[^\p{C}]* It is packed: unpack it first\.$/u);
    expect(() => readXyz("\u001b[2J\u0007\n\n")).toThrow(/^[^\p{C}]*got "\?\[2J\?"\.$/u);
  });

  it("gives back what it wrote", () => {
    const coordinate = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const atom = fc.record({
      symbol: fc.constantFrom(...ELEMENT_SYMBOLS),
      position: fc.tuple(coordinate, coordinate, coordinate),
    });
    fc.assert(
      fc.property(
        fc.array(atom, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: -3, max: 3 }),
        (atoms, charge) => {
          const geometry = {
            symbols: atoms.map((each) => each.symbol),
            coordinates_angstrom: atoms.flatMap((each) => each.position),
          };
          const read = one(formatXyz(geometry, "S=C=S of bohr.xyz", { charge, multiplicity: 2 }));
          expect(read).toMatchObject({ charge: charge === 0 ? 0 : charge, multiplicity: 2 });
          expect(read.geometry.symbols).toEqual(geometry.symbols);
          read.geometry.coordinates_angstrom.forEach((value, index) => {
            expect(Math.abs(value - (geometry.coordinates_angstrom[index] ?? Number.NaN))).toBeLessThan(
              ROUNDING_ANGSTROM,
            );
          });
        },
      ),
    );
  });

  it("throws nothing but a DomainError, whatever the comment", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (comment) => {
        try {
          readXyz(withComment(comment));
        } catch (error) {
          expect(error).toMatchObject({ name: "DomainError", code: "invalid-input" });
        }
      }),
    );
  });

  it.each(["@H", "Gh-H", "gh(H)", "ghost_H", "X-H", "H:"])("reads %s as a ghost", (label) => {
    expect(one(`2\n\nO 0 0 0\n${label} 0 0 1\n`)).toMatchObject({
      geometry: { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1] },
      ghosts: [1],
    });
  });

  it("reads xenon as xenon", () => {
    expect(one("1\n\nXe 0 0 0\n").ghosts).toEqual([]);
  });
});

describe("dialects of XYZ", () => {
  it.each(["dexp", "star", "gdb", "z", "label", "D", "extorder"])("reads %s.xyz as water", (name) => {
    expect(readCase(name).map(({ geometry }) => geometry)).toEqual([WATER]);
  });

  it("says what of them is not read, and what a deuteron changes", () => {
    expect(readCase("gdb")[0]!.notes).toEqual([
      'What follows the atoms from line 6 on is not read: "1671.5\t3803.0\t3907.7".',
    ]);
    expect(readCase("D")[0]!.notes).toEqual([
      "D (deuterium) is read as hydrogen of that mass, on which vibrations and thermal terms depend alone.",
    ]);
    expect(readCase("D")[0]!.isotopes).toEqual([
      { atom: 1, massNumber: 2 },
      { atom: 2, massNumber: 2 },
    ]);
    expect(one("2\n\nT 0 0 0\nC(Iso=13) 0 0 1\n").isotopes).toEqual([
      { atom: 0, massNumber: 3 },
      { atom: 1, massNumber: 13 },
    ]);
    expect(readCase("label")[0]!.isotopes).toEqual([]);
    expect(readCase("z")[0]!.notes).toEqual([
      "The numbers before the coordinates are read as atomic numbers.",
    ]);
    for (const name of ["dexp", "star", "label", "extorder"]) expect(readCase(name)[0]!.notes).toEqual([]);
  });

  it.each([
    ["H", "H"], ["h", "H"], ["H1", "H"], ["H12a", "H"], ["C_alpha", "C"], ["O(2)", "O"], ["C1'", "C"], ["Fe3", "Fe"],
    ["cl2", "Cl"], ["CL", "Cl"], ["BR1", "Br"], ["13C", "C"], ["2H", "H"], ["T", "H"], ["H(Iso=2)", "H"], ["N-1", "N"],
    ["O(Fragment=1)", "O"], ["8", "O"], ["54", "Xe"], ["6.0", "C"],
  ])("reads the label %s as %s", (label, symbol) => {
    expect(one(`1\n\n${label} 0 0 0\n`)).toMatchObject({ geometry: { symbols: [symbol] }, ghosts: [] });
  }); // biome-ignore format: pairs

  it.each([
    ["CA", 'note "CA" is read as the element Ca; where C was meant, write C.'],
    ["co", 'note "co" is read as the element Co; where C was meant, write C.'],
    ["Ca", ""],
    ["FE", ""],
  ])("says of %s what it was taken for", (label, note) => {
    expect(
      one(`1\n\n${label} 0 0 0\n`)
        .notes.map((text) => `note ${text}`)
        .join(),
    ).toBe(note);
  });

  it.each([
    ["1.5", 1.5], ["-.5", -0.5], ["+2.", 2], ["1.5e-1", 0.15], ["1.5E+01", 15], ["1.5D-01", 0.15], ["1.5d1", 15],
    ["1.5*^-1", 0.15], ["1.5-101", 1.5e-101], ["1.5+001", 15], ["−1.5", -1.5],
  ])("reads the number %s as %s", (text, value) => {
    expect(one(`1\n\nH 0 0 ${text}\n`).geometry.coordinates_angstrom[2]).toBe(value);
  }); // biome-ignore format: pairs

  it.each([
    ["CR line ends", Buffer.from(withComment("water").replaceAll("\n", "\r"))],
    ["CR LF line ends", Buffer.from(withComment("water").replaceAll("\n", "\r\n"))],
    ["tabs", Buffer.from(withComment("water").replaceAll(" ", "\t"))],
    ["blank lines around", Buffer.from(`\n${withComment("water")}\n \n\n`)],
    ["no line end", Buffer.from(withComment("water").trimEnd())],
    ["a byte order mark", Buffer.from(`\ufeff${withComment("water")}`)],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${withComment("water")}`, "utf16le")],
    ["UTF-16 big-endian", Buffer.from(`\ufeff${withComment("water")}`, "utf16le").swap16()],
    ["UTF-16 without a mark", Buffer.from(withComment("water"), "utf16le").subarray(0)],
    ["Latin-1", Buffer.from(withComment("Ångström"), "latin1")],
  ])("reads %s", (_, file) => {
    expect(one(decodeText(file).text).geometry).toEqual(WATER);
  });

  it("reads x that is an atomic number or a number of an atom in some lines only", () => {
    expect(one("2\nforces\nH 1 0 0 0.1\nO 3 0 0 0.1\n").geometry.coordinates_angstrom).toEqual([
      1, 0, 0, 3, 0, 0,
    ]);
  });

  it("reads a file without its comment, and says so", () => {
    expect(one(`3\n${ATOMS}`)).toMatchObject({
      geometry: WATER,
      notes: ["There is no comment on line 2: the atoms are read from there on."],
    });
  });

  it("goes on after text between frames that is none", () => {
    expect(readXyz(`${withComment("gdb 1")}1 2 3\nO\tO\nInChI=1S/H2O\n${withComment("gdb 2")}`)).toHaveLength(
      2,
    );
  });
});

describe("extended XYZ", () => {
  const atoms = (line: (atom: string[]) => string) =>
    ATOMS.trim()
      .split("\n")
      .map((text) => line(text.split(" ")))
      .join("\n");

  it.each([
    ["Properties=pos:R:3:species:S:1", atoms(([s, ...x]) => [...x, s].join(" "))],
    [
      'properties="species:S:1:forces:R:3:pos:R:3:charge:R:1"',
      atoms(([s, ...x]) => [s, 1, 2, 3, ...x, 0].join(" ")),
    ],
    ["Properties=id:I:1:species:S:1:pos:R:3", atoms(([s, ...x]) => [7, s, ...x].join(" "))],
    ["Properties=Z:I:1:pos:R:3", atoms(([s, ...x]) => [s === "O" ? 8 : 1, ...x].join(" "))],
    ["Properties=Z:I:1:pos:R:3:species:S:1", atoms(([s, ...x]) => [99, ...x, s].join(" "))],
  ])("takes the columns that %s names", (comment, lines) => {
    expect(one(`3\n${comment}\n${lines}\n`)).toMatchObject({ geometry: WATER, notes: [] });
  });

  it.each([
    ["Properties=species:S:1:forces:R:3", /Properties: expected name:type:columns .* pos:R:3, got "species/],
    ["Properties=pos:R:3", /Properties: expected/],
    ["Properties=species:S:1:pos:R", /Properties: expected/],
    ["Properties=species:S:1:pos:R:3:forces:R:3", /7 columns on line 3, as the comment says, got 4/],
    ["symbol charge x y z", /5 columns on line 3, as the comment says, got 4/],
  ])("refuses %s", (comment, message) => {
    expect(() => readXyz(withComment(comment))).toThrow(message);
  });

  it.each([
    ["symbol charge x y z", atoms(([s, ...x]) => [s, -0.8, ...x].join(" "))],
    ["# Atom, mass, X, Y, Z", atoms(([s, ...x]) => [s, 15.999, ...x].join(" "))],
    ["index element x y z q", atoms(([s, ...x]) => [7, s, ...x, 0.4].join(" "))],
    ["atom x y z", atoms(([s, ...x]) => [s, ...x, 0.4].join(" "))],
    ["cluster 5 atom x y z", ATOMS.trim()],
  ])("takes the columns that a head of them names: %s", (comment, lines) => {
    expect(one(`3\n${comment}\n${lines}\n`)).toMatchObject({ geometry: WATER, notes: [] });
  });

  it.each([
    ['Lattice="5 0 0 0 5 0 0 0 5" Properties=species:S:1:pos:R:3 pbc="T T T"', true],
    ['Lattice="5 0 0 0 5 0 0 0 5"', true],
    ["periodic 10 10 10", true],
    ['Lattice="5 0 0 0 5 0 0 0 5" pbc="F F F"', false],
    ['pbc="F F T"', true],
    ["pbc=[False, False, False]", false],
    ["periodic table", false],
  ])("says of %s whether it is periodic: %s", (comment, isPeriodic) => {
    expect(one(withComment(comment)).notes.some((note) => note.includes("periodic cell"))).toBe(isPeriodic);
  });
});

describe("the comment of an XYZ file", () => {
  it.each([
    ["charge=2 mult=3", 2, 3],
    ["Charge: -1, Multiplicity: 2", -1, 2],
    ["charge -1 mult 2", -1, 2],
    ["water (charge=1, mult=2)", 1, 2],
    ['{"charge": 1, "multiplicity": 2}', 1, 2],
    ["total_charge = 2+ spin_multiplicity=1", 2, 1],
    ["net charge=1- uhf=1", -1, 2],
    ["charge=+1.0 2S+1=2", 1, 2],
    ["q=-1 S=1/2", -1, 2],
    ["chrg=−1", -1, undefined],
    ["mult=triplet", undefined, 3],
    ["spin: doublet charge: 1", 1, 2],
    ["unpaired_electrons=2", undefined, 3],
    ["2S=2", undefined, 3],
    ["spin=0", undefined, 1],
    ["total_charge=-1.0 total_spin=0.5", -1, 2],
    ["Charge:+1 (cation), Mult:2", 1, 2],
    ["spin=0.5 charge=1", 1, 2],
    ["charge=1 spin=1", 1, 2],
    ["spin=1 multiplicity=3", undefined, 3],
    ["charge, multiplicity = 1 2", 1, 2],
    ["charge and multiplicity -1 2", -1, 2],
    ["charge/mult = 0/3", 0, 3],
    ["Charge Multiplicity 0 1", 0, 1],
    ["charge multiplicity: 1+, 2", 1, 2],
    ["water --chrg 1 --uhf 1", 1, 2],
    ["1, 2", 1, 2],
    ["-1,2", -1, 2],
    ["-1 2", -1, 2],
    ["0 1", 0, 1],
    ['Properties=species:S:1:pos:R:3 charge=1 dipole="0 0 1"', 1, undefined],
    ["charge distribution of water, UHF 6-31G*", undefined, undefined],
    ["Mulliken charge = 0.33", undefined, undefined],
    ['initial_charge=0.5 charges="1 2"', undefined, undefined],
    ["C=S=C q=C", undefined, undefined],
    ['2S-2-Amino-3-methylbutanoic=T acid=T magmom=0.0 pbc="F F F"', undefined, undefined],
  ])("says of charge and spin: %s", (comment, charge, multiplicity) => {
    const { notes, ...frame } = one(withComment(comment));
    expect([frame.charge, frame.multiplicity]).toEqual([charge, multiplicity]);
    const said = notes.some((note) => note.startsWith("From the comment of the file:"));
    expect(said).toBe(charge !== undefined || multiplicity !== undefined);
  });

  it.each([
    ["charge=0.5", /charge: expected an integer, got "0\.5"/],
    ["charge=1 charge=2", /charge: expected one value, got "1 and 2"/],
    ["mult=0", /multiplicity: expected a number such as 3/],
    ["mult=3 uhf=1", /multiplicity: expected one value, got "3 and 2"/],
    ["spin=2", /spin=2, which may be the multiplicity 3 or 5/],
    ["spin=1", /spin=1, which may be the multiplicity 1 or 3/],
    ["spin=1.5", /spin=1\.5, which fits no multiplicity of these atoms/],
    ["units=parsec", /units: expected angstrom, bohr, nm, pm, got "parsec"/],
    ["bohr converted to Angstrom", /units: expected one value, got "bohr and angstrom"/],
    ["units=fractional", /Give Cartesian coordinates/],
  ])("refuses %s", (comment, message) => {
    expect(() => readXyz(withComment(comment))).toThrow(message);
  });

  it("says that the charges and moments which ASE begins from are not used", () => {
    const lines = ATOMS.trim().replaceAll("\n", " 1 0\n");
    const columns = "Properties=species:S:1:pos:R:3:initial_magmoms:R:1:initial_charges:R:1";
    expect(one(`3\n${columns}\n${lines} 0 1\n`).notes.join()).toMatch(/not used/);
  });

  it("gives way to what is said beside the file, and says so", () => {
    const given = { charge: 0, multiplicity: 1 };
    expect(stateOf("charge=2 mult=3", given)).toEqual([0, 1]);
    expect(one(withComment("charge=2 mult=3"), given).notes).toEqual([
      "--charge 0 is used; the file says 2.",
      "--multiplicity 1 is used; the file says multiplicity 3.",
    ]);
    expect(stateOf("charge=half spin=2", { charge: 1, multiplicity: 2 })).toEqual([1, 2]);
    expect(one(withComment("charge=2 mult=3"), { charge: 2, multiplicity: 3 }).notes).toEqual([]);
    expect(stateOf("spin=1", { charge: 1 })).toEqual([1, 2]);
  });

  it("says of words on charge and spin that they are not used", () => {
    for (const comment of [
      ...[
        "water, the triplet",
        "water cation",
        "-1 1",
        "1 -1",
        "2, 12",
        "1 2 water",
        "charge=1 doublet",
        "dication",
        "biradical",
      ],
      ...["H2O+", "[H2O]2+ at its minimum", "OH- (aq)", "Fe(CN)6^3-", 'magmom=2.0 pbc="F F F"', "magmom=-1"],
    ])
      expect(one(withComment(comment)).notes.join()).toMatch(/not used/);
    for (const comment of [
      ...["0 1 water", "charge=1 mult=2", "cation, charge=1 mult=2", "magmom=0.0", "E -76.0", "UHF/6-31+G*"],
      ...["i = 1, E = -17.16", "step 3 - water", "C:- H", "gdb 1 -0.3"],
    ])
      expect(one(withComment(comment)).notes.join()).not.toMatch(/not used/);
    expect(one(withComment("1 2 water"), { charge: 1, multiplicity: 2 }).notes).toEqual([]);
  });

  it.each([
    ["units=bohr", ANGSTROM_PER_BOHR],
    ["unit: a.u.", ANGSTROM_PER_BOHR],
    ["coordinates in atomic units", ANGSTROM_PER_BOHR],
    ["au", ANGSTROM_PER_BOHR],
    ["water (Bohr)", ANGSTROM_PER_BOHR],
    ["length_unit=nm", 10],
    ["units in pm", 0.01],
    ["units=angstrom from bohr.xyz", 1],
    ["bohr.xyz, gradient 1e-5 Eh/bohr", 1],
    ["E = -76.02 a.u.", 1],
    ["energy_units=eV", 1],
    ["Ångström", 1],
    ["unit: Ångström", 1],
    ["units=angstro\u0308ms", 1],
    ["units=\u212B", 1],
  ])("takes the unit of %s", (comment, factor) => {
    const read = one(withComment(comment));
    expect(read.geometry.coordinates_angstrom).toEqual(WATER.coordinates_angstrom.map((x) => x * factor));
    expect(read.notes.some((note) => note.startsWith("Coordinates in"))).toBe(factor !== 1);
  });

  it.each(["3 bohr\n\n", "3 atomicd0\nfree\n", "3 au\n0 1\n"])(
    "takes the unit beside the number of atoms: %j",
    (head) => {
      expect(one(`${head}${ATOMS}`).geometry.coordinates_angstrom[2]).toBeCloseTo(
        0.1173 * ANGSTROM_PER_BOHR,
        12,
      );
    },
  );

  it("says where atomic units are spoken of, and takes the unit that is given beside the file", () => {
    expect(one(withComment("E = -76.02 a.u.")).notes).toEqual([
      expect.stringMatching(/Å is taken.*--units bohr/),
    ]);
    const given = one(withComment("units=angstrom"), { unit: "bohr" });
    expect(given.geometry.coordinates_angstrom[2]).toBeCloseTo(0.1173 * ANGSTROM_PER_BOHR, 12);
  });

  it("reads the listed cases", () => {
    expect(readCase("chg2")[0]).toMatchObject({ charge: 2, multiplicity: 3 });
    const bohr = readCase("bohr")[0]!.geometry.coordinates_angstrom;
    bohr.forEach((value, k) => void expect(value).toBeCloseTo(WATER.coordinates_angstrom[k]!, 4));
    expect(readCase("traj").map(({ geometry }) => geometry.coordinates_angstrom[5])).toEqual([0.74, 0.9]);
  });
});
