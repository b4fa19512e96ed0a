import { describe, expect, it } from "vitest";
import { embed } from "#core/chemistry/shape/conformer.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { readLibrary } from "#core/generation/molecules/library/read-library.ts";
import type { LibraryReading } from "#shared/campaign/library.ts";

const rdkit = await loadRdkit();
const read = (name: string, text: string, reading: LibraryReading = {}) =>
  readLibrary(rdkit, [{ name, bytes: Buffer.from(text) }], { reading });
const rowsOf = (name: string, text: string, reading: LibraryReading = {}) => read(name, text, reading).rows;

describe("a table of molecules", () => {
  const table = "id;SMILES;IE (eV);charge\nw;O;12,62;\nx;C(;1;\n;CCO;;+1\nn;CN;=2+3;two\n;;7;\n";

  it("keeps names, cells under their heads, and SMILES as they stand", () => {
    expect(rowsOf("t.csv", table)).toEqual([
      { file: 0, line: 2, name: "w", smiles: "O", data: { "IE (eV)": "12,62" } },
      { file: 0, line: 3, name: "x", smiles: "C(", data: { "IE (eV)": "1" } },
      { file: 0, line: 4, name: null, smiles: "CCO", data: { charge: "+1" }, charge: 1 },
      {
        file: 0,
        line: 5,
        name: "n",
        smiles: "CN",
        data: { "IE (eV)": "=2+3", charge: "two" },
        problem: 'charge: expected a whole number, got "two"',
      },
      { file: 0, line: 6, name: null, smiles: "", data: { "IE (eV)": "7" }, problem: "no SMILES in the row" },
    ]);
    expect(read("t.csv", table).files).toMatchObject([
      { name: "t.csv", format: "csv", rows: 5, smilesColumn: "SMILES", nameColumn: "id" },
    ]);
  });

  it("is read by the columns that a person names", () => {
    const text = "a,b,total,spin\nO,CCO,2-,2\n";
    const reading = { smilesColumn: "B", nameColumn: "a", chargeColumn: "total", multiplicityColumn: "spin" };
    expect(rowsOf("t.txt", text, reading)).toEqual([
      {
        file: 0,
        line: 2,
        name: "O",
        smiles: "CCO",
        data: { total: "2-", spin: "2" },
        charge: -2,
        multiplicity: 2,
      },
    ]);
  });

  it("is refused where a column named is not there, with those that are", () => {
    expect(() => rowsOf("t.csv", "a,smiles\nx,O\n", { nameColumn: "name" })).toThrow(
      't.csv: expected a column "name", got "a", "smiles".',
    );
    expect(() => rowsOf("t.csv", "a,smiles\nx,O\n", { smilesColumn: "mol" })).toThrow(
      't.csv: expected a column "mol", got "a", "smiles".',
    );
  });

  it("keeps both of two columns of one head, and one without", () => {
    expect(rowsOf("t.csv", "smiles,v,v,\nO,1,2,3\n")[0]?.data).toEqual({
      v: "1",
      "v (2)": "2",
      "column 4": "3",
    });
  });

  it("has the name in the other of two columns without heads, and cells by their numbers in more", () => {
    expect(rowsOf("t.tsv", "water\tO\nethanol\tCCO\n")).toMatchObject([
      { name: "water", smiles: "O", data: {} },
      { name: "ethanol", smiles: "CCO", data: {} },
    ]);
    expect(rowsOf("t.csv", "O,1,a\nCCO,2,b\n")[1]).toMatchObject({
      name: null,
      smiles: "CCO",
      data: { "column 2": "2", "column 3": "b" },
    });
  });

  it("says of a row with more cells than the head that it is not known which is the molecule", () => {
    expect(rowsOf("t.csv", "name,smiles\na,b,O\nc,CC\n")[0]).toMatchObject({
      problem: "more cells than the head",
    });
  });
});

describe("lines of SMILES", () => {
  it("have all that follows as their name", () => {
    expect(rowsOf("t.smi", "# two\nCCO ethyl alcohol, 96 %\nCN\tmethylamine\nC\n")).toEqual([
      { file: 0, line: 2, name: "ethyl alcohol, 96 %", smiles: "CCO", data: {} },
      { file: 0, line: 3, name: "methylamine", smiles: "CN", data: {} },
      { file: 0, line: 4, name: null, smiles: "C", data: {} },
    ]);
  });

  it("are a table where a head has more than two names", () => {
    expect(rowsOf("t.smi", "smiles zinc_id logP\nCCO ZINC1 -0.3\n")).toEqual([
      { file: 0, line: 2, name: "ZINC1", smiles: "CCO", data: { logP: "-0.3" } },
    ]);
  });
});

