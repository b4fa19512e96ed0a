/** Which ranks error bars decide: pure functions of values and their standard deviations. */
import type { RankingDirection } from "#shared/campaign/campaign.ts";
import { TOP } from "#shared/campaign/certainty.ts";
import { standardNormal, uniformNumbers } from "#shared/random.ts";

export interface Uncertain {
  readonly value: number;
  /** One standard deviation. */
  readonly deviation: number;
}

/** 95 % of a normal error lie within this many standard deviations. */
const NORMAL_95 = 1.96;

const SEED = 1;
const MOST_DRAWS = 1000;
const FEWEST_DRAWS = 100;
/** Numbers drawn in all: some tenths of a second. */
const DRAWN_NUMBERS = 5e5;

const signOf = (direction: RankingDirection): number => (direction === "minimise" ? 1 : -1);

/**
 * The best and the worst rank that each value may have: better are those that lie apart by more than 1.96 standard deviations of the
 * difference, √(σᵢ² + σⱼ²), the errors independent and normal. Cost n², 2 ns each.
 */
export function rankIntervals(
  rows: readonly Uncertain[],
  direction: RankingDirection,
): [best: number, worst: number][] {
  const sign = signOf(direction);
  const scores = Float64Array.from(rows, ({ value }) => sign * value);
  const squares = Float64Array.from(rows, ({ deviation }) => (NORMAL_95 * deviation) ** 2);
  return rows.map((_, row) => {
    let better = 0;
    let worse = 0;
    for (let other = 0; other < scores.length; other++) {
      const apart = scores[other]! - scores[row]!;
      if (apart * apart <= squares[row]! + squares[other]!) continue;
      if (apart < 0) better++;
      else worse++;
    }
    return [1 + better, rows.length - worse];
  });
}

/** Places from 0, the best first. @param scores lower is better */
function placesOf(scores: Float64Array): Int32Array {
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const places = new Int32Array(scores.length);
  for (const [place, row] of order.entries()) places[row] = place;
  return places;
}

export interface Resampled {
  /** Mean of Spearman's correlation of drawn rankings with this one; null for fewer than three rows. */
  readonly stability: number | null;
  /** How often each row was among the first ten. */
  readonly topChances: readonly number[];
}

/** Rankings of values drawn within their error bars, normal and independent, the same for the same rows. Cost: half a second at most. */
export function resampled(rows: readonly Uncertain[], direction: RankingDirection): Resampled {
  const n = rows.length;
  const sign = signOf(direction);
  const random = uniformNumbers(SEED);
  const here = placesOf(Float64Array.from(rows, ({ value }) => sign * value));
  const draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, Math.floor(DRAWN_NUMBERS / Math.max(1, n))));
  const inTop = new Float64Array(n);
  let squares = 0;
  for (let draw = 0; draw < draws; draw++) {
    const drawn = rows.map(({ value, deviation }) => sign * value + deviation * standardNormal(random));
    const places = placesOf(Float64Array.from(drawn));
    for (let row = 0; row < n; row++) {
      squares += (places[row]! - here[row]!) ** 2;
      if (places[row]! < TOP) inTop[row]!++;
    }
  }
  // Spearman's formula without ties, 1 − 6 Σd² / n(n² − 1).
  const stability = n < 3 ? null : 1 - (6 * squares) / draws / (n * (n * n - 1));
  return { stability, topChances: Array.from(inTop, (times) => times / draws) };
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
};

/** Fewer pairs of methods do not tell which difference is usual. */
const FEWEST_PAIRS = 3;

/** What a candidate says of its own error. */
export interface OwnError {
  readonly value: number;
  /** The same number by another method; null where there is none. */
  readonly other: number | null;
  /** Standard error of its shots; 0 without. */
  readonly shots: number;
}

/**
 * One standard deviation of each value: the property's usual one and what the candidate shows, added as squares. Two methods show by
 * how much their difference departs from the median difference of all, which no ranking feels; over √2, for either may be the one
 * that errs.
 *
 * @param usual standard deviation of the property's errors on its set, their mean taken away
 */
export function deviations(rows: readonly OwnError[], usual: number): number[] {
  const differences = rows.flatMap(({ value, other }) => (other === null ? [] : [value - other]));
  const ordinary = differences.length < FEWEST_PAIRS ? null : median(differences);
  return rows.map(({ value, other, shots }) => {
    const spread = other === null || ordinary === null ? 0 : (value - other - ordinary) / Math.SQRT2;
    return Math.hypot(usual, spread, shots);
  });
}
