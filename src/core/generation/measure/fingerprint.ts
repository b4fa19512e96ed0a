/** Morgan fingerprints and their Tanimoto similarity. */
import type { Mol } from "#core/chemistry/toolkit/rdkit.ts";

export const FINGERPRINT_BITS = 1024;
const OPTIONS = JSON.stringify({ radius: 2, nBits: FINGERPRINT_BITS });

/** Bits of the Morgan fingerprint of radius 2 in 32-bit words (Rogers and Hahn, doi:10.1021/ci100050t; RDKit). */
export function morganFingerprint(mol: Mol): Uint32Array {
  const bytes: Uint8Array = mol.get_morgan_fp_as_uint8array(OPTIONS);
  return new Uint32Array(Uint8Array.from(bytes).buffer);
}

/** Shared bits over bits set in either, 0 to 1; 1 for two empty fingerprints. */
export function tanimoto(a: Uint32Array, b: Uint32Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    both += countBits(a[i]! & b[i]!);
    either += countBits(a[i]! | b[i]!);
  }
  return either === 0 ? 1 : both / either;
}

function countBits(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
