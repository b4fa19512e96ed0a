import { describe, expect, it } from "vitest";
import type { AcquireInput } from "#core/orchestration/dispatch/tasks.ts";
import { acquireStage } from "#core/orchestration/stages/acquire/run.ts";

const context = { resources: "resources", threads: 1 };
const run = (input: Partial<AcquireInput>) =>
  acquireStage.run(
    {
      strategy: "greedy",
      direction: "maximise",
      count: 2,
      seed: 1,
      round: 0,
      candidates: [],
      observations: [],
      ...input,
    },
    context,
  );

/** The value is the number of nitrogen atoms, which a surrogate over fragments learns from few examples. */
const observations = ["CCCC", "CCCN", "NCCN", "CCC", "NCC(N)CN", "CCCCC", "CCN"].map((smiles) => ({
  smiles,
  kind: "0 1",
  value: smiles.replaceAll(/[^N]/g, "").length,
}));
const candidates = ["CCCCCC", "NCCCN", "CCCCN", "NCC(N)CCN", "CC"].map((smiles, i) => ({
  index: 10 + i,
  smiles,
  kind: "0 1",
}));

describe("the choice of what to evaluate", () => {
  it("is in order of proposal before there is anything to learn from", async () => {
    const picks = await run({ candidates, observations: observations.slice(0, 1) });
    expect(picks).toEqual([10, 11].map((index) => ({ index, mean: null, standardDeviation: null })));
  });

  it("is greedily what the surrogate holds for the highest, or for the lowest", async () => {
    const highest = await run({ candidates, observations });
    expect(highest.map(({ index }) => index)).toEqual([13, 11]);
    const lowest = await run({ candidates, observations, direction: "minimise", count: 2 });
    expect(lowest.map(({ index }) => index).sort()).toEqual([10, 14]);
    for (const { standardDeviation } of highest) expect(standardDeviation).toBeGreaterThan(0);
  });

  it("learns of each charge and spin apart: what a molecule's ion has says nothing of the molecule", async () => {
    const ions = observations.map(({ smiles, value }) => ({ smiles, kind: "1 2", value: 100 - value }));
    const cations = candidates.map((one) => ({ ...one, index: one.index + 10, kind: "1 2" }));
    const alone = await run({ candidates, observations, count: 5, direction: "minimise" });
    const both = { observations: [...ions, ...observations], candidates: [...cations, ...candidates] };
    expect(await run({ ...both, count: 5, direction: "minimise" })).toEqual(alone);
    const [best] = await run({ ...both, count: 5 });
    expect([20, 24]).toContain(best?.index);
    // Of a kind of which too little is known all are alike.
    const anions = candidates.map((one) => ({ ...one, kind: "-1 2" }));
    const unknown = await run({ candidates: anions, observations, count: 5 });
    expect(new Set(unknown.map(({ mean, standardDeviation }) => `${mean} ${standardDeviation}`)).size).toBe(
      1,
    );
    expect(unknown.map(({ index }) => index)).toEqual([10, 11, 12, 13, 14]);
  });

  it("draws the same in the same round and seed, and otherwise differently", async () => {
    const draws = (round: number, seed: number) =>
      run({ strategy: "thompson", candidates, observations, count: 5, round, seed });
    expect(await draws(0, 1)).toEqual(await draws(0, 1));
    const orders = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (round) => (await draws(round, 7)).map(({ index }) => index).join()),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });
});
