/** What parallel coordinates are drawn of: axes side by side, each from its least number to its greatest, a line a candidate. */
import type { Range } from "./spread.ts";

export interface AxisEnds {
  readonly least: number;
  readonly most: number;
}

/** Of the finite numbers; from 0 to 1 where there are none, and around a number that is the only one. */
export function axisEnds(numbers: Float64Array): AxisEnds {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of numbers)
    if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
  if (least > most) return { least: 0, most: 1 };
  return least < most ? { least, most } : { least: least - 0.5, most: most + 0.5 };
}

/** Height on an axis, 0 at its foot and 1 at its head; and back. */
export const heightOf = ({ least, most }: AxisEnds, value: number): number =>
  (value - least) / (most - least);
export const numberAt = ({ least, most }: AxisEnds, height: number): number =>
  least + height * (most - least);

const isWithin = (value: number, { from, to }: Range): boolean =>
  (from === null || value >= from) && (to === null || value <= to);

export interface Parted {
  /** Places of the lines that are within all ranges, and of those that are not. */
  within: number[];
  outside: number[];
}

/** Of the candidates that have all numbers. @param ranges of the axes, in order */
export function partByRanges(columns: readonly Float64Array[], ranges: readonly Range[]): Parted {
  const parted: Parted = { within: [], outside: [] };
  const count = columns[0]?.length ?? 0;
  for (let place = 0; place < count; place++) {
    if (!columns.every((column) => Number.isFinite(column[place]!))) continue;
    const isIn = columns.every((column, k) => isWithin(column[place]!, ranges[k]!));
    (isIn ? parted.within : parted.outside).push(place);
  }
  return parted;
}

/** So many of them at most, evenly over all. */
export function thinned(places: readonly number[], most: number): number[] {
  if (places.length <= most) return [...places];
  return Array.from({ length: most }, (_, k) => places[Math.floor((k * places.length) / most)]!);
}

/** Lines through all axes as a chart takes many: how many points, then x and y of each; x is the number of the axis. */
export function flatLines(
  columns: readonly Float64Array[],
  ends: readonly AxisEnds[],
  places: readonly number[],
): Float64Array {
  const flat = new Float64Array(places.length * (1 + 2 * columns.length));
  let at = 0;
  for (const place of places) {
    flat[at++] = columns.length;
    for (const [k, column] of columns.entries()) {
      flat[at++] = k;
      flat[at++] = heightOf(ends[k]!, column[place]!);
    }
  }
  return flat;
}

/** Numbers that an axis is marked with: its ends, and round ones between. */
export function marksOf({ least, most }: AxisEnds): number[] {
  const step = roundStep((most - least) / 4);
  // Ends that are round themselves count, however they are rounded.
  const [first, last] = [Math.ceil(least / step - 1e-9), Math.floor(most / step + 1e-9)];
  const marks = Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
  return marks.map((mark) => Number(mark.toPrecision(12)));
}

/** The least of 1, 2 and 5 with a power of ten that is not below. */
function roundStep(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([1, 2, 5, 10].find((one) => one * power >= width * (1 - 1e-9)) ?? 10);
}
