import { describe, expect, it } from "vitest";
import { namelessStereo } from "#core/chemistry/stereo/open-stereo.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";

const rdkit = await loadRdkit();

describe("Stereo without a name", () => {
  it.each([
    ["CC=C=CC", 1],
    ["CC=C=C", 0],
    ["CC=C=C(C)C", 0],
    ["CC(F)=C=C(F)C", 1],
    ["CC=C=C=CC", 1],
    ["CC=C=C=C", 0],
    ["CC=CC", 0],
    ["O=C=O", 0],
    ["CCC=C=C1CCCCC1", 0],
    ["Cc1cccc(Cl)c1-c1c(C)cccc1Cl", 1],
    ["c1ccccc1-c1ccccc1", 0],
    ["Oc1ccc2ccccc2c1-c1c(O)ccc2ccccc12", 1],
    ["FP(F)(F)(F)F", 0],
    ["CP(F)(F)(F)F", 1],
    ["FS(F)(F)(F)(F)c1ccccc1", 0],
    ["CS(F)(F)(F)(F)C", 1],
  ])("of %s: %i", (smiles, count) => {
    using mol = rdkit.get_mol(smiles)!;
    expect(namelessStereo(mol)).toBe(count);
  });
});
