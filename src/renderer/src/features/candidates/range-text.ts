/** Ends of ranges in the units that their numbers are read in. */
import type { Histogram } from "#shared/campaign/histogram.ts";
import type { ColumnRange } from "../../hooks/route.ts";
import type { PlotColumn } from "./plot-columns.ts";
import { rangeOf } from "./spread.ts";

type Read = Pick<PlotColumn, "title" | "fromStored">;

/** All units of a column's numbers are multiples of the one that is stored. */
export const toStored = ({ fromStored }: Pick<Read, "fromStored">, value: number): number =>
  value / fromStored(1);

/** As it is read, to a thousandth of what there is, or of one; empty of an open end. */
export function endText(
  { fromStored }: Pick<Read, "fromStored">,
  value: number | null | undefined,
  histogram?: Histogram,
): string {
  if (value === null || value === undefined) return "";
  const [low = 0, high = 0] = [histogram?.edges[0], histogram?.edges.at(-1)].map((end) =>
    fromStored(end ?? 0),
  );
  const read = fromStored(value);
  return String(rangeOf(read, read + (high - low || 1)).from);
}

/** "MW / Da ≥ 100", "IE / eV from 8 to 9.5". */
export function rangeText(column: Read, { from, to }: Omit<ColumnRange, "column">): string {
  const [low, high] = [endText(column, from), endText(column, to)];
  const ends = low && high ? `from ${low} to ${high}` : low ? `≥ ${low}` : `≤ ${high}`;
  return `${column.title} ${ends}`;
}
