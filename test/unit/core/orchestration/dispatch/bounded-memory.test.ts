import { describe, expect, it } from "vitest";
import { createRoom } from "#core/orchestration/dispatch/bounded-memory.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("room in memory", () => {
  it("is given in order, never more than there is, but to one alone", async () => {
    const room = createRoom(10);
    const inside: string[] = [];
    const leave: Record<string, () => void> = {};
    const enter = (name: string, bytes: number, signal?: AbortSignal) =>
      room(bytes, signal).then((left) => {
        inside.push(name);
        leave[name] = () => {
          inside.splice(inside.indexOf(name), 1);
          left();
        };
      });
    enter("six", 6);
    enter("five", 5);
    enter("one", 1);
    await settled();
    // The small one does not pass the one before it.
    expect(inside).toEqual(["six"]);
    leave.six!();
    await settled();
    expect(inside).toEqual(["five", "one"]);
    enter("giant", 99);
    const given = new AbortController();
    const refused = enter("given up", 1, given.signal);
    await settled();
    expect(inside).toEqual(["five", "one"]);
    given.abort();
    await expect(refused).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    leave.five!();
    await settled();
    expect(inside).toEqual(["one"]);
    leave.one!();
    await settled();
    expect(inside).toEqual(["giant"]);
    enter("last", 1);
    await settled();
    expect(inside).toEqual(["giant"]);
    leave.giant!();
    await settled();
    expect(inside).toEqual(["last"]);
  });
});
