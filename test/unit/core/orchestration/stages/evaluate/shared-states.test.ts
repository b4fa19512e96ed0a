import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { finishedCampaign, startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { outputOf } from "#core/orchestration/dispatch/protocol.ts";
import { replayCandidate } from "#core/orchestration/stages/replay.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { rankedCandidates, rankedDetail } from "#core/orchestration/views/candidate-views.ts";
import { answer } from "#core/orchestration/worker/answer.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { DomainError } from "#shared/errors.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { ListSource, listSource } from "../../../../../architecture/examples/list-source.ts";

const resources = fileURLToPath(new URL("../../../../../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-shared-states-"));
const path = join(folder, "n.sqlite");
const program = "test 1";
const list = ["O", "C=O"];

/** The states that were computed since they were last asked for: charge, and whether with an active space. */
let computed: string[] = [];
/** How many states may still be computed before one dies. */
let lives = Number.POSITIVE_INFINITY;

const dispatcher: Dispatcher = {
  run: async (task, input) => {
    if (task === "evaluate") {
      const { charge, method } = input as EnergyRequest;
      computed.push(`${charge} ${method}`);
      if (lives-- === 0) throw new DomainError("worker-died", "The thread died.");
    }
    return outputOf(await answer(task, input, { resources, threads: 1 }));
  },
  [Symbol.asyncDispose]: async () => {},
};

let notebook: Notebook;
const open = (): Notebook => openNotebook({ path, mode: "create", clock: () => new Date(0), program });
const services = () => ({
  notebook,
  program,
  dispatcher,
  logger: { info: () => {}, warn: () => {}, error: console.error },
  openSource: async () =>
    listSource.open(ListSource.parse({ source: "list", smiles: list, count: list.length }), {} as never),
});

const settingsOf = (property: PropertyId, propertySettings?: object, basis = "sto-3g"): CampaignSettings =>
  CampaignSettings.parse({
    name: `${property} ${JSON.stringify(propertySettings)}`,
    generation: { count: list.length },
    evaluation: {
      property,
      basis,
      activeSpace: { nelec: 2, norb: 2 },
      ...(propertySettings && { propertySettings }),
    },
    filter: { minHeavyAtoms: 1, alerts: [] },
  });

async function campaign(property: PropertyId, propertySettings?: object, basis?: string) {
  computed = [];
  const events = createCampaignEvents();
  await using runner = createRunner({ services: services(), events, stages: STAGES, threads: 1 });
  const settings = settingsOf(property, propertySettings, basis);
  const running = { notebook, runner, events };
  const { id, counts, state } = await finishedCampaign(running, startCampaign(running, settings).id);
  return { id, counts, state, rows: rankedCandidates(notebook.db, id) };
}

beforeAll(() => {
  notebook = open();
});
afterAll(() => {
  notebook[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

describe("states", () => {
  it("of an anion that is not bound leave a candidate that was evaluated, has no number, and says why", async () => {
    const { id, counts, rows } = await campaign("vertical-electron-affinity");
    expect(computed).toEqual(["0 mp2", "-1 mp2", "0 mp2", "-1 mp2"]);
    expect(counts).toMatchObject({ evaluated: 2, failed: 0 });
    for (const row of rows)
      expect(row).toMatchObject({
        state: "evaluated",
        rank: null,
        values: {},
        failure: null,
        noValue: expect.stringMatching(/^not bound/),
      });
    const { evaluation } = rankedDetail(notebook.db, rows[0]!.id);
    expect(evaluation).toMatchObject({ outcome: "not-bound", values: { verticalAffinity_hartree: null } });
    const [steps] = await Promise.all([
      replayCandidate({ ...services(), resources, models: {} } as never, rows[0]!.id),
    ]);
    expect(steps.find(({ step }) => step === "evaluate")).toMatchObject({ outcome: "identical" });
    expect(rankedCandidates(notebook.db, id)).toHaveLength(2);
  });

  it("are computed once for several properties", async () => {
    await campaign("fundamental-gap");
    expect(computed).toEqual([]);
    const { counts } = await campaign("vertical-ionisation-energy", { activeSpace: false });
    // The cation of formaldehyde mixes spins: its quartet is computed too.
    expect(computed).toEqual(["1 mp2", "1 mp2", "1 mp2"]);
    expect(counts).toMatchObject({ evaluated: 2, failed: 0 });
  });

  it("are found after a restart; what was found is what was computed", async () => {
    notebook[Symbol.dispose]();
    notebook = open();
    const { rows } = await campaign("vertical-ionisation-energy");
    expect(computed).toEqual(["0 vqe", "0 vqe"]);
    const { evaluation } = rankedDetail(notebook.db, rows[0]!.id);
    expect(Object.keys(evaluation!.states)).toEqual(["neutral", "cation", "mp2-cation"]);
    const steps = await replayCandidate({ ...services(), resources, models: {} } as never, rows[0]!.id);
    expect(steps.find(({ step }) => step === "evaluate")).toMatchObject({ outcome: "identical" });
    expect(await verifyNotebook(path)).toMatchObject({ ok: true, findings: [] });
  });

  it("with an active space hold the field and MP2 that others ask for", async () => {
    await campaign("vertical-ionisation-energy", undefined, "6-31g**");
    expect(computed.filter((state) => state === "0 vqe")).toHaveLength(2);
    const { rows, counts } = await campaign("triplet-energy", undefined, "6-31g**");
    expect(counts).toMatchObject({ evaluated: 2, failed: 0 });
    // The triplets alone.
    expect(computed).toEqual(["0 mp2", "0 mp2"]);
    const { evaluation } = rankedDetail(notebook.db, rows[0]!.id);
    expect(evaluation!.states.singlet).toMatchObject({ activeSpace: null, casci: null, vqe: null });
    const steps = await replayCandidate({ ...services(), resources, models: {} } as never, rows[0]!.id);
    expect(steps.find(({ step }) => step === "evaluate")).toMatchObject({ outcome: "identical" });
    expect(await verifyNotebook(path)).toMatchObject({ ok: true, findings: [] });
  });

  it("that several jobs want at once are computed once", async () => {
    computed = [];
    const events = createCampaignEvents();
    await using runner = createRunner({ services: services(), events, stages: STAGES, threads: 4 });
    const running = { notebook, runner, events };
    const ids = (["vertical-electron-affinity", "fundamental-gap"] as const).map(
      (property) => startCampaign(running, settingsOf(property, undefined, "6-31g*")).id,
    );
    const finished = await Promise.all(ids.map((id) => finishedCampaign(running, id)));
    for (const { counts } of finished) expect(counts).toMatchObject({ evaluated: 2, failed: 0 });
    expect(computed.toSorted()).toEqual(["-1 mp2", "-1 mp2", "0 mp2", "0 mp2"]);
  });

  it("that their worker does not survive are all that is computed again", async () => {
    lives = 1;
    const { state, counts } = await campaign("vertical-ionisation-energy", undefined, "6-31g");
    lives = Number.POSITIVE_INFINITY;
    expect({ state, ...counts }).toMatchObject({ state: "succeeded", evaluated: 2, failed: 0 });
    const once = ["0 vqe", "1 mp2"];
    const quartet = "1 mp2";
    expect(computed).toEqual([...once, "1 mp2", ...once, quartet]);
  });
});
