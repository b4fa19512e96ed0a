import { beforeAll, describe, expect, it } from "vitest";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import {
  type CountFingerprint,
  countFingerprint,
  minMaxSimilarity,
} from "#core/generation/choice/count-fingerprint.ts";

let rdkit: RDKit;
beforeAll(async () => {
  rdkit = await loadRdkit();
});

function fingerprintOf(smiles: string): CountFingerprint {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) throw new Error(parsed.reason);
  using mol = parsed;
  return countFingerprint(mol);
}

describe("countFingerprint", () => {
  // RDKit 2026.9.1 (Python): GetMorganFingerprint(mol, 1) and the bits of GetHashedAtomPairFingerprintAsBitVect(mol, 4096)
  it.each([
    ["C", 1, 1],
    ["CC", 3, 4],
    ["CCO", 9, 9],
    ["c1ccccc1", 10, 20],
    ["Cc1ccccc1O", 36, 42],
    ["CC(=O)Nc1ccc(O)cc1", 68, 75],
  ])("of %s has %d keys, ascending, with %d environments and pairs", (smiles, keys, total) => {
    const found = fingerprintOf(smiles);
    expect(found.keys.length).toBe(keys);
    expect([...found.keys]).toEqual([...new Set(found.keys)].sort((a, b) => a - b));
    expect(found.counts.reduce((a, b) => a + b)).toBe(total);
    expect(found.total).toBe(total);
  });

  it.each([
    ["Cc1ccccc1O", "Cc1ccccc1", 26 / 49],
    ["CCO", "CCN", 4 / 14],
    ["C", "O", 0],
    ["CCO", "OCC", 1],
  ])("gives %s and %s the similarity of RDKit's counts in Python", (a, b, similarity) => {
    expect(minMaxSimilarity(fingerprintOf(a), fingerprintOf(b))).toBe(similarity);
  });
});
