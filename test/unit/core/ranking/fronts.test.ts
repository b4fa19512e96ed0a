import { describe, expect, it } from "vitest";
import { paretoFronts } from "#core/ranking/fronts.ts";

/** By the definition: what none of the rest dominates is taken away, front by front. */
function peeled(points: readonly (readonly number[])[]): number[] {
  const fronts = Array<number>(points.length).fill(0);
  const isBetter = (a: readonly number[], b: readonly number[]) =>
    a.every((x, k) => x <= b[k]!) && a.some((x, k) => x < b[k]!);
  for (let front = 1; fronts.includes(0); front++) {
    const rest = [...points.keys()].filter((k) => fronts[k] === 0);
    for (const k of rest.filter((one) => !rest.some((other) => isBetter(points[other]!, points[one]!))))
      fronts[k] = front;
  }
  return fronts;
}

describe("Pareto fronts", () => {
  it("are counted from those that nothing dominates", () => {
    const points = [
      [1, 4],
      [2, 2],
      [4, 1],
      [2, 4],
      [3, 3],
      [4, 4],
      [2, 2],
    ];
    expect(paretoFronts(points)).toEqual([1, 1, 1, 2, 2, 3, 1]);
    expect(paretoFronts([])).toEqual([]);
    expect(paretoFronts([[3], [1], [2], [1]])).toEqual([3, 1, 2, 1]);
  });

  it.each([2, 3, 4])("are those that peeling gives, in %i parts", (parts) => {
    let state = parts;
    const next = () => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return Math.floor((state / 2147483648) * 12);
    };
    const points = Array.from({ length: 200 }, () => Array.from({ length: parts }, next));
    expect(paretoFronts(points)).toEqual(peeled(points));
  });
});
