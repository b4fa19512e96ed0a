import { describe, expect, it } from "vitest";
import {
  fitMap,
  KEPT_OF,
  keptNeighbours,
  LEAST_MAPPED,
  placeAmong,
} from "#core/chemistry/similarity/chemical-map.ts";
import { indexSample } from "#core/chemistry/similarity/nearest.ts";
import { mostSimilar, packFingerprints } from "#core/chemistry/similarity/similarity.ts";
import { xorshift } from "../../../../fixtures/xorshift.ts";

const BYTES = 64;

/** Fingerprints of families: each member has most bits of its family's and a few of its own. */
function families(count: number, members: number, seed: number): Uint8Array[] {
  const random = xorshift(seed);
  const some = (bits: number) => Array.from({ length: bits }, () => Math.floor(random() * 8 * BYTES));
  const heads = Array.from({ length: count }, () => some(20));
  return Array.from({ length: count * members }, (_, k) => {
    const bytes = new Uint8Array(BYTES);
    const own = heads[k % count]!.filter(() => random() < 0.85);
    for (const bit of [...own, ...some(4)]) bytes[bit >> 3]! |= 1 << (bit & 7);
    return bytes;
  });
}

describe("the most similar of a sample", () => {
  const all = [...families(3, 40, 7), new Uint8Array(BYTES), families(1, 1, 9)[0]!];
  const sample = packFingerprints(all.slice(0, 100));
  it("are those of a comparison with each, in the same order", () => {
    const index = indexSample(sample);
    const others = packFingerprints(all);
    for (const [k, query] of all.entries()) {
      const expected = mostSimilar(sample, query, { threshold: 0, limit: 7 });
      const { places, similarities } = index.nearest(others, k, 7);
      expect([...places]).toEqual(expected.map((one) => one.index));
      expect([...similarities]).toEqual(expected.map((one) => one.similarity));
    }
    expect(index.nearest(others, 0, 1000).places).toHaveLength(100);
  });
});

/** Share of molecules whose nearest other one on the map is of the same family. */
function together(places: Float32Array, familyOf: (k: number) => number): number {
  const count = places.length / 2;
  const own = Array.from({ length: count }, (_, k) => {
    const away = (other: number) =>
      Math.hypot(places[2 * k]! - places[2 * other]!, places[2 * k + 1]! - places[2 * other + 1]!);
    const others = Array.from({ length: count }, (_, other) => other).filter((other) => other !== k);
    const nearest = others.reduce((best, other) => (away(other) < away(best) ? other : best));
    return familyOf(nearest) === familyOf(k);
  });
  return own.filter(Boolean).length / count;
}

describe("a map of molecules", () => {
  const FAMILIES = 4;
  const all = families(FAMILIES, 60, 3);
  const sample = packFingerprints(all.slice(0, 160));
  const others = packFingerprints(all.slice(160));
  const familyOf = (k: number) => k % FAMILIES;
  const places = fitMap(sample, 1);

  it("keeps families together, those laid out and those placed among them", () => {
    expect(together(places, familyOf)).toBeGreaterThan(0.97);
    const placed = placeAmong({ sample, places }, others);
    expect(together(Float32Array.from([...places, ...placed]), familyOf)).toBeGreaterThan(0.97);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(fitMap(sample, 1)).toEqual(places);
    expect(fitMap(sample, 2)).not.toEqual(places);
  });

  it("places a member's twin where the member's like are, and what shares nothing nowhere", () => {
    const nothing = new Uint8Array(BYTES);
    const [x, y] = placeAmong({ sample, places }, packFingerprints([all[5]!]));
    expect(Math.hypot(x! - places[10]!, y! - places[11]!)).toBeLessThan(0.5);
    expect([...placeAmong({ sample, places }, packFingerprints([nothing]))]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
  });

  it("says how many neighbours it keeps: few where places are drawn by lot, all where they are those of similarity", () => {
    const random = xorshift(17);
    const lot = Float32Array.from({ length: places.length }, () => random());
    const shown = (at: Float32Array) =>
      keptNeighbours({ sample, places: at }, { of: sample, at, isSample: true })!;
    // By lot about KEPT_OF of the 159 others; equal similarities add some.
    expect(shown(lot)).toBeLessThan((3 * KEPT_OF) / 159);
    expect(shown(places)).toBeGreaterThan(2 * shown(lot));
    // Molecules on a line, each sharing bits with the next ones alone.
    const line = Array.from({ length: 40 }, (_, k) => {
      const bytes = new Uint8Array(BYTES);
      for (let bit = k; bit < k + 30; bit++) bytes[bit >> 3]! |= 1 << (bit & 7);
      return bytes;
    });
    const onLine = packFingerprints(line);
    const at = Float32Array.from(line.flatMap((_, k) => [k, 0]));
    expect(keptNeighbours({ sample: onLine, places: at }, { of: onLine, at, isSample: true })).toBe(1);
  });

  it("takes as few molecules as it says, and no fewer", () => {
    const few = packFingerprints(all.slice(0, LEAST_MAPPED));
    const at = fitMap(few, 1);
    expect([...at].every(Number.isFinite)).toBe(true);
    expect(() => fitMap(packFingerprints(all.slice(0, LEAST_MAPPED - 1)), 1)).toThrow(RangeError);
    expect(keptNeighbours({ sample: few, places: at }, { of: few, at, isSample: true })).toBeNull();
  });
});
