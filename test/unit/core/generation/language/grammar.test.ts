import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { createGrammar, type Enclosure } from "#core/generation/language/grammar.ts";
import { createVocabulary, END, SPECIAL_TOKENS } from "#core/generation/language/vocabulary.ts";
import { randomStream } from "#core/generation/random-stream.ts";

const MAX_TOKENS = 60;
const TOKENS =
  "# ( ) - 1 2 3 4 = Br C Cl F I N O P S [N+] [N-] [O-] [n+] [nH] [NH3+] [S+] [nH+] c n o p s %10".split(" ");
const vocabulary = createVocabulary([...SPECIAL_TOKENS, ...TOKENS]);
const grammar = createGrammar(vocabulary, MAX_TOKENS);

/** The tokens up to the first that the grammar refuses; undefined where it accepts the string to its end. */
function refusedAfter(smiles: string, enclosedFrom = Infinity): string | undefined {
  const encoded = vocabulary.encode(smiles);
  if (!("ids" in encoded)) throw new Error(`unknown token ${encoded.unknown}`);
  let state = grammar.start;
  let enclosure: Enclosure | undefined;
  for (const [i, token] of [...encoded.ids, END].entries()) {
    if (i === enclosedFrom)
      enclosure = { branches: state.branches.length, rings: new Set(state.rings.keys()) };
    if (enclosure && state.branches.length < enclosure.branches) enclosure = undefined;
    const next = grammar.next(state, token, enclosure);
    if (!next) return vocabulary.decode(encoded.ids.subarray(0, i));
    state = next;
  }
  return undefined;
}

describe("the grammar accepts", () => {
  it.each([
    "C",
    "CC(C)(C)C",
    "C1CC1",
    "O=C(O)c1ccccc1",
    "Cn1cnc2c1c(=O)n(C)c(=O)n2C",
    "c1ccc2[nH]ccc2c1",
    "O=c1cc[nH]c(=O)[nH]1",
    "CS(=O)(=O)c1ccc(-c2ccccc2)cc1",
    "O=[N+]([O-])c1ccncc1",
    "[O-][n+]1ccccc1",
    "C[N+](C)(C)[O-]",
    "O=P(O)(O)OCC",
    "FS(F)(F)(F)(F)F",
    "FS(F)(F)(F)(F)c1ccccc1",
    "CCN(CC)S(F)(F)F",
    "CS(C)=O",
    "CS(C)(=N)=O",
    "C1CS(C)(=O)=NC1",
    "N=S1(=O)CCC1",
    "O=S1CCC=N1",
    "O=C1C=CS(=O)(=O)N1",
    "C=S(=O)=O",
    "O=S=O",
    "C1CC2CCC1CC2",
    "c1ccc2c(c1)c1cccc3cccc2c31",
    "C=C1C=CC(=C)C=C1",
    "c1cc2ccc3cccc4ccc(c1)c2c34",
    "Cc1nc(=O)c2ncn(C)c2[nH]1",
    "C1%10CC1CC%10",
  ])("%s", (smiles) => {
    expect(refusedAfter(smiles)).toBeUndefined();
  });
});

describe("in a part that one bond joins to the rest, the grammar", () => {
  /** "c1(" comes before the part. */
  const begun = 3;

  it("accepts an aromatic ring of its own", () => {
    expect(refusedAfter("c1(-c2cc[nH]c2)ccccc1", begun)).toBeUndefined();
    expect(refusedAfter("c1(Cn2cccc2)ccccc1", begun)).toBeUndefined();
  });

  it.each([
    ["an aromatic atom that lacks room for a ring", "c1([nH]cccc1)", "c1("],
    ["a chain of aromatic atoms outside any ring of its own", "c1(cccc1)", "c1(c"],
    ["a bond that takes the room of an aromatic atom for its ring", "c1(c-C)cccc1", "c1(c"],
  ])("refuses %s", (_case, smiles, accepted) => {
    expect(refusedAfter(smiles, begun)).toBe(accepted);
    expect(refusedAfter(smiles)).not.toBe(accepted);
  });
});

it("refuses an aromatic atom in a part of the molecule where no label is left for its ring", () => {
  const few = createVocabulary([...SPECIAL_TOKENS, ..."( ) 1 2 c n".split(" ")]);
  const scarce = createGrammar(few, MAX_TOKENS);
  const after = (smiles: string) =>
    [...(few.encode(smiles) as { ids: Uint8Array }).ids].reduce(
      (state, token) => scarce.next(state, token)!,
      scarce.start,
    );
  const mayBegin = (smiles: string) => {
    const state = after(smiles);
    const enclosure = { branches: state.branches.length, rings: new Set(state.rings.keys()) };
    return scarce.next(state, few.tokens.indexOf("n"), enclosure) !== undefined;
  };
  expect(mayBegin("c1c(")).toBe(true);
  expect(mayBegin("c12ccc(")).toBe(false);
});

