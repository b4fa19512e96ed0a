/** Seeded random numbers: every sampled molecule draws from a stream of its own, so that neither batch size nor workers change it. */

/**
 * A stream of uniform numbers in [0, 1) with 32 random bits each.
 *
 * xoshiro128** by Blackman and Vigna (doi:10.1145/3460772), seeded through SplitMix32 from both words.
 * @param seed unsigned 32-bit
 * @param stream unsigned 32-bit; equal seeds with different streams give unrelated numbers
 */
export function randomStream(seed: number, stream: number): () => number {
  let word = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(stream + 0x7f4a7c15, 0xc2b2ae35)) >>> 0;
  const next = () => {
    word = (word + 0x9e3779b9) >>> 0;
    let z = word ^ seed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [next(), next(), next(), next() | 1];
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 4294967296;
  };
}
