/**
 * Uniform numbers in [0, 1) from a 32-bit seed (mulberry32): the same on every machine, good enough to start a search or
 * to draw samples, not for secrets.
 */
export function uniformNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A normal number of mean 0 and variance 1 by Box and Muller's transform (doi:10.1214/aoms/1177706645). @param random uniform in [0, 1) */
export const standardNormal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
