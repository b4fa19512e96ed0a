import { afterAll, describe, expect, it } from "vitest";
import { MOST_FORMS, tautomerFinder } from "#core/chemistry/sites/tautomer-smiles.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";

const rdkit = await loadRdkit();
const finder = tautomerFinder(rdkit);
afterAll(() => finder[Symbol.dispose]());

const canonical = (smiles: string): string => {
  const mol = rdkit.get_mol(smiles)!;
  try {
    return mol.get_smiles();
  } finally {
    mol.delete();
  }
};

describe("tautomers of a SMILES", () => {
  it.each([
    ["2-pyridone", "O=c1cccc[nH]1", "Oc1ccccn1"],
    ["4-pyridinol", "Oc1ccncc1", "O=c1cc[nH]cc1"],
    ["acetylacetone", "CC(=O)CC(C)=O", "CC(=O)C=C(C)O"],
    ["5-methylimidazole", "Cc1cnc[nH]1", "Cc1c[nH]cn1"],
    ["formamide", "NC=O", "N=CO"],
  ])("has the likeliest of %s first", (_, given, likeliest) => {
    const { smiles } = finder.of(given, 20);
    expect(smiles[0]).toBe(canonical(likeliest));
    expect(smiles).not.toContain(canonical(given));
    expect(new Set(smiles).size).toBe(smiles.length);
  });

  it("counts an aromatic ring of five atoms for as much as one of six with nitrogen", () => {
    const { smiles } = finder.of("O=c1cc(-c2ccc[nH]2)[nH]cc1", MOST_FORMS);
    // By hand: a ring 100 and C=O 2 each; the first has two aliphatic carbons with a double bond to N or O, the second one.
    const [pyrrole, pyridone] = ["O=C1C=CN=C(c2ccc[nH]2)C1", "O=c1cc[nH]c(C2=CCC=N2)c1"].map(canonical);
    expect(smiles).toContain(pyridone);
    expect(smiles.indexOf(pyrrole!)).toBeLessThan(smiles.indexOf(pyridone!));
    expect(smiles).toContain(pyrrole);
  });

  it("keeps the stereo that no shift touches, and leaves open what one makes", () => {
    const { smiles } = finder.of("C/C=C/C(=O)[C@H](F)C", 20);
    expect(smiles).toContain(canonical("C/C=C/C(O)=C(F)C"));
    expect(smiles).toContain(canonical("C=CCC(=O)[C@H](F)C"));
    expect(finder.of("CC=CC(=O)CC", 20).smiles.join()).not.toMatch(/[/\\]/);
  });

  it("counts what it leaves out, and finds none of what has none", () => {
    const all = finder.of("Nc1ncnc2[nH]cnc12", MOST_FORMS);
    const few = finder.of("Nc1ncnc2[nH]cnc12", 3);
    expect(few).toEqual({ smiles: all.smiles.slice(0, 3), more: all.smiles.length - 3 });
    for (const none of ["C1CCCCC1", "C(", "", "[O][O]", "[CH3:1][CH2:2]C=O"])
      expect(finder.of(none, 3)).toEqual({ smiles: [], more: 0 });
  });
});
