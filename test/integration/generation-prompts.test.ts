import { beforeAll, describe, expect, it } from "vitest";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { morganFingerprint, tanimoto } from "#core/generation/measure/fingerprint.ts";
import { openModel } from "#core/generation/network/model.ts";
import type { PromptTemplate } from "#core/generation/sampling/prompt.ts";
import { decoratePrompts, linkPrompts, nearPrompts } from "#core/generation/sampling/prompts.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";

const model = await openModel("resources/models/small-organics");
let rdkit: RDKit;
beforeAll(async () => {
  rdkit = await loadRdkit();
});

async function write(prompts: readonly PromptTemplate[], count = 60): Promise<string[]> {
  const result: string[] = [];
  for await (const { smiles } of sampleMolecules(model, {
    count,
    seed: 4,
    temperature: 1,
    constrained: true,
    prompts,
  }))
    result.push(smiles);
  return result;
}

/** Share of the strings that are molecules containing the pattern. */
function shareWith(smiles: readonly string[], smarts: string): number {
  using pattern = rdkit.get_qmol(smarts)!;
  const hits = smiles.filter((text) => {
    const mol = parseSmiles(rdkit, text);
    if (isInvalid(mol)) return false;
    const match = mol.get_substruct_match(pattern);
    mol.delete();
    return match !== "{}";
  });
  return hits.length / smiles.length;
}

describe("decoratePrompts", () => {
  it("keeps the scaffold, binds an atom to every attachment point, and gives different molecules", async () => {
    const smiles = await write(decoratePrompts(rdkit, model, "*C1CC(*)O1"));
    expect(shareWith(smiles, "C1(-[!#1])CC(-[!#1])O1")).toBe(1);
    expect(new Set(smiles).size).toBeGreaterThan(30);
  });

  it("decorates an aromatic ring with rings and chains that are whole", async () => {
    const smiles = await write(decoratePrompts(rdkit, model, "*c1ccc(*)cc1"));
    expect(shareWith(smiles, "[!#1]-c1ccc(-[!#1])cc1")).toBe(1);
    expect(shareWith(smiles, "c1ccccc1.*~1~*~*~*~*~1")).toBeGreaterThan(0);
  });

  it("begins with an atom that bears a point only where no other is there", () => {
    const beginnings = (scaffold: string) =>
      decoratePrompts(rdkit, model, scaffold).map((prompt) =>
        prompt.map((item) => (item.kind === "token" ? model.vocabulary.tokens[item.token] : "*")).join(""),
      );
    expect(
      beginnings("*c1ccccc1*").filter((text) => text.startsWith("c1(") || text.startsWith("c1*")),
    ).toEqual([]);
    expect(beginnings("*C*")).toEqual(["C(*)*"]);
  });

  it("decorates through a double bond and on an aromatic nitrogen", async () => {
    expect(shareWith(await write(decoratePrompts(rdkit, model, "*=C1CCC1"), 20), "[!#1]=C1CCC1")).toBe(1);
    expect(shareWith(await write(decoratePrompts(rdkit, model, "*n1cccc1"), 20), "[!#1]-n1cccc1")).toBe(1);
  });

  it("writes every molecule whole where the template leaves little room and few ring labels", async () => {
    const tetracene = "c1ccc2cc3cc4c(*)cccc4cc3cc2c1";
    const sixfold = "*c1c(*)c(*)c(*)c(*)c1*";
    for (const [scaffold, smarts] of [
      [tetracene, "c1ccc2cc3cc4c(-[!#1])cccc4cc3cc2c1"],
      [sixfold, "[!#1]-c1c(-[!#1])c(-[!#1])c(-[!#1])c(-[!#1])c1-[!#1]"],
    ] as const) {
      const smiles = await write(decoratePrompts(rdkit, model, scaffold), 40);
      expect(smiles).toHaveLength(40);
      expect(shareWith(smiles, smarts)).toBe(1);
    }
  });

  it("counts what cannot be written to its end, and gives no part of it as a sample", async () => {
    const longest = model.card.architecture.maxTokens;
    const token = model.vocabulary.tokens.indexOf("C");
    const prompts: PromptTemplate[] = [
      [{ kind: "rest" }],
      Array.from({ length: longest + 1 }, () => ({ kind: "token", token })),
    ];
    const [written, givenUp]: [number[], number[]] = [[], []];
    const options = { count: 6, seed: 4, temperature: 1, constrained: true, prompts };
    const control = { onGivenUp: (index: number) => givenUp.push(index) };
    for await (const { index } of sampleMolecules(model, options, control)) written.push(index);
    expect({ written, givenUp }).toEqual({ written: [0, 2, 4], givenUp: [1, 3, 5] });
  });

  it("takes numbered attachment points for plain ones", () => {
    expect(decoratePrompts(rdkit, model, "[*:1]c1ccc(-[*:2])cc1")).toEqual(
      decoratePrompts(rdkit, model, "*c1ccc(*)cc1"),
    );
  });

  it.each([
    ["c1ccccc1", /attachment point/],
    ["*C1CC", /not a SMILES/],
    ["*[Se]C", /does not know/],
    ["*F*", /No molecule|not a SMILES/],
  ])("refuses %s and says why", (scaffold, message) => {
    expect(() => decoratePrompts(rdkit, model, scaffold)).toThrowError(
      expect.objectContaining({ code: "invalid-input", message: expect.stringMatching(message) }),
    );
  });
});

