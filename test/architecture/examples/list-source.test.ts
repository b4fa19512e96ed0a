import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { getCandidate, listCandidates } from "#core/notebook/tables/candidates.ts";
import { provenanceGraph } from "#core/notebook/tables/provenance.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { finishedCampaign, startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import { exportCampaign } from "#core/orchestration/desks/exporting.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { outputOf } from "#core/orchestration/dispatch/protocol.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { answer } from "#core/orchestration/worker/answer.ts";
import { type Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { candidateId } from "#shared/ids.ts";
import { ListSource, listSource } from "./list-source.ts";

const resources = fileURLToPath(new URL("../../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-source-"));
const path = join(folder, "notebook.sqlite");
const clock = () => new Date(0);
const program = "test 1";
const list = ["O", "C(", "OC"];

/** Does each task where it was asked for. */
const here: Dispatcher = {
  run: async (task, input) => outputOf(await answer(task, input, { resources, threads: 1 })),
  [Symbol.asyncDispose]: async () => {},
};

let notebook: Notebook;
let campaign: Campaign;
beforeAll(async () => {
  notebook = openNotebook({ path, mode: "create", clock, program });
  const events = createCampaignEvents();
  const services = {
    notebook,
    program,
    dispatcher: here,
    logger: { info: () => {}, warn: console.warn, error: console.error },
    openSource: async () =>
      listSource.open(ListSource.parse({ source: "list", smiles: list, count: 3 }), {} as never),
  };
  const runner = createRunner({ services, events, stages: STAGES, threads: 1 });
  const settings = CampaignSettings.parse({
    name: "three molecules",
    generation: { count: 3 },
    evaluation: { basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 } },
    filter: { minHeavyAtoms: 1 },
  });
  const running = { notebook, runner, events };
  campaign = await finishedCampaign(running, startCampaign(running, settings).id);
  await runner[Symbol.asyncDispose]();
});
afterAll(() => {
  notebook[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

describe("molecules of a second source", () => {
  it("go through every stage without a model or a likelihood", () => {
    expect(campaign).toMatchObject({
      state: "succeeded",
      error: null,
      modelHash: null,
      counts: { proposed: 3, rejected: 1, evaluated: 2 },
    });
    const found = listCandidates(notebook.db, campaign.id);
    expect(found.map(({ proposal }) => proposal)).toEqual(
      list.map((smiles, index) => ({ index, smiles, nll: null })),
    );
    expect(found.map(({ state }) => state)).toEqual(["evaluated", "rejected", "evaluated"]);
  });

  it("leave a notebook that is verified, with the list at the beginning of their graph", async () => {
    expect(await verifyNotebook(path)).toMatchObject({ ok: true, findings: [] });
    const { records } = getCandidate(notebook.db, candidateId(campaign.id, 2));
    const of = [readRecord(notebook.db, records.candidate).hash];
    const { nodes } = provenanceGraph(notebook.db, { of, direction: "origins" });
    expect(nodes.map(({ kind, label }) => [kind, label])).toEqual([
      ["data-set", "list"],
      ["sampling-run", "list, from index 2 on"],
      ["candidate", "OC, proposal 2"],
    ]);
  });

  it("are exported with an empty likelihood", async () => {
    const structures = await threadChemistry(resources);
    const request = { campaignId: campaign.id, format: "csv" as const, selection: "all" as const };
    const { text } = await exportCampaign({ notebook, program, structures, clock }, request);
    const [head = "", ...rows] = text.trim().split(/\r?\n/);
    const column = head.split(",").indexOf("nll_nat");
    expect(rows.map((row) => row.split(",")[column])).toEqual(["", "", ""]);
  });
});

describe("settings of a campaign", () => {
  it("from before there were sources mean the model", () => {
    const settings = GenerationSettings.parse({ model: "own", seed: 7, temperature: 0.9, count: 20 });
    expect(settings).toMatchObject({ source: "model", model: "own", seed: 7, temperature: 0.9, count: 20 });
  });

  it("name no source that there is none of", () => {
    expect(GenerationSettings.safeParse({ source: "list", smiles: list }).error?.issues[0]).toMatchObject({
      path: ["source"],
    });
  });
});
