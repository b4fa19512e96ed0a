import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawnOf, textOf } from "../../src/renderer/src/components/sketcher/structure-text.ts";
import { chemistry } from "../unit/core/chemistry/open.ts";

const molecules = readFileSync(new URL("../unit/core/chemistry/molecules.smi", import.meta.url), "utf8")
  .trim()
  .split("\n");

/** What a stroke that changes nothing would write. */
function rewritten(text: string, kind: "molecule" | "query"): string {
  const drawn = drawnOf(text, kind);
  if (drawn.outcome === "unreadable") throw new Error(`${text}: ${drawn.reason}`);
  return textOf(drawn.structure, kind);
}

describe("a molecule that is drawn", () => {
  it.each([
    ...["CCO", "c1ccccc1O", "O=c1cccc[nH]1", "C[N+](C)(C)CC([O-])=O", "[Na+].[Cl-]", "[13CH4]", "C[CH2]"],
    ...[
      "N[C@@H](C)C(=O)O",
      "N[C@H](C)C(=O)O",
      "C/C=C/C",
      "C/C=C\\C",
      "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
      "O=C1OCCO1",
    ],
    ...["c1ccc2c(c1)ccc1ccccc12", "F[P-](F)(F)(F)(F)F", "O=S(=O)([N-]S(=O)(=O)C(F)(F)F)C(F)(F)F"],
  ])("is the one that was written: %s", (smiles) => {
    expect(chemistry.canonicalSmiles(rewritten(smiles, "molecule"))).toBe(chemistry.canonicalSmiles(smiles));
  });

  it("is told from what is no structure, and from several", () => {
    expect(drawnOf("C1CC", "molecule")).toEqual({
      outcome: "unreadable",
      reason: "dangling ring closure: 1; position:4",
    });
    expect(drawnOf("CCO ethanol", "molecule")).toMatchObject({
      reason: expect.stringContaining("several words"),
    });
    expect(rewritten("", "molecule")).toBe("");
  });
});

describe("a query that is drawn", () => {
  it.each([
    ...["c1ccccc1", "C=O", "C(=O)N", "CC", "C#N", "[F,Cl,Br]", "c1ccncc1", "c1cc[nH]c1", "S(=O)(=O)N", "C~N"],
    ...["[N+](=O)[O-]", "c1ccc2ccccc2c1"],
  ])("finds what was written: %s", (smarts) => {
    using asked = chemistry.substructureQuery(smarts);
    const text = rewritten(smarts, "query");
    using drawn = chemistry.substructureQuery(text);
    const among = (query: typeof asked) => molecules.filter((smiles) => query.isIn(smiles));
    expect(among(drawn), text).toEqual(among(asked));
  });

  it("says what of a text it cannot show", () => {
    expect(drawnOf("[$(C=O);r5]", "query")).not.toMatchObject({ outcome: "drawn", leftOut: "" });
    expect(drawnOf("c1ccccc1", "query")).toMatchObject({ outcome: "drawn", leftOut: "" });
  });
});
