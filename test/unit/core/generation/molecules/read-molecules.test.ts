import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { loadRdkit, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { readMolecules } from "#core/generation/molecules/read-molecules.ts";
import { standardiseSmiles } from "#core/generation/molecules/standardise.ts";
import { changesText, ReadingReport, sourceText } from "#shared/model/training.ts";

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
  it.each([
    // Ë is 0xc3 0x8b in UTF-8
    ["the second byte", "Ë,smiles\n1,CCO\n"],
    ["the first byte", "\u001f,smiles\n1,CCO\n"],
  ])("does not take %s of gzip alone for a packed file", (_, text) => {
    expect(read(text, "set.csv").smiles).toEqual(["CCO"]);
  });

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

  it("counts the molecules whose stereo marks are left out, those that RDKit does not hold too", () => {
    const marked = ["C[C@H](F)Cl", "C/C=C/C", "CC=[C@]=CC", "F[Ni@SP1](Cl)(Br)I", "CCO", "C[C@H](N)O.Cl"];
    const { smiles, report } = read(marked.join("\n"));
    expect(report.dropped).toEqual({});
    expect(smiles.join()).not.toMatch(/[@/\\]/);
    expect(report.stereoRemoved).toBe(5);
    expect(changesText(report)).toBe("1 without their salts, 0 neutralised, 5 without their stereo marks");
    const { stereoRemoved: _, ...earlier } = report;
    expect(changesText(ReadingReport.parse(earlier))).toBe("1 without their salts, 0 neutralised");
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

  it.each(["C1CC,low\nCCO,1.5\nCCN,high\n", "C1CC,low\nCCO,high\nCCN,low\n"])(
    "does not take a first row for a head because its molecule is broken: %j",
    (text) => {
      const { smiles, report } = read(text, "set.csv");
      expect(smiles).toEqual(["CCO", "CCN"]);
      expect(report).toMatchObject({ entries: 3, dropped: { "not a SMILES": 1 } });
    },
  );

  it("finds the molecules of a table that does not name them, and says what the head is", () => {
    const { smiles, report } = read("id,structure,class\nm1,CCO,A\nm2,CCN,B\nm3,c1ccccc1,N\n", "set.csv");
    expect(smiles).toEqual(["CCO", "CCN", "c1ccccc1"]);
    expect(report).toMatchObject({ column: "structure", entries: 3, examples: [] });
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

describe("files that people have", () => {
  const readCase = (name: string) =>
    readMolecules(rdkit, readFileSync(`test/fixtures/cases/${name}`), { name });
  /** Entries found are used, duplicates or dropped: none may vanish. */
  const accounted = ({ smiles, report }: ReturnType<typeof readMolecules>) => {
    const dropped = Object.values(report.dropped).reduce((sum, count) => sum + count, 0);
    expect(report.used + report.duplicates + dropped).toBe(report.entries);
    return { smiles, ...report };
  };

  it("reads the listed cases", () => {
    expect(accounted(readCase("one-empty-record.sdf"))).toMatchObject({
      entries: 26,
      used: 25,
      dropped: { "no atoms": 1 },
    });
    expect(accounted(readCase("mac-cr.sdf"))).toMatchObject({ smiles: ["CO", "CN"], entries: 2 });
    expect(accounted(readCase("hash-id.csv"))).toMatchObject({ smiles: ["CCO", "CCN"], entries: 2 });
    expect(accounted(readCase("semi-comma-head.csv"))).toMatchObject({
      smiles: ["CCO", "CCN"],
      column: "SMILES",
    });
    expect(accounted(readCase("commas.smi"))).toMatchObject({ smiles: ["CCO", "CCN"], entries: 2 });
    const table = accounted(readCase("smiles.tsv"));
    expect(table).toMatchObject({ entries: 17, column: "2" });
    expect(table.examples.map(({ reason }) => reason)).toContainEqual(
      expect.stringContaining("a dative bond"),
    );
  });

  it.each([
    ["smiles_source,structure\nChEMBL,CCO\nZINC,CCN\n", "structure"],
    ["smiles_source,canonical_smiles,class\nChEMBL,CCO,C\nZINC,CCN,N\n", "canonical_smiles"],
    ["input_smiles,SMILES\nC1CC,CCO\nxx,CCN\n", "SMILES"],
    ["smiles,smiles\nbroken(,CCO\nalso(,CCN\n", "smiles"],
    ["class,Structure\nC,CCO\nN,CCN\n", "Structure"],
    ["ID,Canonical SMILES\n1,CCO\n2,CCN\n", "Canonical SMILES"],
    ["Wert;Strukturformel\n1,5;CCO\n2,5;CCN\n", "Strukturformel"],
    ["nom;molécule\na;CCO\nb;CCN\n", "molécule"],
    ["编号,化合物\n1,CCO\n2,CCN\n", "化合物"],
    ['"IC50, nM; pH 7"\t"SMILES"\n3,5\tCCO\n2,5\tCCN\n', "SMILES"],
    ['"a;b","c;d",smiles\n1,2,CCO\n3,4,CCN\n', "smiles"],
    ["id|smiles\n1|CCO\n2|CCN\n", "smiles"],
    ["sep=;\nsmiles;a,b\nCCO;1,2\nCCN;3,4\n", "smiles"],
    ["# made by a program\n#id,smiles\n1,CCO\n2,CCN\n", "smiles"],
    ["value,smiles\n1,2.5,CCO\n2,3.5,CCN\n", "smiles"],
    ["smiles,note\rCCO,a\rCCN,b\r", "smiles"],
    ['smiles,note\nCCO,"two\nlines"\nCCN,"x, ""y"""\n', "smiles"],
    ["\ufeffsmiles,note\r\nCCO,a\r\nCCN,b\r\n", "smiles"],
    ['smiles,note\nCCO |$a;b;c$|,x\n"CCN |(0,0,;1,0,;2,0,)|",y\n', "smiles"],
    ["smiles,note\nCCO,a,with,commas\nCCN,b\n", "smiles"],
    ["smiles,name\n'CCO',a\n'CCN',b\n", "smiles"],
    ['"smiles","y"\n"1","CCO",3\n"2","CCN",4\n', "smiles"],
    [",smiles,y\n0,CCO,1\n1,CCN,2\n", "smiles"],
    ["smiles,name,,\nCCO,a,,\nCCN,b,,\n", "smiles"],
  ])("finds the molecules of %j", (text, column) => {
    const found = accounted(read(text, "set.csv"));
    expect(found).toMatchObject({ smiles: ["CCO", "CCN"], column });
    expect(found.dropped).toEqual({});
  });

  it("keeps to the column that is named so where its molecules are broken, and counts them", () => {
    const { report } = read("smiles,class\nC1CC,C\nxx(,C\n[,C\nCC(,C\n", "set.csv");
    expect(report).toMatchObject({ column: "smiles", entries: 4, used: 0, dropped: { "not a SMILES": 4 } });
  });

  it("counts every row that it cannot use, with the reason", () => {
    const { smiles, report } = read(
      "id,smiles\n1,CCO\n#2,CCN\n# a comment\n3\n4,\n5, with a comma,CCS\n6,CCO>>CC=O\n7,C[C@H](O)F |&1:1|\n8,CCO\n",
      "set.csv",
    );
    expect(smiles).toEqual(["CCO", "CCN", "CC(O)F"]);
    expect(report).toMatchObject({
      entries: 8,
      used: 3,
      duplicates: 1,
      comments: 1,
      dropped: { "not a SMILES": 3, "more cells than the head": 1 },
    });
    expect(sourceText(report)).toBe("CSV, column smiles, utf-8, 1 comment");
    expect(report.examples.map(({ line }) => line)).toEqual([5, 6, 7, 8]);
  });

  it.each([
    ["CCO,ethanol\nCCN;ethylamine\n", ["CCO", "CCN"]],
    ["ethanol CCO\nethylamine CCN\nnobody knows\n", ["CCO", "CCN"]],
    ['"CCO" ethanol\n"CCN" ethylamine\n', ["CCO", "CCN"]],
    ["#SMILES Name\nCCO\t1\nCCN\t2\n", ["CCO", "CCN"]],
    ["Canonical_SMILES Name\nCCO 1\nCCN 2\n", ["CCO", "CCN"]],
    ["CCO |$a;b;c$| ethanol\nCCN |(0,0,;1,0,;2,0,)|\n", ["CCO", "CCN"]],
    ["C 1\nN 2\nO 3\n", ["C", "N", "O"]],
  ])("reads lines such as %j", (text, expected) => {
    expect(accounted(read(text)).smiles).toEqual(expected);
  });

  it.each([
    ["Table S1. Ionisation energies\n\nCompound,SMILES,IE\nCO,CCO,12.6\nCN,CCN,10.5\n", 1],
    ["Energies, in eV,,\nof 2 December,,\nCompound,SMILES,IE\nCO,CCO,12.6\nCN,CCN,10.5\n", 2],
    ["SMILES\nCCO\nCCN\n", 0],
  ])("leaves out titles above the head, where names may look like molecules: %j", (text, titles) => {
    const found = accounted(read(text, "set.csv"));
    expect(found).toMatchObject({ smiles: ["CCO", "CCN"], column: "SMILES", entries: 2, dropped: {} });
    expect(found.comments ?? 0).toBe(titles);
  });

  it("takes a row of molecules above a cell that says smiles for no title", () => {
    expect(read("CCO,a\nCCN,smiles\n", "set.csv").smiles).toEqual(["CCO", "CCN"]);
  });

  it.each([
    ["set.mol2", "# made\n@<TRIPOS>MOLECULE\nx\n 1 0\nSMALL\n\n@<TRIPOS>ATOM\n1 C 0 0 0 C.3\n", "MOL2"],
    ["set.pdb", "HETATM    1  C   LIG A   1       0.000   0.000   0.000\nEND\n", "PDB"],
    ["set.cif", "data_x\n_cell_length_a 5.0\nloop_\n_atom_site_label\nC\nN\n", "CIF"],
    ["set.dwar", '<datawarrior-fileinfo>\n<version="3.3">\nStructure\tSmiles\nab\tCCO\n', "DataWarrior"],
    ["set.csv", "<!DOCTYPE html><html>not found</html>\n", "HTML"],
    ["set.json", '[{"smiles":"CCO"},{"smiles":"CCN"}]', "JSON"],
    ["set.smi", '{"smiles":"CCO"}\n{"smiles":"CCN"}\n', "JSON"],
  ])("refuses %s by name: labels of its atoms would be read as molecules", (name, text, format) => {
    expect(() => read(text, name)).toThrow(
      new RegExp(`${name}: expected SMILES, CSV or SDF, got another format: .*${format}`),
    );
  });

  it.each(["[NH4+]\nCCN\n", "[2H]O\nCCN\n", "data_set,smiles\n1,CCN\n"])(
    "takes %j for none of them",
    (text) => {
      expect(read(text, "set.txt").smiles).toContain("CCN");
    },
  );

  it.each(["", "\n \n", "\ufeff"])("refuses the empty file %j", (text) => {
    expect(() => read(text, "set.csv")).toThrow("set.csv: expected SMILES, CSV or SDF, got an empty file.");
  });

  it("reads records that lack the title or have blank lines above it", () => {
    const block = (smiles: string) => {
      using mol = rdkit.get_mol(smiles)!;
      return mol.get_molblock();
    };
    const text = `${block("CCO").replace(/^\n/, "")}$$$$\n\n\n${block("CCN")}$$$$  \n${block("CC=O").replace("M  END", "M END")}`;
    expect(accounted(read(text, "set.sdf"))).toMatchObject({ smiles: ["CCO", "CCN", "CC=O"], dropped: {} });
  });

  const twoCarbons = (bond: string) =>
    `two\n  test\n\n  2  1  0  0  0  0  0  0  0  0999 V2000\n${[0, 1.5]
      .map((x) => `${x.toFixed(4).padStart(10)}    0.0000    0.0000 C   0  0\n`)
      .join("")}${bond}\nM  END\n$$$$\n`;

  // 4 aromatic, though in no ring; 8 any; 9 dative.
  it.each([4, 8, 9])("drops a record whose bond is of type %i", (type) => {
    const found = accounted(read(twoCarbons(`  1  2  ${type}  0`), "set.sdf"));
    expect(found).toMatchObject({
      smiles: [],
      dropped: { "a bond that is not single, double, triple or of an aromatic ring": 1 },
    });
  });

  it("says in words what RDKit has against a record", () => {
    const { report } = read(twoCarbons("  1  5  1  0"), "set.sdf");
    expect(report.examples[0]!.reason).toBe("not a molecule that RDKit accepts: Range Error");
  });

  const v3000 = (symbols: readonly string[]) =>
    [
      ...["", "  test", "", "  0  0  0     0  0            999 V3000", "M  V30 BEGIN CTAB"],
      `M  V30 COUNTS ${symbols.length} ${symbols.length - 1} 0 0 0`,
      ...[
        "M  V30 BEGIN ATOM",
        ...symbols.map((symbol, i) => `M  V30 ${i + 1} ${symbol} ${i} 0 0 0`),
        "M  V30 END ATOM",
      ],
      "M  V30 BEGIN BOND",
      ...symbols.slice(1).map((_, i) => `M  V30 ${i + 1} 1 ${i + 1} ${i + 2}`),
      ...["M  V30 END BOND", "M  V30 END CTAB", "M  END"],
    ].join("\n");

  it.each(["\n", "\r\n", "\r"])(
    "reads V3000 records and says why others are dropped, lines ended by %j",
    (lineEnd) => {
      const records = [
        v3000(["C", "C", "O"]),
        "",
        "no molecule",
        `$RXN\n\n\n\n  1  1\n${v3000(["C"])}`,
        v3000(["C", "Zz"]),
        v3000(["F", "F", "F"]),
        v3000(["C", "C", "N"]),
      ];
      const text = records
        .map((record) => `${record}\n$$$$\n`)
        .join("")
        .replaceAll("\n", lineEnd);
      expect(accounted(read(text, "set.sdf"))).toMatchObject({
        smiles: ["CCO", "CCN"],
        entries: 7,
        dropped: {
          "an empty record": 1,
          "no molecule in the record (M  END is missing)": 1,
          "a reaction": 1,
          "an atom without an element (*, R or a query)": 1,
          "not a molecule that RDKit accepts": 1,
        },
      });
    },
  );
});
