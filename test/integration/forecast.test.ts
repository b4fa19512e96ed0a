import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { readPlan, settingsOfPlan } from "#shared/campaign/plan.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({
    paths: { notebook: ":memory:", resources },
    clock: () => new Date(0),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    threads: 1,
  });
});
afterAll(() => engine[Symbol.asyncDispose]());

const plan = readPlan(
  JSON.stringify({
    version: 1,
    name: "forecast",
    generation: { source: "library", files: ["own.smi"] },
    evaluation: { basis: "6-31g", propertySettings: { activeSpace: false } },
  }),
  "plan.json",
);

it("foretells a campaign's states and time, and nothing of what the notebook holds already", async () => {
  const library = await engine.libraries.read({ files: [new File(["CCO\nCOC\nCC=O\nC(\n"], "own.smi")] });
  const settings = settingsOfPlan(plan, { library });
  const before = await engine.campaigns.forecast(settings);
  // Three of four rows are molecules, each with a neutral and a cation by MP2.
  expect(before).toMatchObject({ evaluations: 3, states: 6, molecules: 3, threads: 1, timedStates: 0 });
  const began = process.cpuUsage();
  const { id } = await engine.campaigns.start(settings);
  await engine.campaigns.finished({ id });
  const { user, system } = process.cpuUsage(began);
  const taken = (user + system) / 1e6;
  // Of the processor, for tests run beside others; a campaign of three molecules is as much start as states (docs/benchmarks.md).
  expect(before.seconds / taken).toBeGreaterThan(0.5);
  expect(before.seconds / taken).toBeLessThan(2);
  const after = await engine.campaigns.forecast(settings);
  expect(after).toMatchObject({ evaluations: 3, states: 0, timedStates: 6 });
}, 240_000);

it("embeds a few molecules where their shape decides the states", async () => {
  const library = await engine.libraries.read({ files: [new File(["O\nN\nC=O\nCO\n"], "few.smi")] });
  const asked = { ...plan, evaluation: { property: "proton-affinity", basis: "sto-3g" } };
  const { molecules, states } = await engine.campaigns.forecast(settingsOfPlan(asked, { library }));
  expect(molecules).toBe(3);
  // Each of the four: the molecule, one site relaxed roughly and in full, two energies, two sets of vibrations.
  expect(states).toBeGreaterThanOrEqual(4 * 7);
}, 240_000);

it("says what 28 qubits in def2-TZVP, sixty times, would take: days and gigabytes", async () => {
  const settings = CampaignSettings.parse({
    name: "too much",
    generation: { count: 200 },
    evaluation: { basis: "def2-tzvp", activeSpace: { nelec: 14, norb: 14 }, maxEvaluations: 60 },
  });
  const { evaluations, seconds, memory_bytes } = await engine.campaigns.forecast(settings);
  expect(evaluations).toBe(60);
  expect(seconds).toBeGreaterThan(24 * 3600);
  expect(memory_bytes).toBeGreaterThan(2 * 2 ** 30);
}, 240_000);
