import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import { loadRdkit, type Mol, parseSmiles } from "#core/chemistry/toolkit/rdkit.ts";
import { murckoScaffold } from "#core/generation/molecules/scaffold.ts";
import { openModel } from "#core/generation/network/model.ts";
import { randomStream } from "#core/generation/random-stream.ts";
import type { SteerSettings } from "#core/generation/steering/settings.ts";
import { type Scorer, type SteerEvent, steer } from "#core/generation/steering/steer.ts";

const model = await openModel("resources/models/small-organics");
const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
afterAll(() => chemistry[Symbol.dispose]());

/** Share of nitrogen among the heavy atoms: easy to learn, far from what the prior does. */
const nitrogen: Scorer = async (smiles) => ({
  outcome: "scored",
  score: (smiles.match(/n/gi) ?? []).length / (smiles.match(/[cnofs]/gi) ?? []).length,
});

async function run(objective: Scorer, settings: Partial<SteerSettings>): Promise<SteerEvent[]> {
  const events: SteerEvent[] = [];
  for await (const event of steer(model, { chemistry, objective, settings })) events.push(event);
  return events;
}
const scoresOf = (events: readonly SteerEvent[]) =>
  events.flatMap((e) => (e.type === "evaluated" && e.score.outcome === "scored" ? [e.score.score] : []));
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe("steer", () => {
  it("raises the scores within a few hundred evaluations, the same way each time, and never pays twice for a molecule", async () => {
    const settings = { budget: 160, steps: 3, sigma: 60, rate: 1e-3, screened: 3 };
    const events = await run(nitrogen, settings);
    const scores = scoresOf(events);
    expect(scores.length).toBe(160);
    expect(mean(scores.slice(-40))).toBeGreaterThan(1.5 * mean(scores.slice(0, 40)));
    const molecules = events.flatMap((e) => (e.type === "evaluated" ? [e.canonicalSmiles] : []));
    expect(new Set(molecules).size).toBe(160);
    expect(events.at(-1)).toMatchObject({ type: "result", calls: 160, ending: "budget" });
    expect(scoresOf(await run(nitrogen, { ...settings, budget: 64 }))).toEqual(scores.slice(0, 64));
  });

  it("takes scores late and out of order, and leaves failed evaluations out of the learning", async () => {
    const random = randomStream(6, 0);
    let failures = 0;
    const slow: Scorer = async (smiles, signal) => {
      await sleep(random() * 40, undefined, { signal });
      if (random() < 0.2) {
        failures++;
        return { outcome: "failed", reason: "not converged" };
      }
      return nitrogen(smiles);
    };
    const events = await run(slow, { budget: 120, concurrency: 24, steps: 1, screened: 3 });
    const calls = events.flatMap((e) => (e.type === "evaluated" ? [e.call] : []));
    expect([...calls].sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
    expect(calls).not.toEqual([...calls].sort((a, b) => a - b));
    expect(failures).toBeGreaterThan(5);
    expect(scoresOf(events).length).toBe(120 - failures);
    for (const event of events) if (event.type === "learned") expect(Number.isFinite(event.loss)).toBe(true);
  });

  it("loses no score that comes while the agent learns", async () => {
    let asked = 0;
    const second: Scorer = async (smiles) => {
      if (++asked === 2) await sleep(20);
      return nitrogen(smiles);
    };
    const events = await run(second, { budget: 2, batchSize: 1, concurrency: 2, steps: 40, screened: 1 });
    expect(events.map(({ type }) => type)).toEqual([
      "evaluated",
      "learned",
      "evaluated",
      "learned",
      "result",
    ]);
  });

  it("keeps to its budget and to the evaluations allowed at a time", async () => {
    let [underWay, most] = [0, 0];
    const counted: Scorer = async (smiles) => {
      most = Math.max(most, ++underWay);
      await sleep(1);
      underWay--;
      return nitrogen(smiles);
    };
    const events = await run(counted, { budget: 21, batchSize: 8, concurrency: 5, steps: 1, screened: 1 });
    expect(scoresOf(events).length).toBe(21);
    expect(most).toBe(5);
  });

  it("lets one scaffold count no more often than its bucket holds", async () => {
    const liked: Scorer = async () => ({ outcome: "scored", score: 0.9 });
    const settings = { budget: 32, batchSize: 32, concurrency: 32, steps: 1, screened: 1, bucket: 1 };
    const events = await run(liked, settings);
    const rdkit = await loadRdkit();
    const scaffolds = events.flatMap((event) => {
      if (event.type !== "evaluated") return [];
      using mol = parseSmiles(rdkit, event.canonicalSmiles) as Mol;
      return [murckoScaffold(rdkit, mol) || event.canonicalSmiles];
    });
    const different = new Set(scaffolds).size;
    expect(different).toBeLessThan(scaffolds.length);
    const learned = events.find((event) => event.type === "learned")!;
    expect(learned.meanScore).toBeCloseTo((0.9 * different) / scaffolds.length, 12);
  });

  it("stops with AbortError in the middle of an evaluation", async () => {
    const controller = new AbortController();
    const endless: Scorer = async (_, signal) => {
      controller.abort();
      await sleep(60_000, undefined, { signal });
      return { outcome: "failed", reason: "never" };
    };
    const work = (async () => {
      for await (const _ of steer(model, { chemistry, objective: endless }, { signal: controller.signal }));
    })();
    await expect(work).rejects.toThrowError(expect.objectContaining({ name: "AbortError" }));
  });

  it("does not wait for an evaluation that does not heed the cancel", async () => {
    const controller = new AbortController();
    const deaf: Scorer = () => {
      setTimeout(() => controller.abort(), 10);
      return new Promise(() => {});
    };
    const work = steer(model, { chemistry, objective: deaf }, { signal: controller.signal }).next();
    await expect(work).rejects.toThrowError(expect.objectContaining({ name: "AbortError" }));
  });
});
