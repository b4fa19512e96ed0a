/** Campaigns over a list of molecules, in a notebook of their own, each task done where it was asked for. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openNotebook } from "#core/notebook/notebook.ts";
import { finishedCampaign, startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import { exportCampaign } from "#core/orchestration/desks/exporting.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { outputOf } from "#core/orchestration/dispatch/protocol.ts";
import { replayCandidate } from "#core/orchestration/stages/replay.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { rankedCandidates, rankedDetail } from "#core/orchestration/views/candidate-views.ts";
import { createSearch } from "#core/orchestration/views/searching.ts";
import { answer } from "#core/orchestration/worker/answer.ts";
import { type Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import { type PropertyRange, SearchQuery } from "#shared/campaign/search.ts";
import type { CandidateId } from "#shared/ids.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { ListSource, listSource } from "../../../../../architecture/examples/list-source.ts";

const resources = fileURLToPath(new URL("../../../../../../resources", import.meta.url));
export const context = { resources, threads: 1 };

/** @param change of what states gave: faults to inject */
export function listCampaigns(
  list: readonly string[],
  change: (request: EnergyRequest, result: EnergyResult) => EnergyResult = (_, result) => result,
) {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-list-"));
  const path = join(folder, "n.sqlite");
  const program = "test 1";
  const clock = () => new Date(0);
  const notebook = openNotebook({ path, mode: "create", clock, program });
  let computed = 0;
  const dispatcher: Dispatcher = {
    run: async (task, input) => {
      const output = outputOf(await answer(task, input, context));
      if (task !== "evaluate") return output;
      computed++;
      return change(input as EnergyRequest, output as EnergyResult) as typeof output;
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const services = {
    notebook,
    program,
    dispatcher,
    logger: { info: () => {}, warn: () => {}, error: console.error },
    openSource: async () =>
      listSource.open(ListSource.parse({ source: "list", smiles: list, count: list.length }), {} as never),
  };
  return {
    path,
    notebook,
    dispatcher,
    /** A campaign to its end; the candidates in order of proposal, and how many states were computed. */
    async run(evaluation: object) {
      computed = 0;
      const events = createCampaignEvents();
      await using runner = createRunner({ services, events, stages: STAGES, threads: 1 });
      const settings = CampaignSettings.parse({
        name: "list",
        generation: { count: list.length },
        filter: { minHeavyAtoms: 0, maxSaScore: 10, alerts: [] },
        evaluation,
      });
      const running = { notebook, runner, events };
      const campaign = await finishedCampaign(running, startCampaign(running, settings).id);
      const rows = rankedCandidates(notebook.db, campaign.id);
      return {
        campaign,
        computed,
        details: rows.map(({ id, rank }) => ({ ...rankedDetail(notebook.db, id), rank })),
      };
    },
    /** The ranked candidates as CSV: a record of its columns each. */
    async exported({ id }: Campaign): Promise<Record<string, string>[]> {
      const structures = await threadChemistry(resources);
      const request = { campaignId: id, format: "csv" as const, selection: "ranked" as const };
      const { text } = await exportCampaign({ ...services, structures, clock }, request);
      const [head = [], ...rows] = text
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(","));
      return rows.map((row) => Object.fromEntries(head.map((name, k) => [name, row[k] ?? ""])));
    },
    /** The candidates that a search for numbers finds. */
    async found(range: PropertyRange): Promise<CandidateId[]> {
      const chemistry = () => Promise.reject(new Error("not needed"));
      await using search = createSearch({ ...services, chemistry } as never);
      const hits = await search.run(SearchQuery.parse({ ranges: [range] }));
      return hits.map(({ candidate }) => candidate.id);
    },
    /** How computing the candidate's states again ended. */
    async replayed(id: CandidateId) {
      const steps = await replayCandidate({ ...services, resources, models: {} } as never, id);
      return steps.find(({ step }) => step === "evaluate");
    },
    [Symbol.dispose]() {
      notebook[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    },
  };
}
