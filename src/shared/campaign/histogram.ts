/** How many numbers are how large. */
import { z } from "zod";

/** Bins of equal width: edges, one more than counts. */
export const Histogram = z.strictObject({ edges: z.array(z.number()), counts: z.array(z.number().int()) });
export type Histogram = z.infer<typeof Histogram>;

const FEWEST_BINS = 5;
const MOST_BINS = 60;

const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** By the rule of Freedman and Diaconis (doi:10.1007/BF01025868), between 5 and 60 bins; what is no number is left out. Cost: n log n. */
export function histogram(numbers: Float64Array): Histogram {
  const sorted = numbers.filter(Number.isFinite).sort();
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) return { edges: [], counts: [] };
  if (low === high) return { edges: [low - 0.5, low + 0.5], counts: [sorted.length] };
  const width = (2 * (quantile(sorted, 0.75) - quantile(sorted, 0.25))) / Math.cbrt(sorted.length);
  const wanted = width > 0 ? Math.ceil((high - low) / width) : FEWEST_BINS;
  const bins = Math.max(FEWEST_BINS, Math.min(MOST_BINS, wanted));
  const counts = new Array<number>(bins).fill(0);
  for (const value of sorted)
    counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]! += 1;
  return { edges: Array.from({ length: bins + 1 }, (_, k) => low + ((high - low) * k) / bins), counts };
}
