import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addLeaf,
  EMPTY_TREE,
  inclusionProof,
  type MerkleTree,
  merkleRoot,
  provesInclusion,
} from "#core/notebook/proof/merkle.ts";

/** RFC 6962, 2.1, word for word. */
const definition = (leaves: Uint8Array[]): string => {
  const hash = (...parts: Uint8Array[]) => {
    const digest = createHash("sha256");
    for (const part of parts) digest.update(part);
    return digest.digest();
  };
  const root = (d: Uint8Array[]): Buffer => {
    if (d.length === 0) return hash();
    if (d.length === 1) return hash(Uint8Array.of(0), d[0]!);
    let k = 1;
    while (k * 2 < d.length) k *= 2;
    return hash(Uint8Array.of(1), root(d.slice(0, k)), root(d.slice(k)));
  };
  return root(leaves).toString("hex");
};

const treeOf = (leaves: Uint8Array[]): MerkleTree => leaves.reduce(addLeaf, EMPTY_TREE);
const leaves = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 40 });

describe("the Merkle tree", () => {
  it("has the roots of the certificate-transparency test vectors", () => {
    const inputs = [
      "",
      "00",
      "10",
      "2021",
      "3031",
      "40414243",
      "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ];
    const data = inputs.map((hex) => Buffer.from(hex, "hex"));
    expect(merkleRoot(treeOf([])).toString("hex")).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    expect(merkleRoot(treeOf(data.slice(0, 1))).toString("hex")).toBe(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    );
    expect(merkleRoot(treeOf(data)).toString("hex")).toBe(
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    );
  });

  it("is the recursive definition, leaf by leaf", () => {
    fc.assert(fc.property(leaves, (data) => merkleRoot(treeOf(data)).toString("hex") === definition(data)));
  });

  it("proves every leaf and nothing else", () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.uint8Array(), (data, choice, foreign) => {
        if (data.length === 0) return;
        const index = choice % data.length;
        const leaf = data[index]!;
        const root = merkleRoot(treeOf(data));
        const proof = inclusionProof(data, index);
        const claim = { leaf, index, size: data.length, root };
        expect(provesInclusion(claim, proof)).toBe(true);
        if (Buffer.compare(foreign, leaf) !== 0) {
          expect(provesInclusion({ ...claim, leaf: foreign }, proof)).toBe(false);
        }
        expect(provesInclusion(claim, [...proof, root])).toBe(false);
        expect(provesInclusion({ ...claim, index: data.length }, proof)).toBe(false);
      }),
    );
  });
});