const RECORD = (title: string, molblock: string, items: string) =>
  `${title}\n${molblock.split("\n").slice(1).join("\n")}${items}$$$$\n`;

function molblockOf(smiles: string): string {
  const made = embed(rdkit, smiles, { seed: 1 });
  if (made.outcome === "failed") throw new Error(made.detail);
  return made.conformer.molblock;
}

describe("an SDF", () => {
  const water = molblockOf("O");
  const ethanol = molblockOf("CCO");
  const withoutOneHydrogen = water
    .replace(/^ {2}3 {2}2/m, "  2  1")
    .replace(/\n[^\n]* H [^\n]*\n(?= {2}1)/, "\n")
    .replace(/\n {2}1 {2}3[^\n]*/, "");
  const text =
    RECORD("water", water, "> <IE>\n12.62\n\n>  1  <two lines> (x)\na\nb\n\n") +
    RECORD("", ethanol, "> <charge>\n0\n\n") +
    "nothing\n$$$$\n";

  it("has titles for names, data items for cells, and its structures' SMILES", () => {
    expect(rowsOf("t.sdf", text)).toEqual([
      { file: 0, line: 1, name: "water", smiles: "O", data: { IE: "12.62", "two lines": "a\nb" } },
      { file: 0, line: 2, name: null, smiles: "CCO", data: { charge: "0" }, charge: 0 },
      {
        file: 0,
        line: 3,
        name: "nothing",
        smiles: "",
        data: {},
        problem: "no molecule in the record (M  END is missing)",
      },
    ]);
  });

  it("keeps its coordinates where they are asked for, and refuses those without all hydrogens", () => {
    const [first, second] = rowsOf("t.sdf", text, { coordinates: "as-given" });
    const atoms = (block = "") =>
      block
        .split("\n")
        .slice(4, 7)
        .map((line) => line.slice(0, 34));
    expect(atoms(first?.molblock)).toEqual(atoms(water));
    expect(second?.smiles).toBe("CCO");
    expect(rowsOf("t.sdf", RECORD("", withoutOneHydrogen, ""), { coordinates: "as-given" })).toMatchObject([
      { smiles: "", problem: "its coordinates lack 1 hydrogen" },
    ]);
  });
});

describe("an XYZ file", () => {
  const water = "3\n\nO 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n";

  it("is one molecule a frame, with charge and multiplicity of its comment", () => {
    const hydroxyl = "2\ncharge=-1 multiplicity=1\nO 0 0 0\nH 0 0 0.96\n";
    expect(rowsOf("set.xyz", water + hydroxyl)).toEqual([
      { file: 0, line: 1, name: "set 1", smiles: "O", data: {} },
      { file: 0, line: 2, name: "set 2", smiles: "[OH-]", data: {}, charge: -1, multiplicity: 1 },
    ]);
    expect(rowsOf("water.xyz", water)[0]).toMatchObject({ name: "water" });
  });

  it("has a row with the reason for atoms that make no molecule", () => {
    expect(rowsOf("far.xyz", "2\n\nN 0 0 0\nN 0 0 4\n")[0]).toMatchObject({
      smiles: "",
      problem: "no bonds were found that fit 2 atoms, charge 0, 0 unpaired electrons",
    });
  });
});

describe("several files", () => {
  it("are one library, each row with its file", () => {
    const files = [
      { name: "a.smi", bytes: Buffer.from("C a\n") },
      { name: "b.csv", bytes: Buffer.from("smiles,name\nO,b\n") },
    ];
    const { rows } = readLibrary(rdkit, files, { reading: {} });
    expect(rows.map(({ file, name }) => [file, name])).toEqual([
      [0, "a"],
      [1, "b"],
    ]);
  });

  it("stop where they are cancelled", () => {
    const files = [{ name: "a.smi", bytes: Buffer.from("C a\n") }];
    expect(() => readLibrary(rdkit, files, { reading: {}, isCancelled: () => true })).toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });
});
