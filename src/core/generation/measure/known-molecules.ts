/** A compact set of the molecules a model has seen: hashes, from which no molecule can be read. */
import { createHash } from "node:crypto";

/** Bits kept of each hash: 200,000 molecules make one unknown molecule in 1,300 look known, two million one in 130. */
const HASH_BITS = 28;
const MAGIC = "KNM1";

/** Whether a molecule, as canonical SMILES without stereo marks, was in the set. */
export interface KnownMolecules {
  readonly size: number;
  has(canonicalSmiles: string): boolean;
}

const hashOf = (canonicalSmiles: string) =>
  createHash("sha256").update(canonicalSmiles).digest().readUInt32LE(0) >>> (32 - HASH_BITS);

/** Packs molecules: "KNM1", the number of hashes, then the differences of the sorted hashes as LEB128 (two bytes each as a rule). */
export function packKnownMolecules(canonicalSmiles: Iterable<string>): Uint8Array {
  const hashes = [...new Set(Array.from(canonicalSmiles, hashOf))].sort((a, b) => a - b);
  const bytes: number[] = [];
  let before = 0;
  for (const hash of hashes) {
    let rest = hash - before;
    before = hash;
    for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
    bytes.push(rest);
  }
  const head = Buffer.alloc(8);
  head.write(MAGIC, "latin1");
  head.writeUInt32LE(hashes.length, 4);
  return Buffer.concat([head, Uint8Array.from(bytes)]);
}

/** @throws Error saying what is wrong with anything but a file of `packKnownMolecules` */
export function readKnownMolecules(file: Uint8Array): KnownMolecules {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 8 || bytes.toString("latin1", 0, 4) !== MAGIC)
    throw new Error(`it does not begin with ${MAGIC}`);
  const count = bytes.readUInt32LE(4);
  // Each hash takes a byte or more: a wrong number must not ask for gigabytes.
  if (count > bytes.length - 8) throw new Error("it is cut short");
  const hashes = new Uint32Array(count);
  let at = 8;
  let hash = 0;
  for (let i = 0; i < hashes.length; i++) {
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error("it is cut short");
      hash += (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    hashes[i] = hash;
  }
  if (at !== bytes.length) throw new Error("it is too long");
  return { size: hashes.length, has: (canonicalSmiles) => isIn(hashes, hashOf(canonicalSmiles)) };
}

function isIn(sorted: Uint32Array, value: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
