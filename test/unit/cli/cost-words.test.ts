import { expect, it } from "vitest";
import { costWords } from "../../../src/cli/commands/energy/cost-words.ts";

it("announces a long calculation or a large one, and no other", () => {
  expect(costWords({ seconds: 9, memory_bytes: 2 ** 29 })).toBeUndefined();
  expect(costWords({ seconds: 300, memory_bytes: 2 ** 28 })).toBe(
    "Expected: about 5 min of one thread, and at most 0.25 GiB of memory.",
  );
  expect(costWords({ seconds: 1, memory_bytes: 3 * 2 ** 30 })).toBe(
    "Expected: about 1 s of one thread, and at most 3.0 GiB of memory.",
  );
});
