import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { AlertDefinition } from "#core/chemistry/patterns/alerts.ts";
import { AlertCatalogue } from "#shared/campaign/campaign.ts";
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

  /** Others of these kinds. */
  it.each(
    `
    O=C1CC1(C)C N=C1CC1 S=C1CC1 C=C1CC1 CC1=NC1C C1=CN1 C1CN=N1 C1NNC1 C1COO1 C1CON1 C1CSS1 C1SCS1 O=C1CN=C1
    C1=COC1 C1=CSC1 CC1=CNC1 C=CNC C=CN(CC)CC C=CN1CCOCC1 C=CSCC CC=CSC C=CO C=CS OC1=CCCC1 OC1=COCC1
    NC1=CCCC1 C=C(OC)OC C=C(N(C)C)N(C)C COC#C C#CF CC(O)O CC(O)OC OCN CNCO CC(N)O CC(N)N CC(S)O CC(F)N
    FCN(C)C ClCOC BrCSC COO CC(C)OOC(C)C OO CN(Cl)C COCl CON(C)OC CNNN CN=NC C=NN=N CN=O CON=O CSN=O CSOC
    CS(=O)Cl CC(=O)F COC(=O)Cl CC(=O)C(=O)Cl NC(=O)O OC(=O)SC CC(=O)C(C)(C)C(=O)O N=C1C=CC=CN1 N=c1[nH]cccn1
    CC(=N)C C=NC CC=NC(C)=O OC(C)=N Oc1cc[nH]c1 Oc1cccs1 Nc1ccc[nH]1 Nc1ccoc1 CC1N=CC=N1 C1C=NC=N1 C1=CCC=N1
    C1C=CC=N1 C1C=CN=N1 O=C1CC=CC=C1 C=C1C=CCC=C1 C1C=CC=C1 C=C1C=CC=C1 O1C=CC=CC=C1 C1=CC=CNC=C1 C1#CCCC1
    C1=C=CCCC1 C1C2CC1=C2 C1CC2=CC1CC2 C1=C2CCC1CC2 C12CC1C2 C1CC2C1CC2 C12(CC1)CC2 OC1CO1 CNC1CO1 FC1CO1
    OC1CC1 CC1(O)CC1C NC1CC1C=O OC1CC1C(=O)C OC1CCN1 FC1CCO1 c1ccc2c(c1)CN2 c1ccc2c(c1)CS2 c1cc2c([nH]1)CC2
    S=CC CC(=S)CC C=P P=CC CPC CP(C)Cl N#COC C#CC#C CC=C=C=C C=C=N O=C=C=C=O n1nnnn1C CON(C=C)C C=CON(C)C
    `
      .trim()
      .split(/\s+/),
  )("are seen in %s", (smiles) => expect(raised(smiles)).not.toEqual([]));

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
