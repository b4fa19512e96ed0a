import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AlertDefinition } from "#core/chemistry/alerts.ts";
import { AlertCatalogue } from "#shared/campaign.ts";
import { chemistry, filtersDirectory, settings } from "./open.ts";

interface Group extends AlertDefinition {
  reason: string;
  source: string;
  /** A molecule that has the group, and one much like it that has not. */
  example: string;
  counterexample: string;
}

const groups = JSON.parse(readFileSync(join(filtersDirectory, "reactive.json"), "utf8")) as Group[];
const reference = JSON.parse(
  readFileSync(new URL("../../../reference/reactive-alerts.json", import.meta.url), "utf8"),
) as { molecules: Record<string, string[]> };

function raised(smiles: string): string[] {
  const described = chemistry.describe(smiles, ["reactive"]);
  if (described.outcome === "invalid") throw new Error(`${smiles}: ${described.reason}`);
  return described.alerts.map(({ name }) => name);
}

describe("Reactive and implausible groups", () => {
  it("are named once, with a sentence and a DOI or a book", () => {
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    for (const { name, catalogue, set, reason, source } of groups) {
      expect({ catalogue, set }).toEqual({ catalogue: "reactive", set: "REACTIVE" });
      expect(name).toMatch(/^[a-z0-9_-]+$/);
      expect(reason).toMatch(/^\S.{20,}\.$/);
      expect(source).toMatch(/doi:10\.\d{4,}\/\S+$|ISBN 978-[\d-]+$/);
    }
  });

  it.each(groups.map(({ name, example, counterexample }) => ({ name, example, counterexample })))(
    "finds $name in $example and not in $counterexample",
    ({ name, example, counterexample }) => {
      expect(raised(example)).toContain(name);
      expect(raised(counterexample)).not.toContain(name);
    },
  );

  it("are those that RDKit's Python package finds", () => {
    const ours = Object.fromEntries(
      Object.keys(reference.molecules).map((smiles) => [smiles, raised(smiles)]),
    );
    expect(ours).toEqual(reference.molecules);
    expect(Object.keys(ours).length).toBeGreaterThan(500);
  });

  it("are looked for unless a person says otherwise, and named in the rejection", () => {
    expect(settings().alerts).toEqual(AlertCatalogue.options);
    const verdict = chemistry.filter("CCC1=NCC1C", { settings: settings() });
    expect(verdict).toMatchObject({
      outcome: "rejected",
      rejection: { rule: "alert:reactive", detail: "1-azetine" },
    });
  });

  /** Solvents, drugs and building blocks that hold a small ring or a hetero atom beside another and are on the shelf. */
  it.each(
    `
    C1CCOC1 C1COCCO1 COCCOC CC(C)=O CC#N CS(C)=O CN(C)C=O O=C1OCCO1 O=c1occo1 COC(=O)OC CN1CCCC1=O ClCCl
    CCOC(OCC)OCC COC(C)(C)C O=S1(=O)CCCC1 COP(=O)(OC)OC CN(C)P(=O)(N(C)C)N(C)C C1COCO1 FCC(F)(F)F
    C1CO1 CC1CO1 C1CN1 C1CC1N C1CC1C(=O)O NC1(C(=O)O)CC1 OC1(C(=O)O)CC1 C1COC1 O=C1COC1 C1CNC1 C1CSC1 OC1CCC1 O=C1CCC1
    C=C1CC(=O)O1 O=C1CCN1 O=C1CCO1 C1CC2(C1)CNC2 C1C2CC1C2 C1CC2CC2C1 C12C3C4C1C5C2C3C45 OC1=C(O)C(=O)C1=O
    C=COC(C)=O C=CN1CCCC1=O CCOC=C C=Cn1ccnc1 C=CC#N CC(=O)CC(C)=O CC(O)=CC(C)=O CNC(=C[N+](=O)[O-])NC
    CON=C(C)C CC(C)=NO CC(C)=NN c1cscn1 c1cn[nH]n1 c1nnn[nH]1 c1ncno1 c1nnco1 c1csnn1 c1nncnn1 Cn1cnc2c1c(=O)n(C)c(=O)n2C
    CC(=O)Oc1ccccc1C(=O)O CC(=O)Nc1ccc(O)cc1 CN1CCCC1c1cccnc1 CN(C)N=Nc1[nH]cnc1C(N)=O OC1CCCCO1 OCC1OC(O)C(O)C(O)C1O
    CC1CCC2C(C)C(=O)OC3OC4(C)CCC1C23OO4 CC1(C)SC2C(NC(=O)Cc3ccccc3)C(=O)N2C1C(=O)O Cc1cc(=O)n(-c2ccccc2)[nH]1
    COC(=O)C1=C(C)NC(C)=C(C(=O)OC)C1c1ccccc1[N+](=O)[O-] NC(=O)N1c2ccccc2C=Cc2ccccc21 CNC(=C[N+](=O)[O-])NCCSCc1ccc(CN(C)C)o1
    FC(F)OC(Cl)C(F)(F)F FCOC(C(F)(F)F)C(F)(F)F NS(=O)(=O)c1ccccc1 CS(C)(=O)=N FS(F)(F)(F)(F)c1ccccc1 NCCc1c[nH]c2ccc(O)cc12
    OC1=CC(=O)OC1C(O)CO C1=CSC(=C2SC=CS2)S1 S=C(N)N CC(N)=S NC(N)=N CC(=N)N O=C1c2ccccc2C(O)(O)C1=O OC(O)C(Cl)(Cl)Cl
    `
      .trim()
      .split(/\s+/),
  )("are not seen in %s", (smiles) => expect(raised(smiles)).toEqual([]));
});
