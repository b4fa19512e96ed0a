/** What plots of many numbers are made of. */

/** Whether more is better, of each of two numbers. */
export interface Better {
  readonly x: boolean;
  readonly y: boolean;
}

/** Of the finite numbers, less is worse: the ends and what a number is between them, from 0 to 1. */
function shareOf(numbers: Float64Array): (value: number) => number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of numbers)
    if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return (value) => (most > least ? (value - least) / (most - least) : 0);
}

/** Places of points that the best one by the sum of both does not beat: of thousands some tens are left. */
function unbeaten(gx: Float64Array, gy: Float64Array): number[] {
  const [shareX, shareY] = [shareOf(gx), shareOf(gy)];
  let [best, sum] = [-1, Number.NEGATIVE_INFINITY];
  for (const [k, value] of gx.entries()) {
    const both = shareX(value) + shareY(gy[k]!);
    if (Number.isFinite(both) && both > sum) [best, sum] = [k, both];
  }
  if (best < 0) return [];
  const [bx, by] = [gx[best]!, gy[best]!];
  const places: number[] = [];
  for (const [k, x] of gx.entries()) {
    const y = gy[k]!;
    const isNumber = Number.isFinite(x) && Number.isFinite(y);
    if (isNumber && (x > bx || y > by || (x === bx && y === by))) places.push(k);
  }
  return places;
}

/** Places of the points that no other one equals or beats in both numbers and beats in one, by x from the best. Cost: n log n, of spread points n. */
export function paretoPlaces(x: Float64Array, y: Float64Array, better: Better): number[] {
  const gx = better.x ? x : x.map((value) => -value);
  const gy = better.y ? y : y.map((value) => -value);
  const places = unbeaten(gx, gy).sort((a, b) => gx[b]! - gx[a]! || gy[b]! - gy[a]!);
  const front: number[] = [];
  let best = Number.NEGATIVE_INFINITY;
  for (const place of places) {
    const last = front.at(-1);
    const isEqual = last !== undefined && gx[last] === gx[place] && gy[last] === gy[place];
    if (gy[place]! > best || isEqual) front.push(place);
    best = Math.max(best, gy[place]!);
  }
  return front;
}

/** A rectangle of the plot; a side that is null is open. */
export interface Range {
  readonly from: number | null;
  readonly to: number | null;
}

/** A side that was drawn, its ends rounded to about a thousandth of its length: total energies differ in the sixth digit. */
export function rangeOf(from: number, to: number): Range {
  const digits = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(to - from) || 1))));
  return { from: Number(from.toFixed(digits)), to: Number(to.toFixed(digits)) };
}

const isWithin = (value: number, { from, to }: Range): boolean =>
  Number.isFinite(value) && (from === null || value >= from) && (to === null || value <= to);

/** Places of the points within both ranges. */
export const placesWithin = (
  x: Float64Array,
  y: Float64Array | null,
  ranges: { x: Range; y: Range },
): number[] =>
  Array.from(x.keys()).filter((k) => isWithin(x[k]!, ranges.x) && (y === null || isWithin(y[k]!, ranges.y)));
