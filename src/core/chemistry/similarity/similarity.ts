/** Comparing one fingerprint with many: packed side by side, so that 100,000 take some ten milliseconds. */

/** Fingerprints of equal length, one after the other, as 32-bit words. */
export interface PackedFingerprints {
  readonly words: Uint32Array;
  readonly wordsEach: number;
  /** Number of bits set in each. */
  readonly bitCounts: Uint16Array;
}

export interface Similar {
  /** Place in the packed list. */
  index: number;
  /** Tanimoto coefficient, 0 … 1. */
  similarity: number;
}

/**
 * Packs fingerprints of one length, a multiple of four bytes.
 *
 * @throws RangeError where the lengths differ.
 */
export function packFingerprints(fingerprints: readonly Uint8Array[]): PackedFingerprints {
  const bytesEach = fingerprints[0]?.length ?? 0;
  const bytes = new Uint8Array(bytesEach * fingerprints.length);
  for (const [i, fingerprint] of fingerprints.entries()) {
    if (fingerprint.length !== bytesEach || bytesEach % 4 !== 0) {
      throw new RangeError(
        `Fingerprint ${i} has ${fingerprint.length} bytes, expected ${bytesEach}, a multiple of 4.`,
      );
    }
    bytes.set(fingerprint, i * bytesEach);
  }
  return packBytes(bytes, bytesEach);
}

/** Fingerprints of `bytesEach` bytes, a multiple of four, that lie one after the other already. */
export function packBytes(bytes: Uint8Array, bytesEach: number): PackedFingerprints {
  const wordsEach = bytesEach / 4;
  if (bytes.length === 0) return { words: new Uint32Array(), wordsEach, bitCounts: new Uint16Array() };
  if (bytes.length % bytesEach !== 0)
    throw new RangeError(`Expected fingerprints of ${bytesEach} bytes, got ${bytes.length} bytes in all.`);
  // Words must begin at a multiple of four bytes.
  const whole = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const words = new Uint32Array(whole.buffer, whole.byteOffset, bytes.length / 4);
  const bitCounts = new Uint16Array(bytes.length / bytesEach);
  for (let i = 0; i < bitCounts.length; i++) bitCounts[i] = countBits(words, i * wordsEach, wordsEach);
  return { words, wordsEach, bitCounts };
}

/**
 * The fingerprints most similar to a query: |a ∧ b| / |a ∨ b| (Tanimoto; 1 for two empty ones), best first, equal ones in order.
 *
 * Skips those whose number of bits alone keeps them below the threshold.
 *
 * @param threshold least similarity, 0 … 1
 * @param limit at most so many
 */
export function mostSimilar(
  library: PackedFingerprints,
  query: Uint8Array,
  { threshold, limit }: { threshold: number; limit: number },
): Similar[] {
  const { words, wordsEach, bitCounts } = library;
  const asked = queryWords(query, wordsEach);
  const askedBits = countBits(asked, 0, wordsEach);
  const found: Similar[] = [];
  for (let index = 0; index < bitCounts.length; index++) {
    const bits = bitCounts[index]!;
    // A quotient, as below: 0.28 × 25 is rounded up beyond 7, and what is just similar enough would be lost.
    if (Math.min(bits, askedBits) / Math.max(bits, askedBits) < threshold) continue;
    let shared = 0;
    for (let i = 0, at = index * wordsEach; i < wordsEach; i++, at++)
      shared += popcount(asked[i]! & words[at]!);
    const either = bits + askedBits - shared;
    const similarity = either === 0 ? 1 : shared / either;
    if (similarity >= threshold) found.push({ index, similarity });
  }
  return found.sort((a, b) => b.similarity - a.similarity || a.index - b.index).slice(0, limit);
}

/** Places of the fingerprints that have every bit of the query: the molecules that may contain a substructure. */
export function containingAll(library: PackedFingerprints, query: Uint8Array): number[] {
  const { words, wordsEach, bitCounts } = library;
  const asked = queryWords(query, wordsEach);
  const used = Uint32Array.from([...asked.keys()].filter((i) => asked[i] !== 0));
  const found: number[] = [];
  for (let index = 0; index < bitCounts.length; index++) {
    const at = index * wordsEach;
    let next = 0;
    while (next < used.length && (asked[used[next]!]! & ~words[at + used[next]!]!) === 0) next++;
    if (next === used.length) found.push(index);
  }
  return found;
}

function queryWords(query: Uint8Array, wordsEach: number): Uint32Array {
  if (wordsEach > 0 && query.length !== 4 * wordsEach) {
    throw new RangeError(`The query has ${query.length} bytes, expected ${4 * wordsEach}.`);
  }
  return new Uint32Array(query.slice().buffer);
}

function countBits(words: Uint32Array, from: number, count: number): number {
  let sum = 0;
  for (let i = from; i < from + count; i++) sum += popcount(words[i]!);
  return sum;
}

/** Number of bits set in a 32-bit word (Warren, Hacker's Delight, 5-1). */
function popcount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
