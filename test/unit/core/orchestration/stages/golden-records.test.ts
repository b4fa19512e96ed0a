import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { openNotebook } from "#core/notebook/notebook.ts";
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { finishedCampaign, startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import type { Models } from "#core/orchestration/models/models.ts";
import { openSource } from "#core/orchestration/sources/sources.ts";
import { replayCandidate } from "#core/orchestration/stages/replay.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { CampaignSettings, type CampaignSettingsInput } from "#shared/campaign/campaign.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { answer, CARD, COUNT, model } from "./fixed-campaign.ts";

vi.mock("#core/generation/sampling/sample.ts", async () => ({
  sampleMolecules: (await import("./fixed-campaign.ts")).samples,
}));

const folder = mkdtempSync(join(tmpdir(), "ansatz-golden-"));
afterAll(() => rmSync(folder, { recursive: true }));

const program = "golden 1";
const run = async (task: string, input: unknown): Promise<never> => answer(task, input) as never;
const dispatcher = { run, [Symbol.asyncDispose]: async () => {} };

function openBench(name: string) {
  const notebook = openNotebook({
    path: join(folder, name),
    mode: "create",
    clock: () => new Date(0),
    program,
  });
  const events = createCampaignEvents();
  const models = {
    open: async () => model,
    list: async () => [{ name: CARD.name, hash: CARD.hash }],
    lineageOf: async () => [CARD],
  } as unknown as Models;
  const libraries = {} as never;
  const services = {
    notebook,
    dispatcher,
    program,
    logger: { info: () => {}, warn: console.warn, error: console.error },
    openSource: (settings: GenerationSettings) => openSource(settings, { models, libraries, resources: "" }),
  };
  const runner = createRunner({ services, events, stages: STAGES, threads: 1 });
  const replayed = { ...services, models, libraries, resources: "" };
  return {
    ...{ notebook, events, runner },
    replay: (id: Parameters<typeof replayCandidate>[1]) => replayCandidate(replayed, id),
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      notebook[Symbol.dispose]();
    },
  };
}
type Bench = ReturnType<typeof openBench>;

async function campaign(bench: Bench, settings: Omit<CampaignSettingsInput, "name">) {
  const wanted = CampaignSettings.parse({
    name: "golden",
    generation: { model: "fixed", count: COUNT },
    evaluation: {
      basis: "sto-3g",
      activeSpace: { nelec: 2, norb: 2 },
      propertySettings: { method: "vqe" },
    },
    ...settings,
  });
  const done = await finishedCampaign(bench, startCampaign(bench, wanted).id);
  expect(done).toMatchObject({ state: "succeeded", error: null });
  return done;
}

/** Records of each kind: how many, and the beginning of a hash over their hashes, sorted. */
function recordsOf({ notebook: { db } }: Bench): Record<string, string> {
  const rows = db.all(db.sql.selectFrom("record").select(["kind", "hash"]).orderBy("hash"));
  const kinds = Map.groupBy(rows, ({ kind }) => kind);
  return Object.fromEntries(
    [...kinds].map(([kind, all]) => {
      const digest = toHex(sha256(...all.map(({ hash }) => hash))).slice(0, 16);
      return [kind, `${all.length} ${digest}`];
    }),
  );
}

/** The key of each result. */
const keysOf = ({ notebook: { db } }: Bench): string[] =>
  db
    .all(
      db.sql.selectFrom("execution").select(["stage", "ordinal", "key"]).orderBy("stage").orderBy("ordinal"),
    )
    .map(({ stage, ordinal, key }) => `${stage} ${ordinal} ${toHex(key).slice(0, 16)}`);

