import { describe, expect, it } from "vitest";
import { createFollowed } from "#core/orchestration/models/followed.ts";

const count = () => createFollowed<number>((value) => value >= 3);

async function heard(values: AsyncIterable<number>): Promise<number[]> {
  const all: number[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe("a value that is followed", () => {
  it("is told as it stands, after each change, and for the last time when it is final", async () => {
    const value = count();
    value.set(1);
    const following = heard(value.follow());
    const late = value.follow();
    for (const next of [2, 3, 4]) {
      // Whoever follows gets a turn between two changes.
      await new Promise(setImmediate);
      value.set(next);
    }
    expect(await following).toEqual([1, 2, 3]);
    // Whoever comes after the end hears of the end alone.
    expect(await heard(late)).toEqual([4]);
  });

  it("is not waited for where there is none, or none any more", async () => {
    const value = count();
    expect(await heard(value.follow())).toEqual([]);
    value.set(1);
    const following = heard(value.follow());
    await new Promise(setImmediate);
    value.set(null);
    expect(await following).toEqual([1]);
  });

  it("is left by whoever is told to stop", async () => {
    const value = count();
    value.set(1);
    const stop = new AbortController();
    const following = heard(value.follow(stop.signal));
    await new Promise(setImmediate);
    stop.abort();
    expect(await following).toEqual([1]);
  });
});
