import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { CampaignSettings, type CampaignSettingsInput } from "#shared/campaign/campaign.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const TIME_LIMIT_MS = 240_000;
const folder = mkdtempSync(join(tmpdir(), "ansatz-acquisition-"));
afterAll(() => rmSync(folder, { recursive: true }));

const open = (name: string): Promise<Engine> =>
  createEngine({
    paths: { notebook: join(folder, name), resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: console.warn, error: console.error },
    threads: 2,
  });

/** The fastest there is: this file is about which molecules are chosen. */
const EVALUATION = {
  property: "vertical-ionisation-energy",
  propertySettings: { method: "vqe" },
  basis: "sto-3g",
  activeSpace: { nelec: 2, norb: 2 },
} as const;

async function run(engine: Engine, input: Partial<CampaignSettingsInput>) {
  const settings = CampaignSettings.parse({
    name: "acquisition",
    filter: { maxHeavyAtoms: 9 },
    generation: { count: 60, seed: 3 },
    evaluation: { ...EVALUATION, maxEvaluations: 4 },
    ...input,
  });
  const { id } = await engine.campaigns.start(settings);
  const campaign = await engine.campaigns.finished({ id });
  expect(campaign).toMatchObject({ state: "succeeded", error: null });
  const rows = await engine.candidates.list({ campaignId: id });
  const evaluated = rows.filter(({ values }) => values["vertical-ionisation-energy"] !== undefined);
  return { rows, evaluated };
}

const ids = (rows: readonly { proposal: { index: number } }[]) => rows.map(({ proposal }) => proposal.index);

/** The rounds of choice that speak of a candidate, as people see them. */
async function rounds(engine: Engine, candidate: string): Promise<string[]> {
  const graph = await engine.notebook.candidateProvenance({ id: candidate as never });
  const node = graph.nodes.find(({ kind }) => kind === "candidate")!;
  const after = await engine.notebook.provenance({ record: node.hash, direction: "consequences" });
  return after.nodes.filter(({ kind }) => kind === "acquisition").map(({ label }) => label);
}

describe("a campaign that chooses what to evaluate", { timeout: TIME_LIMIT_MS }, () => {
  it("spends its evaluations in rounds, records each choice, and chooses the same again", async () => {
    await using engine = await open("a.sqlite");
    const acquisition = { strategy: "greedy", batchSize: 2 } as const;
    const { rows, evaluated } = await run(engine, { acquisition });
    expect(evaluated).toHaveLength(4);
    const accepted = rows.filter(({ rejection, identity }) => identity && !rejection);
    expect(accepted.length).toBeGreaterThan(4);
    // Nothing was known at first: the first round is the first two that passed the filter.
    const first = ids(accepted).slice(0, 2);
    expect(ids(evaluated)).toEqual(expect.arrayContaining(first));
    expect(ids(evaluated)).not.toEqual(ids(accepted).slice(0, 4));
    const labels = await Promise.all(evaluated.map(({ id }) => rounds(engine, id)));
    expect(labels.flat().sort()).toEqual([
      ...Array(2).fill("round 1, greedy, from 0 evaluations"),
      ...Array(2).fill("round 2, greedy, from 2 evaluations"),
    ]);
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });

    await using other = await open("b.sqlite");
    const again = await run(other, { acquisition });
    expect(ids(again.evaluated)).toEqual(ids(evaluated));

    // A second campaign learns from the evaluations of the first.
    const next = await run(engine, {
      name: "next",
      generation: { count: 60, seed: 4 },
      evaluation: { ...EVALUATION, maxEvaluations: 1 },
      acquisition: { strategy: "expected-improvement", batchSize: 5 },
    });
    expect(next.evaluated).toHaveLength(1);
    expect(await rounds(engine, next.evaluated[0]!.id)).toEqual([
      "round 1, expected-improvement, from 4 evaluations",
    ]);
  });

  it("proposes with a steered model, whose molecules are the same when they are made again", async () => {
    await using engine = await open("c.sqlite");
    const { rows } = await run(engine, {
      generation: {
        count: 40,
        seed: 2,
        constrained: true,
        steering: [{ kind: "logp", minimum: 1, maximum: 3 }, { kind: "qed" }],
      },
      evaluation: { ...EVALUATION, maxEvaluations: 1 },
    });
    expect(rows).toHaveLength(40);
    const replayed = await engine.notebook.replay({ id: rows[30]!.id });
    expect(replayed[0]).toMatchObject({ step: "propose", outcome: "identical" });
  });

  it("is refused where steering and other settings contradict each other, before anything is stored", async () => {
    await using engine = await open("d.sqlite");
    const steering = [{ kind: "qed" }] as const;
    const refused = [
      { count: 20_000, steering },
      { temperature: 0.5, steering },
      { steering: [{ kind: "substructure", smarts: "C1CC" }] },
      { prompt: { kind: "decorate", scaffold: "c1ccccc1" } },
    ];
    for (const generation of refused) {
      const settings = CampaignSettings.parse({ name: "refused", generation });
      await expect(engine.campaigns.start(settings)).rejects.toMatchObject({ code: "invalid-input" });
    }
    expect(await engine.campaigns.list()).toEqual([]);
  });
});