describe("records and keys of fixed campaigns", () => {
  it("do not change by a byte as long as the stages keep their versions, and come again in a replay", async () => {
    await using bench = openBench("plain.sqlite");
    const { id, counts } = await campaign(bench, {});
    expect(counts).toMatchObject({ proposed: COUNT - 1, passed: 3, embedded: 2, evaluated: 1, failed: 2 });
    expect(recordsOf(bench)).toEqual({
      "backend-call": "2 07f82458789261bd",
      candidate: "1001 f374d098916fd62d",
      casci: "2 2379775a1d4e524f",
      conformer: "2 a64e89ab56cf0634",
      "data-set": "1 bbe13360e59239ee",
      evaluation: "2 d112b64448cbec3d",
      failure: "1 740b606117e5e545",
      "filter-run": "2 ceb15e2d8fa98d06",
      "filter-verdict": "1001 c01d188d485e11b0",
      hamiltonian: "1 27d50a85d6d4dab7",
      model: "1 ab74bde7ccb584cf",
      molecule: "3 e1e770220b42b582",
      "sampling-run": "2 dffc1dda65b43065",
      scf: "2 be9550a2b1f8bda5",
      score: "2 c77c885b3689bb8a",
      state: "3 dc9023b18b715597",
      vqe: "2 8fdbf315864e2aa2",
    });
    expect(keysOf(bench)).toEqual([
      "embed 0 71a6f474b3c06f19",
      "embed 1 f16c08c954ed3655",
      "embed 2 6c25d409ccba2384",
      "evaluate 0 268594d6be629360",
      "evaluate 1 bff67d733c1c61f8",
      "filter 0 82046742812ff2bb",
      "filter 1 ab235442aeabcb78",
      "propose 0 8703ab6a4b978904",
      "propose 1 c5f7f59baa3ebb9a",
    ]);
    const replayed: string[] = [];
    const [first, second, third] = listCandidates(bench.notebook.db, id);
    expect([first?.route, second?.route, third?.route]).toEqual(["active-space", undefined, undefined]);
    for (const { id: candidate } of listCandidates(bench.notebook.db, id).slice(0, 3))
      replayed.push(...(await bench.replay(candidate)).map(({ step, outcome }) => `${step} ${outcome}`));
    const evaluated = ["propose identical", "filter identical", "embed identical", "evaluate identical"];
    // The third has no geometry.
    expect(replayed).toEqual([...evaluated, ...evaluated, ...evaluated.slice(0, 2)]);
  });

  it("nor where a surrogate chooses, with a record for each round", async () => {
    await using bench = openBench("chosen.sqlite");
    await campaign(bench, { acquisition: { strategy: "thompson", batchSize: 2 } });
    expect(recordsOf(bench)).toEqual({
      acquisition: "2 700c1a3a7957e5f1",
      "backend-call": "2 07f82458789261bd",
      candidate: "1001 f374d098916fd62d",
      casci: "2 2379775a1d4e524f",
      conformer: "2 a64e89ab56cf0634",
      "data-set": "1 bbe13360e59239ee",
      evaluation: "2 d112b64448cbec3d",
      failure: "1 740b606117e5e545",
      "filter-run": "2 ceb15e2d8fa98d06",
      "filter-verdict": "1001 c01d188d485e11b0",
      hamiltonian: "1 27d50a85d6d4dab7",
      model: "1 ab74bde7ccb584cf",
      molecule: "3 e1e770220b42b582",
      "sampling-run": "2 dffc1dda65b43065",
      scf: "2 be9550a2b1f8bda5",
      score: "2 c77c885b3689bb8a",
      state: "3 dc9023b18b715597",
      vqe: "2 8fdbf315864e2aa2",
    });
    expect(keysOf(bench)).toEqual([
      "acquire 0 cf594391a9c5cc49",
      "acquire 1 0ff17bd5698c383e",
      "embed 0 71a6f474b3c06f19",
      "embed 1 f16c08c954ed3655",
      "embed 2 6c25d409ccba2384",
      "evaluate 0 268594d6be629360",
      "evaluate 1 bff67d733c1c61f8",
      "filter 0 82046742812ff2bb",
      "filter 1 ab235442aeabcb78",
      "propose 0 8703ab6a4b978904",
      "propose 1 c5f7f59baa3ebb9a",
    ]);
  });
});
