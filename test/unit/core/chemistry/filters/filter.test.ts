import { describe, expect, it } from "vitest";
import { chemistry, identity, settings } from "../open.ts";

const filter = (smiles: string, input = {}) => chemistry.filter(smiles, { settings: settings(input) });

/** Octaglycine and a diol: large, polar and flexible. */
const OLIGOGLYCINE = `${"NCC(=O)".repeat(8)}NCC(O)CO`;
const LARGE = { maxHeavyAtoms: 100, alerts: [], rules: ["lipinski"] };

describe("The filter", () => {
  it("accepts a small molecule with its identity and descriptors", () => {
    expect(filter("CCOC(C)=O")).toMatchObject({
      outcome: "accepted",
      identity: identity("CCOC(C)=O"),
      descriptors: { formula: "C4H8O2", heavyAtoms: 6 },
    });
  });

  it.each([
    ["CC(", "unparsable", /./, {}],
    ["*CC", "unparsable", /InChI/, {}],
    ["CC.O", "multi-component", "2 components", {}],
    ["CC[NH3+]", "charge", "net charge +1", {}],
    ["C[CH2]", "radical", "1 unpaired electron", {}],
    ["[13CH3]CO", "isotope", "mass number 13", {}],
    ["CCBr", "element", "Br", {}],
    ["C[Hg]C", "element", "Hg", {}],
    ["CC", "element", "H", { elements: ["C"] }],
    ["C", "heavy-atoms", "1 heavy atoms, 2 to 12 allowed", {}],
    ["CCCCCCCCCCCCC", "heavy-atoms", "13 heavy atoms, 2 to 12 allowed", {}],
    ["C1CCCCCCC1", "ring-size", "ring of 8, 3 to 7 allowed", {}],
    ["C1CC1C", "ring-size", "ring of 3, 4 to 7 allowed", { minRingSize: 4 }],
    ["O=C1C=CC(=O)C=C1", "alert:pains", "quinone_A(370)", {}],
    ["CC=O", "alert:brenk", "aldehyde", {}],
    ["FC(F)(F)C(=O)C", "alert:nih", /./, { alerts: ["nih"] }],
    ["CC(C)(C)OC(=O)OCl", "alert:nih", "halogen_heteroatom", {}],
    ["CCCCS(=O)OCl", "alert:nih", "halogen_heteroatom", {}],
    ["COC(=O)C1=CC=C1", "alert:reactive", "antiaromatic_four_ring", {}],
    ["C1=Cc2ccccc21", "alert:reactive", "antiaromatic_four_ring", {}],
    ["C1=CN=C1", "alert:reactive", "antiaromatic_four_ring", { alerts: ["reactive"] }],
    ["C1C2C3C1C1C2C31", "sa-score", /at most 3 allowed/, { maxSaScore: 3, alerts: [] }],
    ["CCCCCCCC", "qed", /at least 0.5/, { minQed: 0.5, alerts: [] }],
    ["CCCCCCCC", "logp", "3.37, at most 3 allowed", { maxLogP: 3, alerts: [] }],
    ["OCC(O)CO", "logp", /at least 0/, { minLogP: 0 }],
    ["OCC(O)CO", "tpsa", "60.69, at most 60 allowed", { maxTpsa_angstrom2: 60 }],
    ["CCCCCCCC", "rotatable-bonds", "5, at most 4 allowed", { maxRotatableBonds: 4, alerts: [] }],
    [OLIGOGLYCINE, "lipinski", /weight 547.5 > 500, 12 N–H and O–H > 5, 19 N and O > 10/, LARGE],
    [OLIGOGLYCINE, "veber", /rotatable bonds > 10, polar surface .+ > 140/, { ...LARGE, rules: ["veber"] }],
  ])("rejects %s by the rule %s", (smiles, rule, detail, input) => {
    const expected = detail instanceof RegExp ? expect.stringMatching(detail) : detail;
    expect(filter(smiles, input)).toMatchObject({
      outcome: "rejected",
      rejection: { rule, detail: expected },
    });
  });

  it.each(["CC1CC1", "C1CCCCCC1"])(
    "accepts the ring of %s, the smallest and the largest allowed",
    (smiles) => {
      expect(filter(smiles, { alerts: [] }).outcome).toBe("accepted");
    },
  );

  it.each(["C1=CCC1", "C=C1CCC1=C", "NC1=C(N)C(=O)C1=O", "c1ccc2c(c1)-c1ccccc1-2"])(
    "takes the four-membered ring of %s for no antiaromatic one",
    (smiles) => {
      expect(filter(smiles, { alerts: ["reactive"], maxHeavyAtoms: 12 }).outcome).toBe("accepted");
    },
  );

  /** A molecule that breaks every rule from a place on; each is met by the first that it breaks. */
  it.each([
    ["C[13CH2][NH3+].[Hg]", { isKnown: () => true }, "multi-component"],
    ["[13CH2][NH2+][Hg]C", {}, "charge"],
    ["[13CH2]C[Hg]C", {}, "radical"],
    ["[13CH3][Hg]C", {}, "isotope"],
    ["C[Hg]CCCCCCCCCCCC", {}, "element"],
    ["C1CCCCCCC1CCCCCC", {}, "heavy-atoms"],
    ["O=CC1CCCCCCC1", { isKnown: () => true }, "ring-size"],
    ["CC=O", { isKnown: () => true }, "duplicate"],
    ["O=C1C=CC(=O)C=C1", { maxSaScore: 1 }, "alert:pains"],
    ["CCCCCCCC", { alerts: [], maxSaScore: 1, minQed: 1, maxLogP: 0, maxRotatableBonds: 0 }, "sa-score"],
    ["CCCCCCCC", { alerts: [], minQed: 1, maxLogP: 0, maxRotatableBonds: 0 }, "qed"],
    ["OCC(O)CO", { minLogP: 0, maxTpsa_angstrom2: 1, maxRotatableBonds: 0 }, "logp"],
    ["OCC(O)CO", { maxTpsa_angstrom2: 1, maxRotatableBonds: 0 }, "tpsa"],
    [OLIGOGLYCINE, { ...LARGE, maxRotatableBonds: 1 }, "rotatable-bonds"],
    [OLIGOGLYCINE, { ...LARGE, rules: ["veber", "lipinski"] }, "veber"],
  ])("tries its rules in their order: %s", (smiles, { isKnown, ...input }: Record<string, unknown>, rule) => {
    const options = { settings: settings(input), ...(isKnown ? { isKnown: () => true } : {}) };
    expect(chemistry.filter(smiles, options)).toMatchObject({ rejection: { rule } });
  });

  it("lets one violation of the rule of five pass", () => {
    const greasy = filter("CCCCCCCCCCCCCCCC", { maxHeavyAtoms: 20, alerts: [], rules: ["lipinski"] });
    expect(greasy).toMatchObject({ outcome: "accepted", descriptors: { logP: expect.closeTo(6.4876, 4) } });
  });

  it("keeps zwitterions and nitro groups: their net charge is zero", () => {
    const nitro = filter("C[N+](=O)[O-]", { alerts: [] });
    const glycine = filter("[NH3+]CC(=O)[O-]", { alerts: [] });
    expect([nitro.outcome, glycine.outcome]).toEqual(["accepted", "accepted"]);
  });

  it("rejects what is known already, by InChIKey, however it is written", () => {
    const known = new Set([identity("CCOC(C)=O").inchiKey]);
    const verdict = chemistry.filter("O=C(C)OCC", { settings: settings(), isKnown: (key) => known.has(key) });
    expect(verdict).toMatchObject({ outcome: "rejected", rejection: { rule: "duplicate" } });
  });

  it("keeps the identity of a molecule that it rejects", () => {
    expect(filter("CCBr")).toMatchObject({ identity: identity("CCBr") });
    expect(filter("CC(")).toMatchObject({ identity: null });
  });

  it("does not look for alerts when none are asked for", () => {
    expect(filter("O=C1C=CC(=O)C=C1", { alerts: [] }).outcome).toBe("accepted");
  });
});
