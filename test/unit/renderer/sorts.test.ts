import { describe, expect, it } from "vitest";
import { sortsAfter, sortWords } from "../../../src/renderer/src/features/candidates/sorts.ts";
import type { Sort } from "../../../src/renderer/src/hooks/route.ts";

const up = (column: string): Sort => ({ column, descending: false });
const down = (column: string): Sort => ({ column, descending: true });

describe("the order after a column was asked for", () => {
  it.each<[string, Sort[], string, Sort[]]>([
    ["another", [up("rank")], "qed", [up("qed")]],
    ["the same, the other way about", [up("qed")], "qed", [down("qed")]],
    ["and back", [down("qed")], "qed", [up("qed")]],
    ["one of several", [down("qed"), up("rank")], "qed", [up("qed")]],
  ])("is by it alone: %s", (_, before, column, after) => {
    expect(sortsAfter(before, column, false)).toEqual(after);
  });

  it("goes through both ways where it is added, then is as before", () => {
    let sorts: Sort[] = [up("state")];
    const seen = [];
    for (let press = 0; press < 3; press++) {
      sorts = sortsAfter(sorts, "qed", true);
      seen.push(sorts);
    }
    expect(seen).toEqual([[up("state"), up("qed")], [up("state"), down("qed")], [up("state")]]);
  });

  it("keeps one key at least, and three at most", () => {
    expect(sortsAfter([down("qed")], "qed", true)).toEqual([up("qed")]);
    expect(sortsAfter([up("a"), up("b"), up("c")], "d", true)).toEqual([up("a"), up("b"), up("d")]);
    expect(sortsAfter([down("a"), up("b")], "a", true)).toEqual([up("b")]);
  });
});

it("is told in words of all keys but the first, which the table tells", () => {
  expect([-1, 0, 1, 2].map((place) => sortWords(place, place === 2))).toEqual([
    "",
    "",
    "second key, ascending",
    "third key, descending",
  ]);
});
