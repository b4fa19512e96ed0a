/**
 * Merkle tree over the log as in RFC 6962, section 2.1 (Certificate Transparency): leaves and nodes are hashed with
 * different first bytes, so that a node can never pass for a leaf.
 *
 * A tree of n leaves is kept as its peaks: the roots of the full subtrees that n's binary digits name, left to right. Adding
 * a leaf costs O(log n), so a checkpoint of a long log only hashes what came since the last one.
 */
import { sha256 } from "./hash.ts";

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

const leafHash = (leaf: Uint8Array): Buffer => sha256(LEAF, leaf);
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(NODE, left, right);

export interface MerkleTree {
  size: number;
  /** Roots of the full subtrees, largest first. */
  peaks: readonly Buffer[];
}

export const EMPTY_TREE: MerkleTree = { size: 0, peaks: [] };

/** The tree with one leaf more. */
export function addLeaf({ size, peaks }: MerkleTree, leaf: Uint8Array): MerkleTree {
  const grown = [...peaks];
  let hash = leafHash(leaf);
  // Each bit of the size that is 1 stands for a full subtree, and so for a peak to take.
  for (let full = size; full % 2 === 1; full = Math.floor(full / 2)) hash = nodeHash(grown.pop()!, hash);
  return { size: size + 1, peaks: [...grown, hash] };
}

/** The hash that stands for all leaves and their order; SHA-256 of nothing for an empty tree. */
export function merkleRoot({ peaks }: MerkleTree): Buffer {
  if (peaks.length === 0) return sha256();
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** Largest power of two below n. */
const splitOf = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

const rootOf = (leaves: readonly Uint8Array[]): Buffer =>
  merkleRoot(leaves.reduce<MerkleTree>(addLeaf, EMPTY_TREE));

/** The hashes that prove leaf `index` to be in the tree, from the leaf's sibling up (RFC 6962, 2.1.1). */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)];
}

/** Whether the proof leads from a leaf at `index` of a tree of `size` to its root. */
export function provesInclusion(
  { leaf, index, size, root }: { leaf: Uint8Array; index: number; size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const climb = (at: number, of: number, left: number): Buffer | undefined => {
    if (of === 1) return left === 0 ? leafHash(leaf) : undefined;
    const sibling = proof[left - 1];
    if (!sibling) return undefined;
    const split = splitOf(of);
    const inLeft = at < split;
    const own = inLeft ? climb(at, split, left - 1) : climb(at - split, of - split, left - 1);
    if (!own) return undefined;
    return inLeft ? nodeHash(own, sibling) : nodeHash(sibling, own);
  };
  return index >= 0 && index < size && climb(index, size, proof.length)?.equals(root) === true;
}
