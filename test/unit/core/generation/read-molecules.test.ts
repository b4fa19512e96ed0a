import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRdkit, type RDKit } from "#core/chemistry/rdkit.ts";
import { readMolecules } from "#core/generation/read-molecules.ts";
import { standardiseSmiles } from "#core/generation/standardise.ts";
import { sourceText } from "#shared/training.ts";

let rdkit: RDKit;
beforeAll(async () => {
  rdkit = await loadRdkit();
});

const read = (text: string | Uint8Array, name = "set.smi") =>
  readMolecules(rdkit, typeof text === "string" ? Buffer.from(text) : text, { name });

describe("standardiseSmiles", () => {
  // Expected: RDKit 2026.9.1 in Python, Uncharger and RemoveStereochemistry; 6,000 ZINC molecules agree likewise.
  it.each([
    ["C[C@H](N)C(=O)O", "CC(N)C(=O)O"],
    ["F/C=C/F", "FC=CF"],
    ["C[NH2+]C", "CNC"],
    ["CC(=O)[O-].[Na+]", "CC(=O)O"],
    ["c1cc[nH+]cc1", "c1ccncc1"],
    ["O=[N+]([O-])c1ccccc1", "O=[N+]([O-])c1ccccc1"],
    ["[O-][n+]1ccccc1", "[O-][n+]1ccccc1"],
    ["[NH3+]CC(=O)[O-]", "NCC(=O)O"],
    ["CS(=O)(=O)[N-]C", "CNS(C)(=O)=O"],
    ["[2H]C([2H])([2H])O", "CO"],
    ["Cl.C/C=C/c1ccccc1", "CC=Cc1ccccc1"],
    ["[Br-].C[N@@H+]1C[C@H]1/C(=N/O)C", "CC(=NO)C1CN1C"],
    ["[CH3:1][C:2](=[O:3])[O-:4].[Na+:5]", "CC(=O)O"],
  ])("writes %s as %s", (smiles, expected) => {
    expect(standardiseSmiles(rdkit, smiles)).toMatchObject({ outcome: "standardised", smiles: expected });
  });

  it.each([
    ["C[N+](C)(C)C", "charged"],
    ["c1ccc[cH+]cc1", "charged"],
    ["C[CH2+]", "charged"],
    ["C[CH2]", "radical"],
    ["C1CC", "not a SMILES: unclosed ring for input: 'C1CC'"],
    ["C".repeat(101), "more than 100 heavy atoms"],
  ])("drops %s and says why", (smiles, reason) => {
    const result = standardiseSmiles(rdkit, smiles);
    expect(result.outcome).toBe("dropped");
    if (result.outcome === "dropped") expect(result.reason.split(":")[0]).toBe(reason.split(":")[0]);
  });
});

