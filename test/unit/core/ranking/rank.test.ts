import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankBy, rankCandidates } from "#core/ranking/rank.ts";
import type { RankingDirection } from "#shared/campaign/campaign.ts";
import { candidate } from "../export/rows.ts";

interface Row {
  value: number | null;
}
const value = (row: Row): number | null => row.value;
const rows = (...values: (number | null)[]): Row[] => values.map((v) => ({ value: v }));
const directions = fc.constantFrom("minimise" as const, "maximise" as const);
const anyRows = fc.array(
  fc.record({
    value: fc.option(
      fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    ),
  }),
);

describe("Ranking by one objective", () => {
  it("gives equal values one rank and skips the next", () => {
    const { ranked } = rankBy(rows(3, 5, 5, 1), { direction: "maximise", value });
    expect(ranked.map(({ rank, row }) => [rank, row.value])).toEqual([
      [1, 5],
      [1, 5],
      [3, 3],
      [4, 1],
    ]);
  });

  it("lists what has no number apart", () => {
    const ranking = rankBy(rows(null, 2, null), { direction: "minimise", value });
    expect(ranking).toEqual({ ranked: [{ rank: 1, row: { value: 2 } }], unranked: rows(null, null) });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("stops at %s, which no result may be", (bad) => {
    expect(() => rankBy(rows(bad), { direction: "minimise", value })).toThrow(/must be null/);
  });

  it("loses and doubles no row", () => {
    fc.assert(
      fc.property(anyRows, directions, (list, direction) => {
        const { ranked, unranked } = rankBy(list, { direction, value });
        expect(new Set([...ranked.map(({ row }) => row), ...unranked])).toEqual(new Set(list));
        expect(ranked.length + unranked.length).toBe(list.length);
      }),
    );
  });

  it("gives rank = 1 + number of better rows", () => {
    fc.assert(
      fc.property(anyRows, directions, (list, direction) => {
        const better = (a: number, b: number): boolean => (direction === "minimise" ? a < b : a > b);
        for (const { rank, row } of rankBy(list, { direction, value }).ranked) {
          const count = list.filter(
            (other) => other.value !== null && better(other.value, row.value!),
          ).length;
          expect(rank).toBe(1 + count);
        }
      }),
    );
  });

  it("is the same whatever the order of the rows", () => {
    fc.assert(
      fc.property(anyRows, directions, (list, direction) => {
        const ranks = (some: Row[]) =>
          new Map(rankBy(some, { direction, value }).ranked.map(({ rank, row }) => [row, rank]));
        expect(ranks(list.toReversed())).toEqual(ranks(list));
      }),
    );
  });

  it("ranks candidates by the property asked for and keeps their order", () => {
    const energies = [0.3, null, 0.4];
    const property = "vertical-ionisation-energy";
    const list = energies.map((energy, i) =>
      candidate(i, { rank: null, values: energy === null ? {} : { [property]: energy } }),
    );
    const ranks = (direction: RankingDirection) =>
      rankCandidates(list, [{ rung: 0, property, isOwn: true, direction }]).map(({ rank }) => rank);
    expect(ranks("maximise")).toEqual([2, null, 1]);
    expect(ranks("minimise")).toEqual([1, null, 2]);
  });

  it("ranks all of a dearer rung before those of a cheaper one, each by the number of its own", () => {
    const [dear, cheap] = ["vertical-ionisation-energy", "proton-affinity"] as const;
    const list = [
      candidate(0, { values: { [cheap]: 0.9 } }),
      candidate(1, { rung: 1, values: { [dear]: 0.3 } }),
      candidate(2, { values: { [cheap]: 0.1 } }),
      candidate(3, { rung: 1, values: { [dear]: 0.3 } }),
      // Of the rung's property it has none.
      candidate(4, { rung: 1, values: { [cheap]: 0.5 } }),
    ];
    const orders = [
      { rung: 1, property: dear, isOwn: true, direction: "maximise" },
      { rung: 0, property: cheap, isOwn: false, direction: "minimise" },
    ] as const;
    expect(rankCandidates(list, orders).map(({ rank }) => rank)).toEqual([4, 1, 3, 1, null]);
  });
});
