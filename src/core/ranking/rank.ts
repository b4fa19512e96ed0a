/** Ranks by one objective: a view over results, computed anew each time and never stored as truth. */
import type { RankingDirection } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { RungOrder } from "#shared/campaign/rungs.ts";
import type { PropertyId } from "#shared/properties/find.ts";

export interface RankingCriterion<T> {
  direction: RankingDirection;
  /** The number to rank by; null where there is none: not evaluated, not converged, failed. */
  value: (row: T) => number | null;
}

export interface Ranked<T> {
  /** 1 is best. Equal values share a rank and the next one is skipped: 1, 2, 2, 4. */
  rank: number;
  row: T;
}

export interface Ranking<T> {
  /** Best first; rows of equal value in the order in which they came. */
  ranked: Ranked<T>[];
  /** Rows without a number, in the order in which they came: they are neither best nor worst. */
  unranked: T[];
}

/**
 * Orders rows by an objective.
 *
 * Values are compared exactly, without a tolerance: a tolerance would make ties depend on what else is in the list.
 *
 * @throws Error for a value that is not finite: a missing number must be null.
 */
export function rankBy<T>(rows: readonly T[], { direction, value }: RankingCriterion<T>): Ranking<T> {
  const sign = direction === "minimise" ? 1 : -1;
  const unranked: T[] = [];
  const scored: { row: T; score: number }[] = [];
  for (const row of rows) {
    const number = value(row);
    if (number === null) unranked.push(row);
    else if (Number.isFinite(number)) scored.push({ row, score: sign * number });
    else throw new Error(`Cannot rank by ${number}: a value that is missing must be null.`);
  }
  scored.sort((a, b) => a.score - b.score);
  const ranked: Ranked<T>[] = [];
  for (const [i, { row, score }] of scored.entries()) {
    const tied = i > 0 && scored[i - 1]!.score === score;
    ranked.push({ rank: tied ? ranked[i - 1]!.rank : i + 1, row });
  }
  return { ranked, unranked };
}

/** A row with the rung that it came to; absent: the first. */
type Climber = Pick<CandidateRow, "rung">;

/**
 * Orders rows by the rung that they came to, the dearest first, and on each by its own number: ranks go on from rung to rung.
 *
 * @param value of a row by its rung's property; null where there is none
 */
export function rankByRungs<T extends Climber>(
  rows: readonly T[],
  orders: readonly RungOrder[],
  value: (row: T, property: PropertyId) => number | null,
): Ranked<T>[] {
  const byRung = Map.groupBy(rows, ({ rung = 0 }) => rung);
  return orders.reduce<Ranked<T>[]>((above, { rung, property, direction }) => {
    const { ranked } = rankBy(byRung.get(rung) ?? [], { direction, value: (row) => value(row, property) });
    const before = above.length;
    for (const { rank, row } of ranked) above.push({ rank: before + rank, row });
    return above;
  }, []);
}

/** The same rows in the same order, with their ranks; null where they have none. */
export function rankCandidates<T extends CandidateRow>(
  rows: readonly T[],
  orders: readonly RungOrder[],
): T[] {
  const ranked = rankByRungs(rows, orders, ({ values }, property) => values[property] ?? null);
  const rankOf = new Map(ranked.map(({ row, rank }) => [row.id, rank]));
  return rows.map((row) => ({ ...row, rank: rankOf.get(row.id) ?? null }));
}
