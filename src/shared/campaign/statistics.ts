/** Statistics that both the core and its hosts show. */

/** Ranks from 1; equal values share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [place, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, place);
    last.set(value, place);
  }
  // Each value is one of the sorted.
  return values.map((value) => (first.get(value)! + last.get(value)!) / 2 + 1);
}

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks (Spearman 1904, doi:10.2307/1412159).
 *
 * @param pairs finite numbers; cost O(n log n)
 * @returns −1 … 1; null where one side is constant or there are fewer than two pairs
 */
export function spearman(pairs: readonly (readonly [number, number])[]): number | null {
  const x = ranks(pairs.map(([first]) => first));
  const y = ranks(pairs.map(([, second]) => second));
  const mean = (pairs.length + 1) / 2;
  const sum = (term: (index: number) => number) => pairs.reduce((total, _, index) => total + term(index), 0);
  const xx = sum((i) => (x[i]! - mean) ** 2);
  const yy = sum((i) => (y[i]! - mean) ** 2);
  return xx === 0 || yy === 0 ? null : sum((i) => (x[i]! - mean) * (y[i]! - mean)) / Math.sqrt(xx * yy);
}
