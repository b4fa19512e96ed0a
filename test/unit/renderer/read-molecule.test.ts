import { describe, expect, it } from "vitest";
import { readGiven } from "../../../src/renderer/src/features/calculate/read-molecule.ts";

const MOLFILE = [
  "hydroxide",
  "  made by hand 3D",
  "",
  "  2  1  0  0  0  0  0  0  0  0999 V2000",
  "    0.0000    0.0000    0.1000 O   0  5",
  "    0.0000    0.0000    1.0643 H   0  0",
  "  1  2  1  0",
  "M  CHG  1   1  -1",
  "M  END",
  "$$$$",
  "",
].join("\n");

describe("what is given to be computed", () => {
  it("is told by the text itself", () => {
    expect(readGiven(" ", null)).toEqual({ kind: "nothing" });
    expect(readGiven(" CCO\n", null)).toEqual({ kind: "smiles", smiles: "CCO" });
    expect(readGiven("&FCI NORB=2,\n&END\n", "h2.dump")).toMatchObject({
      kind: "hamiltonian",
      file: { name: "h2.fcidump" },
    });
    const two = readGiven("1\ncharge=1 multiplicity=2\nHe 0 0 0\n1\n\nHe 0 0 1\n", "he.xyz");
    expect(two).toMatchObject({
      kind: "frames",
      frames: [
        { charge: 1, multiplicity: 2 },
        { charge: null, multiplicity: null },
      ],
      file: { name: "he.xyz" },
    });
  });

  it("is a molfile with its charge, saved as XYZ for the command line", () => {
    const given = readGiven(MOLFILE, "base.sdf");
    expect(given).toMatchObject({
      kind: "frames",
      frames: [
        {
          charge: -1,
          multiplicity: 1,
          geometry: { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0.1, 0, 0, 1.0643] },
        },
      ],
      file: { name: "base.xyz" },
    });
    expect(given.kind === "frames" && readGiven(given.file.text, "base.xyz")).toMatchObject({
      frames: [{ charge: -1, multiplicity: 1 }],
    });
  });

  it("is a molfile with the charges in the lines of its atoms, where no line of charges takes their place", () => {
    const old = (codes: readonly number[]) =>
      MOLFILE.replace(/^M {2}CHG.*\n/m, "")
        .replace("O   0  5", `O   0  ${codes[0]}`)
        .replace("H   0  0", `H   0  ${codes[1]}`);
    const frameOf = (text: string) => {
      const given = readGiven(text, "old.mol");
      return given.kind === "frames" ? given.frames[0] : given;
    };
    expect(frameOf(old([5, 0]))).toMatchObject({ charge: -1, multiplicity: 1 });
    expect(frameOf(old([3, 3]))).toMatchObject({ charge: 2, multiplicity: 1 });
    expect(frameOf(old([4, 0]))).toMatchObject({ charge: 0, multiplicity: 2 });
  });

  it("is no drawing, whatever hydrogens are drawn", () => {
    const atom = (x: number, symbol: string) =>
      `${x.toFixed(4).padStart(10)}    0.0000    0.0000 ${symbol}   0  0`;
    const drawn = (dimension: string) =>
      [
        ...["", `  PROGRAM 1130261200${dimension}`, "", "  3  2  0  0  0  0  0  0  0  0999 V2000"],
        ...[atom(0, "O"), atom(1, "C"), atom(2, "H"), "M  END", ""],
      ].join("\n");
    expect(readGiven(drawn("2D"), null)).toMatchObject({ kind: "unreadable" });
    expect(readGiven(drawn("3D"), null)).toMatchObject({ kind: "frames" });
  });

  it("is refused in words where it cannot be computed", () => {
    const problem = (text: string) => {
      const given = readGiven(text, null);
      return given.kind === "unreadable" ? given.problem : given.kind;
    };
    expect(problem("two words")).toContain("several words");
    expect(problem("3\n\nO 0 0 0\n")).toContain("XYZ");
    expect(problem(MOLFILE.replace("V2000", "V3000"))).toContain("save it as V2000");
    const drawing = MOLFILE.replaceAll(" H ", " C ")
      .replace("  2  1  0", "  3  1  0")
      .replace(
        "    0.0000    0.0000    0.1000 O   0  5",
        "    0.0000    0.0000    0.0000 O   0  5\n    1.2000    0.0000    0.0000 C   0  0",
      )
      .replace("1.0643", "0.0000");
    expect(problem(drawing)).toContain("a drawing");
  });
});