describe("readMolecules", () => {
  it("accounts for every entry", () => {
    const { smiles, report } = read(
      "smiles\nCCO ethanol\nOCC again\nC1CC broken\n\n# comment\nCC[NH3+].[Cl-]\nnot!smiles\n",
    );
    expect(smiles).toEqual(["CCO", "CCN"]);
    expect(report).toMatchObject({
      format: "smiles",
      encoding: "utf-8",
      entries: 5,
      used: 2,
      duplicates: 1,
      saltsRemoved: 1,
      neutralised: 1,
      dropped: { "not a SMILES": 2 },
    });
    expect(report.examples.map((e) => [e.line, e.text])).toEqual([
      [4, "C1CC"],
      [8, "not!smiles"],
    ]);
  });

  it.each([",", ";", "\t"])("finds the column named smiles in a table with %j, quotes and all", (s) => {
    const { smiles, report } = read(
      `name${s}Smiles${s}gap\n"a${s}b ""c"""${s}"CCO"${s}1\nd${s}CCN${s}2\n`,
      "set.csv",
    );
    expect(report).toMatchObject({ format: "csv", column: "Smiles" });
    expect(sourceText(report)).toBe("CSV, column Smiles, utf-8");
    expect(smiles).toEqual(["CCO", "CCN"]);
  });

  it("refuses a table in which no column holds molecules, and shows its first row", () => {
    expect(() => read("id,mass,name\n1,2.5,first\n2,3.5,second\n", "set.csv")).toThrowError(
      /set.csv: expected a column of SMILES.*got none in the first 3 rows; the first is: id \| mass \| name\./,
    );
  });

  it("takes the first column of a table without a head", () => {
    expect(read("CCO,1\nCCN,2\n", "set.csv").smiles).toEqual(["CCO", "CCN"]);
  });

  it("finds the molecules of a table that does not name them, and says what the head is", () => {
    const { smiles, report } = read("id,structure,class\nm1,CCO,A\nm2,CCN,B\nm3,c1ccccc1,N\n", "set.csv");
    expect(smiles).toEqual(["CCO", "CCN", "c1ccccc1"]);
    expect(report).toMatchObject({ column: "2", examples: [{ line: 1, text: "structure" }] });
  });

  it("reads cells with line ends and quotes, and leaves a quote that is never closed as it is", () => {
    const { smiles, report } = read(
      'smiles,note\r\nCCO,"two\r\nlines, ""quoted"""\r\nCCN,5" tube\r\nCCS,"open\r\nC1CC,\r\nCCF,x',
      "set.csv",
    );
    expect(smiles).toEqual(["CCO", "CCN", "CCS", "CCF"]);
    expect(report).toMatchObject({ entries: 5, examples: [{ line: 6, text: "C1CC" }] });
  });

  it("reads what gzip packed, and refuses half of it", () => {
    const packed = gzipSync("smiles,name\nCCO,a\nCCN,b\n");
    expect(read(packed, "set.csv.gz")).toMatchObject({ smiles: ["CCO", "CCN"], report: { format: "csv" } });
    expect(() => read(packed.subarray(0, 20), "set.csv.gz")).toThrowError(
      /set.csv.gz: expected a whole gzip/,
    );
  });

  it.each([
    ["utf-16le", Buffer.from("CCO éthanol\nCCN\n", "utf16le")],
    ["utf-16be", Buffer.from("CCO éthanol\nCCN\n", "utf16le").swap16()],
    ["utf-16le", Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from("CCO éthanol\nCCN\n", "utf16le")])],
    ["utf-8", Buffer.from("\ufeffCCO éthanol\r\nCCN\r\n")],
    ["windows-1252", Buffer.from("CCO éthanol\rCCN\r", "latin1")],
  ])("reads %s", (encoding, bytes) => {
    const { smiles, report } = read(bytes);
    expect(report.encoding).toBe(encoding);
    expect(smiles).toEqual(["CCO", "CCN"]);
  });

  it("reads SDF records and counts a broken one", () => {
    const block = (smiles: string) => {
      using mol = rdkit.get_mol(smiles)!;
      return mol.get_molblock();
    };
    const text = `${block("CCO")}> <gap>\n1\n\n$$$$\nnonsense\n$$$$\n${block("c1ccccc1")}$$$$\n`;
    const { smiles, report } = read(text, "set.sdf");
    expect(smiles).toEqual(["CCO", "c1ccccc1"]);
    expect(report).toMatchObject({ format: "sdf", entries: 3, used: 2 });
    expect(report.examples).toMatchObject([{ line: 2 }]);
  });

  it("refuses binary data", () => {
    expect(() => read(Buffer.of(0x50, 0x4b, 3, 4, 0, 0, 0), "set.xlsx")).toThrowError(
      expect.objectContaining({ code: "invalid-input" }),
    );
  });

  it("stops in the middle of a file when it is cancelled", () => {
    let asked = 0;
    const isCancelled = () => ++asked > 3;
    const file = Buffer.from("C\nCC\nCCC\nCCCC\nCCCCC\n");
    expect(() => readMolecules(rdkit, file, { name: "set.smi", isCancelled })).toThrowError(
      expect.objectContaining({ name: "AbortError" }),
    );
    expect(asked).toBe(4);
  });
});
