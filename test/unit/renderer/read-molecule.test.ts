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
