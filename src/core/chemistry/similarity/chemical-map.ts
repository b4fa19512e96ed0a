/**
 * Molecules in a plane, like ones together: UMAP (McInnes, Healy and Melville, doi:10.21105/joss.00861) of a sample, and the others
 * placed among it.
 */
import { UMAP } from "umap-js";
import { uniformNumbers } from "#shared/random.ts";
import { indexSample } from "./nearest.ts";
import type { PackedFingerprints } from "./similarity.ts";

/** Neighbours that decide of a molecule's place in the fit; with itself, as UMAP counts. */
export const MAP_NEIGHBOURS = 15;
/** Members of the sample that a molecule is placed between. */
export const PLACED_BETWEEN = 10;
/** On the map, where neighbours of UMAP are about 0.1 apart and groups some units. */
const REACH = 0.5;
/** Fewer have no map. */
export const LEAST_MAPPED = 5;

/** x and y in turn, one pair a molecule. */
export type MapPlaces = Float32Array;

/**
 * Lays a sample out by UMAP over its exact nearest neighbours, distance 1 − Tanimoto. The same for the same sample and seed.
 *
 * Cost: 2,000 take some seconds.
 * @param sample LEAST_MAPPED fingerprints or more
 * @throws RangeError of fewer
 */
export function fitMap(sample: PackedFingerprints, seed: number): MapPlaces {
  const count = sample.bitCounts.length;
  if (count < LEAST_MAPPED)
    throw new RangeError(`Expected ${LEAST_MAPPED} molecules or more to lay out, got ${count}.`);
  const nNeighbors = Math.min(MAP_NEIGHBOURS, count - 1);
  const index = indexSample(sample);
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let own = 0; own < count; own++) {
    const { places, similarities } = index.nearest(sample, own, nNeighbors);
    // Itself first, wherever equal ones before it have left it.
    const others = [...places.keys()].filter((k) => places[k] !== own).slice(0, nNeighbors - 1);
    indices.push([own, ...others.map((k) => places[k]!)]);
    distances.push([0, ...others.map((k) => 1 - similarities[k]!)]);
  }
  const umap = new UMAP({ nComponents: 2, nNeighbors, minDist: 0.1, random: uniformNumbers(seed) });
  umap.setPrecomputedKNN(indices, distances);
  // What it lays out are neighbours alone; of the rows it asks how many.
  const laid = umap.fit(indices.map(() => [0]));
  return Float32Array.from(laid.flatMap(([x = Number.NaN, y = Number.NaN]) => [x, y]));
}

/**
 * Places molecules among a sample that is laid out: each beside the member most similar to it, at the mean of those of its
 * PLACED_BETWEEN most similar members that are near that one, weighted by similarity. A mean over distant groups would stand between
 * them, where nothing like it is. NaN for one that has nothing in common with any member.
 *
 * Not what UMAP would have made of them, but none that stands already moves. How true it is, `keptNeighbours` says.
 */
export function placeAmong(
  { sample, places }: { sample: PackedFingerprints; places: MapPlaces },
  others: PackedFingerprints,
): MapPlaces {
  const index = indexSample(sample);
  const at = (place: number) => [places[2 * place]!, places[2 * place + 1]!] as const;
  const placed = new Float32Array(2 * others.bitCounts.length);
  for (let own = 0; own < others.bitCounts.length; own++) {
    const near = index.nearest(others, own, PLACED_BETWEEN);
    // A sample has a member at least.
    const [firstX, firstY] = at(near.places[0]!);
    let [x, y, sum] = [0, 0, 0];
    for (const [k, place] of near.places.entries()) {
      const [memberX, memberY] = at(place);
      if (Math.hypot(memberX - firstX, memberY - firstY) > REACH) continue;
      const weight = near.similarities[k]!;
      x += weight * memberX;
      y += weight * memberY;
      sum += weight;
    }
    placed.set([x / sum, y / sum], 2 * own);
  }
  return placed;
}

/** Of how many most similar ones. */
export const KEPT_OF = 10;
/** Molecules looked at, evenly over all. */
const LOOKED_AT = 200;

/**
 * How true a map is: of the KEPT_OF members of the sample most similar to a molecule, the share that is among the KEPT_OF nearest to
 * it on the map, mean over some 200 molecules. What is as similar as the last one counts as one of them.
 *
 * @returns 0 … 1; null where there is no molecule, or too small a sample to tell
 */
export function keptNeighbours(
  { sample, places }: { sample: PackedFingerprints; places: MapPlaces },
  { of, at, isSample }: { of: PackedFingerprints; at: MapPlaces; isSample: boolean },
): number | null {
  const all = of.bitCounts.length;
  const members = sample.bitCounts.length;
  if (all === 0 || members <= 2 * KEPT_OF) return null;
  const index = indexSample(sample);
  const step = Math.max(1, Math.floor(all / LOOKED_AT));
  let [kept, asked] = [0, 0];
  for (let own = 0; own < all; own += step) {
    const [x, y] = [at[2 * own]!, at[2 * own + 1]!];
    if (Number.isNaN(x)) continue;
    const similarity = index.similarities(of, own).slice();
    const others = [...similarity.keys()].filter((place) => !isSample || place !== own);
    const last = others.map((place) => similarity[place]!).sort((a, b) => b - a)[KEPT_OF - 1]!;
    const away = Float64Array.from(similarity, (_, k) =>
      Math.hypot(places[2 * k]! - x, places[2 * k + 1]! - y),
    );
    const nearest = others.sort((a, b) => away[a]! - away[b]!).slice(0, KEPT_OF);
    kept += nearest.filter((place) => similarity[place]! >= last).length;
    asked += KEPT_OF;
  }
  return asked === 0 ? null : kept / asked;
}
