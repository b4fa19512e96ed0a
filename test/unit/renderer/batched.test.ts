import { expect, it } from "vitest";
import { batched } from "../../../src/renderer/src/rpc/batched.ts";

it("asks once for what is asked for in one turn, in calls of no more than the most, and answers each", async () => {
  const calls: number[][] = [];
  const double = batched(2, async (all: number[]) => {
    calls.push(all);
    return all.map((x) => 2 * x);
  });
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(calls).toEqual([[1, 2], [3], [4]]);
});

it("fails those alone whose call failed, and where answers are missing", async () => {
  const asked = batched(1, async ([one = 0]: number[]) => (one === 1 ? [] : [one]));
  const [first, second] = await Promise.allSettled([1, 2].map(asked));
  expect(first).toMatchObject({ status: "rejected" });
  expect(second).toEqual({ status: "fulfilled", value: 2 });
});
