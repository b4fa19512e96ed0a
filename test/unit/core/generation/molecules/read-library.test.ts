import { describe, expect, it } from "vitest";
import { embed } from "#core/chemistry/shape/conformer.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { readLibrary } from "#core/generation/molecules/library/read-library.ts";
import { type LibraryReading, type LibrarySummary, libraryNotes } from "#shared/campaign/library.ts";

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

  it.each([
    ["t.csv", "smiles,name,x\nO,w,1\n,,,,\nCCO,e,2\n"],
    ["t.csv", "smiles,name,x\nO,w,1\n\nCCO,e,2\n"],
    ["t.csv", 'smiles,name,x\nO,w,1\n" ",""\nCCO,e,2\n'],
    ["t.tsv", "smiles\tname\tx\nO\tw\t1\n\t \t\nCCO\te\t2\n"],
    ["t.csv", "x,name\n1,O\n,\n2,CCO\n"],
    ["t.csv", "smiles\nO\n\nCCO\n"],
    ["t.smi", "smiles name\nO w\n\nCCO e\n"],
    ["t.smi", "# two\nO w\n  \t\nCCO e\n"],
    ["pasted text", "\nO\n\nCCO\n\n"],
    ["t.csv", "# two\n\nsmiles,name\nO,w\n,\nCCO,e\n"],
  ])("keeps a row that holds nothing where it stands: %s %j", (name, text) => {
    const lines = text.split("\n");
    const at = (smiles: string) => lines.findIndex((line) => line.includes(smiles)) + 1;
    expect(rowsOf(name, text).map(({ line, smiles, problem }) => ({ line, smiles, problem }))).toEqual([
      { line: at("CCO") - 2, smiles: "O", problem: undefined },
      { line: at("CCO") - 1, smiles: "", problem: "an empty row" },
      { line: at("CCO"), smiles: "CCO", problem: undefined },
    ]);
  });

  it.each([
    ["t.csv", ","],
    ["t.smi", " "],
    ["t.tsv", "\t"],
  ])("ends with its last row that holds something: %s", (name, between) => {
    const found = read(name, `smiles${between}x\nO${between}1\nC${between}2\n\n \n# the end\n\n`);
    expect(found.rows.map(({ smiles, problem }) => [smiles, problem])).toEqual([
      ["O", undefined],
      ["C", undefined],
    ]);
    expect(found.files[0]).toMatchObject({ rows: 2, comments: 1 });
    expect(found.files[0]).not.toHaveProperty("notes");
  });

  it("says how many rows of empty cells it ends with", () => {
    const found = read("t.csv", "smiles,x\nO,1\n,\n,,,\n\n");
    expect(found.rows).toHaveLength(1);
    expect(found.files[0]?.notes).toEqual(["2 rows of empty cells at its end are left out."]);
  });

  it("has the head that it had without the rows that hold nothing", () => {
    const [first, second, third] = rowsOf("t.csv", "a,value\nO,1\n,\nCCO,2\n");
    expect([first?.data, second?.data, third?.data]).toEqual([{ value: "1" }, {}, { value: "2" }]);
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

  it("keeps cells beyond the head, and both of two heads that would become one", () => {
    expect(rowsOf("t.csv", "smiles,v,v,v (2)\nO,1,2,3,4\nCC\n")[0]?.data).toEqual({
      v: "1",
      "v (3)": "2",
      "v (2)": "3",
      "column 5": "4",
    });
  });

  it("takes as many columns as a sheet has, all of one head, and says where there are more", () => {
    const table = (columns: number) => `smiles${",v".repeat(columns - 1)}\nO,1\n`;
    const { data } = rowsOf("t.csv", table(16_384))[0]!;
    expect(data).toEqual({ v: "1" });
    expect(() => rowsOf("t.csv", table(16_385))).toThrow(
      '"t.csv": expected at most 16384 columns, got 16385.',
    );
  });

  it("has cells of charge and multiplicity without heads where their numbers are named", () => {
    const reading = { chargeColumn: "column 2", multiplicityColumn: "column 3" };
    expect(rowsOf("t.csv", "O,1,2\nCCO,-1,2\n", reading)).toMatchObject([
      { smiles: "O", charge: 1, multiplicity: 2 },
      { smiles: "CCO", charge: -1, multiplicity: 2 },
    ]);
    expect(() => rowsOf("t.csv", "O,1\nCCO,-1\n", { chargeColumn: "charge" })).toThrow(
      't.csv: expected a column "charge", got "column 1", "column 2".',
    );
  });

  it.each([
    ["Total charge", "2S+1"],
    ["net_charge", "Spin multiplicity"],
    ["formal charge", "mult"],
  ])("finds charge and multiplicity under %s and %s", (charge, multiplicity) => {
    expect(rowsOf("t.tsv", `smiles\t${charge}\t${multiplicity}\nO\t\u22121\t2\n`)[0]).toMatchObject({
      charge: -1,
      multiplicity: 2,
    });
  });

  it("is the same with a byte order mark, CRLF, and quotes around cells of several lines", () => {
    const text = '\ufeffsmiles,name,note\r\n"O","wa""ter","two\r\nlines, one cell"\r\nCC,,\r\n';
    expect(rowsOf("t.csv", text)).toEqual([
      { file: 0, line: 2, name: 'wa"ter', smiles: "O", data: { note: "two\nlines, one cell" } },
      { file: 0, line: 4, name: null, smiles: "CC", data: {} },
    ]);
  });

  it.each([
    ["t.csv", "smiles,name\n"],
    ["t.tsv", "smiles\tname\n"],
    ["t.smi", "smiles name\n"],
    ["t.smi", "# nothing\n"],
  ])("without rows is refused: %s with %j", (name, text) => {
    expect(() => rowsOf(name, text)).toThrow(`Expected molecules, got none in ${name}.`);
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

describe("lines of SMILES with a head", () => {
  it.each([
    ["smiles charge\n[OH] -1\n", { name: null, charge: -1, data: { charge: "-1" } }],
    ["smiles multiplicity\nO=O 3\n", { name: null, multiplicity: 3 }],
    ["smiles logP\nO -1.4\n", { name: null, data: { logP: "-1.4" } }],
    ["smiles zinc_id\nO 15\n", { name: "15", data: {} }],
    ["smiles compound\nCCO ethyl alcohol, 96 %\n", { name: "ethyl alcohol, 96 %", data: {} }],
    ["id charge smiles\nw -1 [OH]\n", { name: "w", smiles: "[OH]", charge: -1 }],
  ])("%j are read by what the heads say", (text, row) => {
    expect(rowsOf("t.smi", text)).toMatchObject([row]);
  });

  it.each(["t.smi", "t.txt", "t.tsv"])("keep cells under their heads after an empty one: %s", (file) => {
    const text = "name\tsmiles\tcharge\tIE\n\tO\t\t12.6\nm\t[NH4]\t1\t\n";
    expect(rowsOf(file, text)).toMatchObject([
      { name: null, smiles: "O", data: { IE: "12.6" } },
      { name: "m", smiles: "[NH4]", data: { charge: "1" }, charge: 1 },
    ]);
    expect(rowsOf(file, text)[0]).not.toHaveProperty("charge");
  });

  it("say where blanks do not tell which cell is empty", () => {
    const problem =
      "fewer cells than the head: 2 of 3, and blanks do not tell which is empty (tabs or commas do)";
    expect(rowsOf("t.smi", "smiles name IE\nCCO 10.5\nC\nN ammonia 10.8\n")).toMatchObject([
      { smiles: "CCO", problem },
      { smiles: "C", name: null, data: {} },
      { smiles: "N", name: "ammonia", data: { IE: "10.8" } },
    ]);
  });

  it("take the columns that a person names, between blanks and between tabs", () => {
    const reading = {
      smilesColumn: "structure",
      nameColumn: "who",
      chargeColumn: "q",
      multiplicityColumn: "m",
    };
    for (const between of [" ", "\t", ","])
      expect(
        rowsOf("t.smi", ["who structure q m", "x [OH] -1 1"].join("\n").replaceAll(" ", between), reading),
      ).toEqual([
        {
          file: 0,
          line: 2,
          name: "x",
          smiles: "[OH]",
          data: { q: "-1", m: "1" },
          charge: -1,
          multiplicity: 1,
        },
      ]);
  });

  it("are refused where a column named is not there, or there is no head", () => {
    const of = (reading: LibraryReading, text: string) => () => rowsOf("t.smi", text, reading);
    expect(of({ chargeColumn: "q" }, "smiles charge\nO 1\n")).toThrow(
      't.smi: expected a column "q", got "smiles", "charge".',
    );
    expect(of({ chargeColumn: "q" }, "O 1\n")).toThrow('expected a column "q", got "column 1", "column 2".');
    expect(of({ smilesColumn: "s" }, "O 1\n")).toThrow('t.smi: expected a column "s", got none.');
  });

  it("leave what CXSMILES appends out of the name", () => {
    expect(rowsOf("t.smi", "C[C@H](O)F |o1:1| fluoroethanol\nC\n")[0]).toMatchObject({
      smiles: "C[C@H](O)F",
      name: "fluoroethanol",
    });
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

  it("has both of two items of a name, one called title, and the last without a line end", () => {
    const items = "> <v>\n1\n\n> <v>\n2\n\n> <title>\nx\n\n> <last>\n3";
    const record = RECORD("water", water, items).replace("$$$$\n", "");
    expect(rowsOf("t.sdf", record)[0]).toMatchObject({
      name: "water",
      data: { v: "1", "v (2)": "2", title: "x", last: "3" },
    });
  });

  it("has the names of an item where no record has a title, or where a person says so", () => {
    const items = "> <ID>\nA7\n\n";
    expect(rowsOf("t.sdf", RECORD("", water, items))[0]).toMatchObject({ name: "A7", data: {} });
    expect(rowsOf("t.sdf", RECORD("w", water, items))[0]).toMatchObject({ name: "w", data: { ID: "A7" } });
    expect(rowsOf("t.sdf", RECORD("w", water, items), { nameColumn: "ID" })[0]).toMatchObject({
      name: "A7",
      data: { title: "w" },
    });
  });

  it.each([
    ["M  CHG  1   1  -1\n", "[H][O-]", {}],
    ["M  RAD  1   1   2\n", "[H][O]", {}],
  ])("has charge and radicals of its structure: %j", (line) => {
    const block = `\n\n\n  2  1  0  0  0  0  0  0  0  0999 V2000\n    0.0000    0.0000    0.0000 O   0  0\n    0.9600    0.0000    0.0000 H   0  0\n  1  2  1  0\n${line}M  END\n`;
    expect(rowsOf("t.sdf", RECORD("", block, ""))[0]?.smiles).toBe(line.includes("CHG") ? "[OH-]" : "[OH]");
  });

  it.each([
    ["1", "[CH2]", { multiplicity: 1 }],
    ["3", "[CH2]", {}],
  ])("has the spin of a carbene that M  RAD says: %s", (value, smiles, said) => {
    const atoms =
      "    0.0000    0.0000    0.0000 C   0  0\n    1.0000    0.0000    0.0000 H   0  0\n    0.0000    1.0000    0.0000 H   0  0\n";
    const block = `\n\n\n  3  2  0  0  0  0  0  0  0  0999 V2000\n${atoms}  1  2  1  0\n  1  3  1  0\nM  RAD  1   1   ${value}\nM  END\n`;
    expect(rowsOf("t.sdf", RECORD("", block, ""))).toEqual([
      { file: 0, line: 1, name: null, smiles, data: {}, ...said },
    ]);
  });

  it("is refused where a column of SMILES is named: it has structures", () => {
    expect(() => rowsOf("t.sdf", RECORD("w", water, ""), { smilesColumn: "s" })).toThrow(
      't.sdf: expected no column of SMILES to be named, got "s": an SDF holds structures.',
    );
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

describe("an SDF drawn on paper", () => {
  it("gives no coordinates, though they are asked for and it has all hydrogens: all of its z are 0", () => {
    using mol = rdkit.get_mol("O")!;
    const drawn = mol.add_hs();
    expect(drawn.match(/ H /g)).toHaveLength(2);
    expect(rowsOf("t.sdf", RECORD("", drawn, ""), { coordinates: "as-given" })).toEqual([
      { file: 0, line: 1, name: null, smiles: "O", data: {} },
    ]);
  });
});

describe("an SDF of a planar molecule in space", () => {
  const flat = (header: string, atoms: readonly string[], bonds: readonly string[]) =>
    `flat\n  test              ${header}\n\n${String(atoms.length).padStart(3)}${String(bonds.length).padStart(3)}  0  0  0  0  0  0  0  0999 V2000\n${[...atoms, ...bonds].join("\n")}\nM  END\n`;
  const atom = (symbol: string, x: number, y: number) =>
    `${[x, y, 0].map((value) => value.toFixed(4).padStart(10)).join("")} ${symbol.padEnd(3)} 0  0`;
  const fluoroethene = [
    ...[atom("C", 0, 0), atom("C", 1.32, 0), atom("F", 2.02, 1.15), atom("H", 1.85, -0.93)],
    ...[atom("F", -0.7, 1.15), atom("H", -0.53, -0.93)],
  ];
  const bonds = ["  1  2  2  0", "  2  3  1  0", "  2  4  1  0", "  1  5  1  0", "  1  6  1  0"];

  it("keeps its coordinates where its second line says 3D, and its stereo", () => {
    const [row] = rowsOf("t.sdf", RECORD("", flat("3D", fluoroethene, bonds), ""), {
      coordinates: "as-given",
    });
    expect(row).toMatchObject({
      smiles: "F/C=C\\F",
      molblock: expect.stringContaining("    2.0200    1.1500    0.0000 F"),
    });
    expect(row).not.toHaveProperty("problem");
  });

  it("is a drawing where it lacks hydrogens, whatever that line says", () => {
    const block = flat("3D", [atom("C", 0, 0), atom("O", 1.4, 0)], ["  1  2  1  0"]);
    expect(rowsOf("t.sdf", RECORD("", block, ""), { coordinates: "as-given" })).toEqual([
      { file: 0, line: 1, name: null, smiles: "CO", data: {} },
    ]);
  });
});

describe("an XYZ file", () => {
  const summary = { problems: {}, sample: [] as object[] } as LibrarySummary;
  const water = "3\n\nO 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n";

  it("keeps the other frames where one is broken, which is a row with its problem", () => {
    const hydrogen = "2\nx\nH 0 0 0\nH 0 0 0.74\n";
    const rows = rowsOf("set.xyz", `${water}2\nbroken\nH 0 0 0\nQq 0 0 1\n${hydrogen}2\ncut off\nH 0 0 0\n`);
    expect(rows).toMatchObject([
      { line: 1, name: "set 1", smiles: "O" },
      {
        line: 2,
        name: "set 2",
        smiles: "",
        problem: expect.stringMatching(/element symbol .* line 9, got "Qq"/),
      },
      { line: 3, name: "set 3", smiles: "[H][H]" },
      { line: 4, name: "set 4", smiles: "", problem: expect.stringMatching(/2 atoms as line 14 announces/) },
    ]);
    expect(() => rowsOf("set.xyz", "2\ncut off\nH 0 0 0\n")).toThrow(/2 atoms as line 1 announces/);
  });

  it("is one molecule a frame, with charge and multiplicity of its comment", () => {
    const hydroxyl = "2\ncharge=-1 multiplicity=1\nO 0 0 0\nH 0 0 0.96\n";
    expect(rowsOf("set.xyz", water + hydroxyl)).toEqual([
      { file: 0, line: 1, name: "set 1", smiles: "O", data: {} },
      {
        file: 0,
        line: 2,
        name: "set 2",
        smiles: "[OH-]",
        data: { comment: "charge=-1 multiplicity=1" },
        charge: -1,
        multiplicity: 1,
      },
    ]);
    expect(rowsOf("water.xyz", water)[0]).toMatchObject({ name: "water" });
    expect(read("water.xyz", water).files[0]).not.toHaveProperty("notes");
  });

  it("is read with notes of what a person should know", () => {
    const bohr = "2\nunits=bohr\nO 0 0 0\nH 0 0 1.8\n".replace("units", "charge=-1 units");
    expect(libraryNotes({ ...summary, files: read("set.xyz", water + bohr).files })).toEqual([
      "set.xyz: 2 rows of XYZ (utf-8).",
      "set.xyz: 1 of 2 frames: Coordinates in bohr, as the file says.",
      expect.stringMatching(/^set\.xyz: 1 of 2 frames: From the comment of the file: charge/),
    ]);
  });

  it.each([
    [{ chargeColumn: "q" }, 'expected no column of charges to be named, got "q"'],
    [{ multiplicityColumn: "m" }, 'expected no column of multiplicities to be named, got "m"'],
    [{ nameColumn: "n" }, 'expected no column of names to be named, got "n"'],
  ])("has no columns, and says so: %j", (reading, message) => {
    expect(() => rowsOf("water.xyz", water, reading)).toThrow(`water.xyz: ${message}`);
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
