/** Whether a shape differs from its mirror image. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { cross, dot, length, minus, type Vector } from "#shared/molecule/vectors.ts";
import { uniformNumbers } from "#shared/random.ts";

/**
 * Shapes that MMFF94 relaxed and that are their own mirror images have up to 8e-6, for they are symmetric to some 1e-3 Å; others of
 * alkanes, alcohols, amines and ethers 1e-3 and more.
 */
const HANDED = 1e-4;
/** One index may vanish by accident between two shapes of opposite sign, several of other weights do not at once. */
const INDICES = 4;
const SEED = 7;

/**
 * The chirality index of M. A. Osipov, B. T. Pickup, D. A. Dunmur (doi:10.1080/00268979500100831) over the largest that its
 * terms could sum to: 0 of a
 * shape that is its own mirror image, of opposite sign for mirror images.
 *
 * @param weights of the atoms: equal for those that are of equal constitution. Cost: n⁴.
 */
export function handedness({ coordinates_angstrom: xyz }: Geometry, weights: readonly number[]): number {
  const at = weights.map((_, i) => xyz.slice(3 * i, 3 * i + 3) as unknown as Vector);
  let [sum, size] = [0, 0];
  for (const [i, ri] of at.entries())
    for (const [j, rj] of at.entries()) {
      if (i === j) continue;
      const ij = minus(ri, rj);
      for (const [k, rk] of at.entries()) {
        if (k === i || k === j) continue;
        const jk = minus(rj, rk);
        const bend = dot(ij, jk);
        const spread = length(ij) * length(jk);
        for (const [l, rl] of at.entries()) {
          if (l === i || l === j || l === k) continue;
          const [kl, il] = [minus(rk, rl), minus(ri, rl)];
          const weight = (weights[i] ?? 0) * (weights[j] ?? 0) * (weights[k] ?? 0) * (weights[l] ?? 0);
          const bends = (weight * bend * dot(jk, kl)) / (spread * length(kl)) ** 2;
          sum += (bends * dot(cross(ij, kl), il)) / length(il);
          // As much as it would be with the three at right angles, so that a flat shape has nothing over something.
          size += Math.abs(bends) * length(ij) * length(kl);
        }
      }
    }
  return size === 0 ? 0 : sum / size;
}

/**
 * Whether there are two of a shape, itself and its mirror image.
 *
 * @param kinds of the atoms: equal for those of equal constitution. Cost: some n⁴.
 */
export function isHanded(geometry: Geometry, kinds: readonly number[]): boolean {
  const random = uniformNumbers(SEED);
  const most = Math.max(...kinds) + 1;
  return Array.from({ length: INDICES }, () => Array.from({ length: most }, () => 2 * random() - 1)).some(
    (weights) =>
      Math.abs(
        handedness(
          geometry,
          kinds.map((kind) => weights[kind] ?? 0),
        ),
      ) > HANDED,
  );
}
