import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chemistry, identity } from "../open.ts";

const molecules = readFileSync(new URL("../molecules.smi", import.meta.url), "utf8")
  .trim()
  .split("\n");

describe("Identity", () => {
  it("is the same however the SMILES is written", () => {
    expect(identity("OCC")).toEqual(identity("C(O)C"));
    expect(identity("C1=CC=CC=C1")).toEqual({
      canonicalSmiles: "c1ccccc1",
      inchiKey: "UHOVQNZJYSORNB-UHFFFAOYSA-N",
    });
  });

  it("is idempotent: a canonical SMILES is its own canonical SMILES", () => {
    fc.assert(
      fc.property(fc.constantFrom(...molecules), (smiles) => {
        const once = identity(smiles);
        expect(identity(once.canonicalSmiles)).toEqual(once);
      }),
      { numRuns: 200 },
    );
  });

  it("does not know the numbers that reactions map atoms by", () => {
    expect(identity("[CH3:1][CH2:12][OH:3]")).toEqual(identity("CCO"));
    expect(identity("[NH3+:1][C@@H:2]([CH3:4])C(=O)[O-]")).toEqual(identity("[NH3+][C@@H](C)C(=O)[O-]"));
  });

  it.each(["[CH3:1:2]", "[CH3:]", "[:1]", "[CH3:a]"])(
    "refuses %s, which maps no atom as SMILES does",
    (smiles) => {
      expect(chemistry.identify(smiles)).toMatchObject({ outcome: "invalid" });
    },
  );

  it("tells stereoisomers apart, and both from unspecified stereo", () => {
    const keys = ["N[C@@H](C)C(=O)O", "N[C@H](C)C(=O)O", "NC(C)C(=O)O"].map((s) => identity(s).inchiKey);
    expect(new Set(keys).size).toBe(3);
  });

  it("gives tautomers by mobile hydrogens one InChIKey but their own SMILES", () => {
    const [a, b] = [identity("Cc1cnc[nH]1"), identity("Cc1c[nH]cn1")];
    expect(a.inchiKey).toBe(b.inchiKey);
    expect(a.canonicalSmiles).not.toBe(b.canonicalSmiles);
  });

  it.each([
    ["", /empty/],
    ["C1CC", /unclosed ring/],
    ["C(C)(C)(C)(C)C", /valence/],
    ["c1cccc1", /kekulize/i],
    ["not a molecule", /text after the SMILES, "a molecule"/],
    ["CCO |$;;<script>$|", /CXSMILES extension with "\$;;<script>\$"/],
    ["*CC", /InChI/],
    [`C${"(C".repeat(1500)}`, /3001 characters/],
  ])("says why %j is no molecule", (smiles, reason) => {
    const found = chemistry.identify(smiles);
    expect(found).toMatchObject({ outcome: "invalid", reason: expect.stringMatching(reason) });
  });

  it("answers any text without an exception", () => {
    const characters = [..."CNOcno123()[]=#+-@H%/\\.*: |"];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...characters), maxLength: 40 }), (text) => {
        expect(["valid", "invalid"]).toContain(chemistry.identify(text).outcome);
      }),
      { numRuns: 500 },
    );
  });
});
