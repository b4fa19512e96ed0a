/** From one point of a plot to another by an arrow key. */
import type { PlotNumbers } from "./plot-options.ts";

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export const isStep = (key: string): boolean => key in DIRECTIONS;

function spanOf(numbers: Float64Array, places: readonly number[]): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    least = Math.min(least, numbers[place]!);
    most = Math.max(most, numbers[place]!);
  }
  return most > least ? most - least : 1;
}

/**
 * The point that an arrow key leads to: the nearest within 45° of the arrow, both axes of one length. Points that lie on each other
 * follow one another to the right and up. Where none is open, the first. Cost: a look at each point.
 *
 * @param places of the points that are drawn
 * @param from place of the point that is open; -1 for none
 * @returns a place; undefined where no point lies there
 */
export function stepTo(
  { x, y }: Pick<PlotNumbers, "x" | "y">,
  places: readonly number[],
  { key, from }: { key: string; from: number },
): number | undefined {
  const [right, up] = DIRECTIONS[key]!;
  if (from < 0 || !places.includes(from)) return places[0];
  const [spanX, spanY] = [spanOf(x, places), spanOf(y, places)];
  const isOnward = right + up > 0;
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (const place of places) {
    const [dx, dy] = [(x[place]! - x[from]!) / spanX, (y[place]! - y[from]!) / spanY];
    const [along, aside] = right === 0 ? [up * dy, Math.abs(dx)] : [right * dx, Math.abs(dy)];
    const isHere = dx === 0 && dy === 0;
    const isAhead = isHere ? place !== from && place > from === isOnward : along > 0 && aside <= along;
    // Of those that lie on each other the next by place.
    const distance = isHere ? -1 / (1 + Math.abs(place - from)) : Math.hypot(along, aside);
    if (isAhead && distance < least) [best, least] = [place, distance];
  }
  return best < 0 ? undefined : best;
}
