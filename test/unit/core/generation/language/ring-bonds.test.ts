import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ringBonds } from "#core/generation/language/ring-bonds.ts";

const N = 9;
const graph = fc.uniqueArray(
  fc.tuple(fc.nat(N - 1), fc.nat(N - 1)).filter(([a, b]) => a < b),
  { selector: ([a, b]) => a * N + b, maxLength: 14 },
);

function neighboursOf(bonds: readonly (readonly [number, number])[]): number[][] {
  const lists: number[][] = Array.from({ length: N }, () => []);
  for (const [a, b] of bonds) {
    lists[a]!.push(b);
    lists[b]!.push(a);
  }
  return lists;
}

/** Whether b is reached from a without the bond between them. */
function reaches(neighbours: readonly number[][], a: number, b: number): boolean {
  const seen = new Set([a]);
  for (const atom of seen)
    for (const next of neighbours[atom]!) if (!(atom === a && next === b)) seen.add(next);
  return seen.has(b);
}

describe("ringBonds", () => {
  it("agrees with taking each bond out and looking whether its ends are still joined", () => {
    fc.assert(
      fc.property(graph, (bonds) => {
        const neighbours = neighboursOf(bonds);
        const inRing = ringBonds(neighbours);
        for (const [a, b] of bonds) {
          expect(inRing(a, b)).toBe(reaches(neighbours, a, b));
          expect(inRing(b, a)).toBe(inRing(a, b));
        }
      }),
    );
  });
});
