import { beforeAll, describe, expect, it } from "vitest";
import { reactionProduct } from "#core/chemistry/sites/reaction-product.ts";
import { loadRdkit, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";

let rdkit: RDKit;
beforeAll(async () => {
  rdkit = await loadRdkit();
});

describe("the product of a reaction", () => {
  it.each([
    ["CC=O", "[C:1]=[O:2]>>[C:1]([H])[O:2][H]", "CCO"],
    ["OCC", "[O:1][H]>>[O-:1]", "CC[O-]"],
    ["CC(=O)O", "[C:1](=[O:2])[O:3][H]>>[C:1](=[O:2])[O-:3]", "CC(=O)[O-]"],
    // Alike atoms give one product.
    ["c1ccccc1", "[c:1][H]>>[c:1]F", "Fc1ccccc1"],
  ])("of %s by %s is %s", (smiles, reaction, product) => {
    expect(reactionProduct(rdkit, smiles, reaction)).toEqual({ smiles: product });
  });

  it.each([
    ["Cc1ccccc1", "[c:1][H]>>[c:1]F", "no-product", /got 3: .*Cc1ccccc1F/],
    ["CCC", "[C:1][H]>>[C:1]F", "no-product", /got 2: /],
    ["CCC", "[C:1]=[O:2]>>[C:1][O:2]", "no-product", /got none/],
    ["CCCl", "[C:1][Cl:2]>>[C+:1].[Cl-:2]", "no-product", /got several molecules/],
    ["C", "[C:1][H]>>[C:1]", "no-product", /got the reactant/],
    ["C", "[C:1", "no-reaction", /expected a reaction SMARTS/],
    [
      "CC=O",
      "[C:1]=[O:2].[N:3]>>[C:1]=[N:3]",
      "no-reaction",
      /of one molecule, got \[C:1\]=\[O:2\]\.\[N:3\]/,
    ],
    ["CC=O", "[C:1]=[O:2]>>", "no-reaction", /expected a reaction SMARTS of one molecule/],
  ])("of %s by %s is refused as %s", (smiles, reaction, reason, detail) => {
    expect(reactionProduct(rdkit, smiles, reaction)).toEqual({
      reason,
      detail: expect.stringMatching(detail),
    });
  });
});
