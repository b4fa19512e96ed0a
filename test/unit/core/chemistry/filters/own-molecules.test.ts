import { describe, expect, it } from "vitest";
import { type ComponentChoice, FilterSettings } from "#shared/campaign/campaign.ts";
import type { GivenData } from "#shared/campaign/candidate.ts";
import { moleculeKey } from "#shared/campaign/molecule-key.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import { chemistry } from "../open.ts";

const own = (component: ComponentChoice = OWN_MOLECULES.component) =>
  FilterSettings.parse({ ...OWN_MOLECULES, component });
const judge = (smiles: string, given: Partial<GivenData> = {}, component?: ComponentChoice) =>
  chemistry.filter(smiles, { settings: own(component), given: { name: null, data: {}, ...given } });
const computed = (smiles: string, component?: ComponentChoice) => {
  const verdict = judge(smiles, {}, component);
  return verdict.outcome === "accepted" ? verdict.identity.canonicalSmiles : verdict.rejection;
};

describe("of a person's own salts", () => {
  // rdkit 2026.09.1, rdMolStandardize.LargestFragmentChooser(preferOrganic=True).choose
  it.each([
    ["[Na+].CC(=O)[O-]", "CC(=O)[O-]"],
    ["CCO.CCO", "CCO"],
    ["O.CC.Cl", "CC"],
    ["[Li+].F[P-](F)(F)(F)(F)F", "F[P-](F)(F)(F)(F)F"],
    ["CCN.OS(=O)(=O)O", "CCN"],
    ["C.[Na+].[Cl-]", "C"],
    ["c1ccccc1.CCCCCCC", "CCCCCCC"],
    ["CC(=O)O.CC(=O)OC.[K+]", "COC(C)=O"],
    ["OC=O.NC=O", "NC=O"],
    ["[Cl-].[Cl-].[Zn+2]", "[Zn+2]"],
    ["O.O.[Cu+2].[O-]S(=O)(=O)[O-]", "O=S(=O)([O-])[O-]"],
    ["CO.CN", "CN"],
  ])("%s the largest organic component is computed: %s", (salt, component) => {
    expect(computed(salt)).toBe(component);
  });

  it("another one is where it is asked for", () => {
    const salt = "C[N+](C)(C)CCO.[Cl-].O";
    expect(computed(salt, "cation")).toBe("C[N+](C)(C)CCO");
    expect(computed(salt, "anion")).toBe("[Cl-]");
    expect(computed(salt, { smiles: "[H]O[H]" })).toBe("O");
    expect(computed("CCO.O", "anion")).toEqual({
      rule: "component",
      detail: "none of its components is the anion asked for: CCO, O",
    });
    expect(computed(salt, "as-given")).toEqual({ rule: "multi-component", detail: "3 components" });
  });
});

describe("of a person's own ions and radicals", () => {
  it.each([
    ["[NH4+]", {}, { charge: 1, multiplicity: 1 }],
    ["[CH3]", {}, { charge: 0, multiplicity: 2 }],
    ["[CH2]", {}, { charge: 0, multiplicity: 3 }],
    ["[O][O]", {}, { charge: 0, multiplicity: 3 }],
    ["O", { charge: 1 }, { charge: 1, multiplicity: 2 }],
    ["O", { charge: -2 }, { charge: -2, multiplicity: 1 }],
    ["O", { multiplicity: 3 }, { charge: 0, multiplicity: 3 }],
    ["[Na+].CC(=O)[O-]", { charge: 0, multiplicity: 1 }, { charge: -1, multiplicity: 1 }],
    ["[Na+].CC(=O)[O-]", { charge: -1 }, { charge: -1, multiplicity: 1 }],
    ["[Na+].CC(=O)[O-]", { multiplicity: 3 }, { charge: -1, multiplicity: 3 }],
    ["[Cu+2].[O-]C=O.[O-]C=O", { charge: 0, multiplicity: 2 }, { charge: -1, multiplicity: 1 }],
  ])("%s with %j is computed as %j", (smiles, given, electrons) => {
    expect(judge(smiles, given)).toMatchObject({ outcome: "accepted", electrons });
  });

  it("a neutral closed shell says nothing of its electrons", () => {
    expect(judge("O", { charge: 0, multiplicity: 1 })).not.toHaveProperty("electrons");
  });

  it.each([
    ["O", { multiplicity: 2 }, "multiplicity 2 does not fit 10 electrons (charge 0)"],
    [
      "[Na+].CC(=O)[O-]",
      { charge: 1 },
      "charge 1 is neither that of all components (0) nor that of the one that is computed (-1)",
    ],
    ["[Na+].CC(=O)[O-]", { multiplicity: 2 }, "multiplicity 2 does not fit 32 electrons (charge -1)"],
    ["[H]", { charge: 1 }, "charge 1 leaves no electron"],
    ["[H+]", {}, "charge 1 leaves no electron"],
  ])("%s with %j is refused: %s", (smiles, given, detail) => {
    expect(judge(smiles, given)).toMatchObject({ rejection: { rule: "electrons", detail } });
  });
});

describe("a person's own molecules", () => {
  it.each([
    "O",
    "c1ccc2ccccc2c1",
    "O=C1C=CC(=O)C=C1",
    "CCCCCCCCCCCCCCCCCCCC",
    "[2H]O[2H]",
    "C1CCCCCCCCC1",
    "II",
  ])("are not judged by what they are like: %s", (smiles) => expect(judge(smiles).outcome).toBe("accepted"));

  it("are refused for what cannot be computed, and for a row that holds none", () => {
    expect(judge("[U]")).toMatchObject({ rejection: { rule: "element", detail: "U" } });
    expect(judge("O", { problem: "no atoms" })).toMatchObject({
      rejection: { rule: "unparsable", detail: "no atoms" },
    });
  });

  it("are the same where structure, electrons and geometry are: tautomers are not, InChIKeys being equal", () => {
    const key = (smiles: string, given: Partial<GivenData> = {}) => {
      const verdict = judge(smiles, given);
      if (verdict.identity === null) throw new Error("no identity");
      return moleculeKey(own(), verdict.identity, verdict);
    };
    expect(key("Oc1ccccn1")).not.toBe(key("O=c1cccc[nH]1"));
    expect(key("OCC")).toBe(key("CCO", { charge: 0 }));
    expect(key("CCO", { charge: 1 })).not.toBe(key("CCO"));
    expect(key("CCO", { coordinates: "ab".repeat(32) as never })).not.toBe(key("CCO"));
  });
});
