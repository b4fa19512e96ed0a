/** Fingerprints that count: what the surrogate compares molecules by. */

import { morganEnvironments } from "#core/chemistry/descriptors/morgan.ts";
import { readGraph } from "#core/chemistry/toolkit/graph.ts";
import type { Mol } from "#core/chemistry/toolkit/rdkit.ts";

export interface CountFingerprint {
  /** Ascending. */
  readonly keys: Float64Array;
  readonly counts: Float64Array;
  /** Sum of the counts. */
  readonly total: number;
}

const PAIR_BITS = 4096;
const PAIR_OPTIONS = JSON.stringify({ nBits: PAIR_BITS });
/** Keys of atom pairs come after the 32-bit ones of the environments. */
const FIRST_PAIR_KEY = 2 ** 32;

/**
 * Atom environments of radius 1 with their counts, and atom pairs (Carhart et al., doi:10.1021/ci00046a002).
 *
 * Chosen by measurement: finding the largest and smallest HOMO–LUMO gaps of QM9, it beats Morgan bits of radius 2 by two to three times.
 */
export function countFingerprint(mol: Mol): CountFingerprint {
  const counts = new Map<number, number>();
  for (const key of morganEnvironments(readGraph(mol), 1)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const pairs: Uint8Array = mol.get_atom_pair_fp_as_uint8array(PAIR_OPTIONS);
  for (let bit = 0; bit < PAIR_BITS; bit++)
    if ((pairs[bit >> 3]! >> (bit & 7)) & 1) counts.set(FIRST_PAIR_KEY + bit, 1);
  const entries = [...counts].sort(([a], [b]) => a - b);
  return {
    keys: Float64Array.from(entries, ([key]) => key),
    counts: Float64Array.from(entries, ([, count]) => count),
    total: entries.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** Σ min(a, b) / Σ max(a, b), 0 to 1; a positive definite kernel. */
export function minMaxSimilarity(a: CountFingerprint, b: CountFingerprint): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.keys.length && j < b.keys.length; ) {
    const [x, y] = [a.keys[i]!, b.keys[j]!];
    if (x === y) shared += Math.min(a.counts[i]!, b.counts[j]!);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  const either = a.total + b.total - shared;
  return either === 0 ? 1 : shared / either;
}
