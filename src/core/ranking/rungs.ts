/** What each dearer number of a property changed of the order that the cheaper one gives. */
import type { RankingDirection } from "#shared/campaign/campaign.ts";
import { type Rung, TOP } from "#shared/campaign/certainty.ts";
import { spearman } from "#shared/campaign/statistics.ts";
import type { PropertyNumbers } from "#shared/properties/property.ts";
import { rankBy } from "./rank.ts";

/** Fewer candidates say nothing of an order. */
const FEWEST_TO_COMPARE = 3;

type Pairs = readonly (readonly [cheap: number, dear: number])[];

/** How many of the best by one number are among the best by the other. */
function overlapOf(pairs: Pairs, direction: RankingDirection): Pick<Rung, "overlap" | "top"> {
  const top = Math.min(TOP, Math.ceil(pairs.length / 2));
  const best = (side: 0 | 1) => {
    const { ranked } = rankBy([...pairs.keys()], { direction, value: (row) => pairs[row]?.[side] ?? null });
    return new Set(ranked.slice(0, top).map(({ row }) => row));
  };
  const cheap = best(0);
  return { top, overlap: [...best(1)].filter((row) => cheap.has(row)).length };
}

/**
 * Each number against the next dearer one that is known of enough candidates, over those that have both.
 *
 * @param rows the numbers of each candidate
 * @param keys of the numbers, the cheapest first and last the one that is ranked by
 */
export function rungsOf(
  rows: readonly PropertyNumbers[],
  keys: readonly [string, ...string[]],
  direction: RankingDirection,
): Rung[] {
  const pairsOf = (cheap: string, dear: string): Pairs =>
    rows.flatMap((numbers) => {
      const [a, b] = [numbers[cheap] ?? null, numbers[dear] ?? null];
      return a === null || b === null ? [] : [[a, b] as const];
    });
  // The tuple has a last.
  const ranked = keys.at(-1)!;
  const known = keys.filter((key) => pairsOf(key, ranked).length >= FEWEST_TO_COMPARE);
  return known.slice(0, -1).flatMap((value, k): Rung[] => {
    const above = known[k + 1] ?? ranked;
    const pairs = pairsOf(value, above);
    if (pairs.length < FEWEST_TO_COMPARE) return [];
    const withRanked = pairsOf(value, ranked);
    const rung = { value, above, molecules: pairs.length, correlation: spearman(pairs) };
    const last = { correlation: spearman(withRanked), molecules: withRanked.length };
    return [{ ...rung, ...overlapOf(pairs, direction), ranked: last }];
  });
}
