/** Pareto fronts: how many candidates stand in the way of one when no part is to count more than another. */

type Point = readonly number[];

/** Whether a is nowhere worse than b and somewhere better. */
const dominates = (a: Point, b: Point): boolean =>
  a.every((x, k) => x <= b[k]!) && a.some((x, k) => x < b[k]!);

function byParts(a: Point, b: Point): number {
  const at = a.findIndex((x, k) => x !== b[k]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/**
 * The front of each point, 1 for those that no other dominates, 2 for those that only front 1 does, and so on; equal points share one.
 *
 * Efficient nondominated sort (doi:10.1109/TEVC.2014.2308305): in lexical order a point can be dominated by earlier ones alone, so that its
 * front is found by bisection. At worst quadratic in the number of points.
 *
 * @param points of equal length; less is better in each part
 */
export function paretoFronts(points: readonly Point[]): number[] {
  const fronts: Point[][] = [];
  const found: number[] = [];
  const order = [...points.entries()].sort(([, a], [, b]) => byParts(a, b));
  for (const [at, point] of order) {
    let [low, high] = [0, fronts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      // The latest of a front lie nearest.
      const isDominated = fronts[middle]!.findLast((other) => dominates(other, point)) !== undefined;
      if (isDominated) low = middle + 1;
      else high = middle;
    }
    const front = fronts[low];
    if (front) front.push(point);
    else fronts.push([point]);
    found[at] = low + 1;
  }
  return found;
}
