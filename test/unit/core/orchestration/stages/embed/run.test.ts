import { describe, expect, it } from "vitest";
import { distances, embedded, farthestApart } from "../relaxed.ts";

/** A gradient of 4.5e-4 Eh/bohr leaves soft angles so far off, Å. */
const TOLERANCE_ANGSTROM = 0.02;

describe("Embedding what MMFF94 has no parameters for, or too long ones", () => {
  // RHF and UHF/6-31G* minima computed with PySCF 2.14, Å.
  it.each([
    ["[C-]#[O+]", "RHF", [1.1139]],
    ["N#[O+]", "RHF", [1.0405]],
    ["[C-]#N", "RHF", [1.1607]],
    // MMFF94 has parameters for it, and 1.80 Å.
    ["[C-]#[S+]", "RHF", [1.5197]],
    ["[Li]F", "RHF", [1.555]],
    ["[2H][H]", "RHF", [0.73]],
    ["[Be]([H])[H]", "RHF", [1.3342, 1.3342, 2.6685]],
    ["B", "RHF", [1.1883, 1.1883, 1.1883, 2.0582, 2.0582, 2.0582]],
    ["[CH3]", "UHF", [1.0726, 1.0726, 1.0726, 1.8577, 1.8578, 1.8578]],
    ["[CH2]", "RHF", [1.0971, 1.0971, 1.7177]],
  ])("ends at the Hartree–Fock minimum: %s", async (smiles, field, expected) => {
    const found = await embedded(smiles);
    if (found.outcome === "failed") throw new Error(found.detail);
    expect(found.conformer.method).toMatch(new RegExp(`^[a-z0-9. ]+ \\+ ${field}/6-31G\\*$`));
    expect(found.conformer.forceFieldEnergy_kcal_per_mol).toBeNull();
    expect(farthestApart(distances(found.conformer), expected)).toBeLessThan(TOLERANCE_ANGSTROM);
  });

  it("relaxes in the multiplicity that is asked for: triplet methylene is wider", async () => {
    const [singlet, triplet] = [await embedded("[CH2]", 1), await embedded("[CH2]", 3)];
    if (singlet.outcome === "failed" || triplet.outcome === "failed") throw new Error("not embedded");
    expect(triplet.conformer.method).toContain("UHF");
    expect(distances(triplet.conformer)[2]!).toBeGreaterThan(distances(singlet.conformer)[2]! + 0.1);
  });

  it("refuses a spin that its electrons cannot have before it relaxes", async () => {
    await expect(embedded("[CH3]", 1)).rejects.toThrow(/9 electrons .*multiplicity 1: expected an even/);
  });

  it("relaxes the molecule of the SMILES where another charge is to be computed in its geometry", async () => {
    const ion = await embedded("[C-]#[O+]", 2, 1);
    if (ion.outcome === "failed") throw new Error(ion.detail);
    expect(ion.conformer.method).toContain("RHF");
    expect(distances(ion.conformer)[0]!).toBeCloseTo(1.114, 2);
  });

  it("refuses, with the reason, elements that no basis set here has", async () => {
    expect(await embedded("F[Xe]F")).toMatchObject({
      outcome: "failed",
      reason: "not-relaxed",
      detail: expect.stringMatching(/MMFF94 has no parameters for it, and no basis set here has all .*Xe/),
    });
  });

  it("refuses marks that are on no bond of the molecule", async () => {
    const marking = (marked: string) => embedded("CCO", undefined, undefined, { marked });
    expect(await marking("C[CH2:1][OH:2]")).toMatchObject({ outcome: "embedded", bond: [1, 2] });
    for (const marked of ["[CH3:1]C[OH:2]", "C[CH2:1][OH:2].Cl", "C[CH2:1][OH:3]", "C[CH2:1]O"])
      expect(await marking(marked)).toMatchObject({ outcome: "failed", reason: "no-marked-bond" });
  });

  it("names the marks of stereo that it drops", async () => {
    expect(await embedded("CC[N@](C)Cl")).toMatchObject({ droppedMarks: ["[N@] (atom 3)"] });
  });
});