describe("linkPrompts", () => {
  it("joins the two fragments by a chain of its own", async () => {
    const smiles = await write(linkPrompts(rdkit, model, { first: "*C1CC1", second: "*C1CCO1" }));
    expect(shareWith(smiles, "[!#1]-C1CC1")).toBe(1);
    expect(shareWith(smiles, "[!#1]-C1CCO1")).toBe(1);
    for (const text of smiles) {
      using mol = rdkit.get_mol(text)!;
      expect(mol.get_num_atoms()).toBeGreaterThan(3 + 4);
    }
    expect(new Set(smiles).size).toBeGreaterThan(20);
  });

  it("adds no third single bond to sulfur", async () => {
    const smiles = await write(linkPrompts(rdkit, model, { first: "*#C", second: "*C" }));
    expect(shareWith(smiles, "[SX3,SX4;$(S(-[!#9])(-[!#9])-[!#9])]")).toBe(0);
    expect(shareWith(smiles, "S#C")).toBe(0);
    expect(shareWith(smiles, "C#C")).toBeGreaterThan(0);
  });

  it("refuses a fragment with two attachment points", () => {
    expect(() => linkPrompts(rdkit, model, { first: "*CC*", second: "*C" })).toThrowError(
      expect.objectContaining({ code: "invalid-input" }),
    );
  });
});

describe("nearPrompts", () => {
  it("stays nearer to the molecule than free samples do", async () => {
    const smiles = "CC(=O)OC1CCCO1";
    const fingerprint = (text: string) => {
      const mol = parseSmiles(rdkit, text);
      if (isInvalid(mol)) return undefined;
      const bits = morganFingerprint(mol);
      mol.delete();
      return bits;
    };
    const target = fingerprint(smiles)!;
    const similarity = (texts: readonly string[]) => {
      const bits = texts.map(fingerprint).filter((f) => f !== undefined);
      return bits.reduce((sum, f) => sum + tanimoto(f, target), 0) / bits.length;
    };
    const near = similarity(await write(nearPrompts(rdkit, model, { smiles, seed: 1 })));
    const free = similarity(await write([[{ kind: "rest" }]]));
    expect(near).toBeGreaterThan(2 * free);
  });

  it.each(["C", "N#N"])("keeps the first atom of a molecule as small as %s", (smiles) => {
    const first = model.vocabulary.tokens.indexOf(smiles[0]!);
    for (const prompt of nearPrompts(rdkit, model, { smiles, seed: 1 }))
      expect(prompt[0]).toEqual({ kind: "token", token: first });
  });

  it.each(["*", "*C"])("refuses %s and says why", (smiles) => {
    expect(() => nearPrompts(rdkit, model, { smiles, seed: 1 })).toThrowError(
      expect.objectContaining({ code: "invalid-input", message: expect.stringMatching(/without \*/) }),
    );
  });
});
