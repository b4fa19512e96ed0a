import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasKekuleStructure } from "#core/generation/language/kekule.ts";

const N = 8;
const graph = fc.uniqueArray(
  fc.tuple(fc.nat(N - 1), fc.nat(N - 1)).filter(([a, b]) => a < b),
  { selector: ([a, b]) => a * N + b, maxLength: 12 },
);

/** Tries every set of bonds. */
function byTrial(bonds: readonly (readonly [number, number])[], required: readonly number[]): boolean {
  const fill = (rest: readonly (readonly [number, number])[], taken: ReadonlySet<number>): boolean => {
    if (required.every((atom) => taken.has(atom))) return true;
    const [bond, ...others] = rest;
    if (!bond) return false;
    const [a, b] = bond;
    return (!taken.has(a) && !taken.has(b) && fill(others, new Set([...taken, a, b]))) || fill(others, taken);
  };
  return fill(bonds, new Set());
}

describe("hasKekuleStructure", () => {
  it("agrees with trying every way to lay double bonds", () => {
    fc.assert(
      fc.property(graph, fc.uniqueArray(fc.nat(N - 1)), (bonds, required) => {
        const neighbours = new Map<number, number[]>(Array.from({ length: N }, (_, atom) => [atom, []]));
        for (const [a, b] of bonds) {
          neighbours.get(a)!.push(b);
          neighbours.get(b)!.push(a);
        }
        expect(hasKekuleStructure(neighbours, required)).toBe(byTrial(bonds, required));
      }),
    );
  });
});