describe("the grammar refuses", () => {
  it.each([
    ["a fifth bond of carbon", "CC(C)(C)(C)C", "CC(C)(C)(C)"],
    ["a second bond of fluorine", "CFC", "CF"],
    ["an end with an open ring", "C1CC", "C1CC"],
    ["an end with an open branch", "CC(C", "CC(C"],
    ["an end after a bond", "CC=", "CC="],
    ["an empty branch", "CC()C", "CC("],
    ["a branch that closes nothing", "CC)C", "CC"],
    ["a ring of two atoms", "C1C1", "C1C"],
    ["a ring label whose bonds differ", "C=1CCC#1", "C=1CCC#"],
    ["an aromatic chain", "Cccc", "Cc"],
    ["an aromatic ring of five carbons", "c1cccc1", "c1cccc1"],
    ["a pyrrole without its hydrogen", "c1ccnc1", "c1ccnc1"],
    ["a ring that nothing can close any more", "C1CF", "C1C"],
    ["an ammonium nitrogen that would be a radical", "C[N+](C)C", "C[N+](C)"],
    ["an aromatic ammonium nitrogen that would be a radical", "c1cc[n+]cc1", "c1cc[n+]"],
    ["sulfur with four single bonds", "CS(C)(C)C", "CS(C)("],
    ["sulfur of a ring with a third single bond", "C1CCS1C#N", "C1CCS1"],
    ["sulfur that closes a ring as its third single bond", "C1CCCS1(C)C", "C1CCCS1("],
    ["a triple bond to sulfur", "C#SC", "C#"],
    ["a double bond of sulfur with two single ones to carbon", "CS(=C)C", "CS(="],
    ["sulfur of valence four with a hydrogen", "CS=O", "CS="],
    ["sulfur of valence six with a hydrogen", "C(S(=O)=O)C", "C(S(=O)="],
    ["a double bond to neutral aromatic nitrogen", "Cn1nc[nH]n1=O", "Cn1nc[nH]n1"],
    ["a substituent on the nitrogen that the double bonds need", "Cc1scnn1C", "Cc1scnn1"],
    ["a branch on the nitrogen that the double bonds need", "Cc1scnn1(C)", "Cc1scnn1"],
    ["a fifth neighbour of a double bond in a pyrrole", "Cn1cc[nH]c1-C", "Cn1cc[nH]c1"],
    ["an aromatic atom between rings", "n1(nc2nnnn2)cccc1", "n1(nc2nnnn2"],
    ["a string longer than the limit", "C".repeat(MAX_TOKENS + 1), "C".repeat(MAX_TOKENS)],
  ])("%s", (_, smiles, accepted) => {
    expect(refusedAfter(smiles)).toBe(accepted);
  });
});

describe("against RDKit", () => {
  let rdkit: RDKit;
  beforeAll(async () => {
    rdkit = await loadRdkit();
  });
  const isValid = (smiles: string) => {
    const mol = parseSmiles(rdkit, smiles);
    if (isInvalid(mol)) return false;
    mol.delete();
    return true;
  };

  /** Walks through the grammar by chance, each token as likely as in molecules; undefined where it comes to a dead end. */
  function randomString(seed: number): string | undefined {
    const random = randomStream(seed, 0);
    const written: number[] = [];
    const common = [..."CCCCCCNO=()()112ccccnosF", "Cl", "[nH]", "[N+]", "[O-]"].map((t) =>
      vocabulary.tokens.indexOf(t),
    );
    for (let state = grammar.start; ; ) {
      const choices = new Set(random() < 0.1 ? [END] : common);
      let next: typeof state | undefined;
      let token = END;
      while (!next && choices.size > 0) {
        token = [...choices][Math.floor(random() * choices.size)]!;
        choices.delete(token);
        next = grammar.next(state, token);
      }
      if (!next) return undefined;
      if (token === END) return vocabulary.decode(written);
      written.push(token);
      state = next;
    }
  }

  it("accepts by chance only strings of which nearly all are molecules", () => {
    const strings = Array.from({ length: 9000 }, (_, seed) => randomString(seed)).filter(
      (s) => s !== undefined,
    );
    expect(strings.length).toBeGreaterThan(300);
    const invalid = strings.filter((smiles) => !isValid(smiles));
    expect(invalid.length / strings.length).toBeLessThan(0.01);
  });

  it("refuses no molecule of a known set", async () => {
    const { records } = JSON.parse(
      await readFile(new URL("../logits-drug-like.json", import.meta.url), "utf8"),
    );
    for (const { smiles } of records) {
      expect(isValid(smiles)).toBe(true);
      expect(refusedAfter(smiles)).toBeUndefined();
    }
  });
});
