import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { methodParagraphs } from "#core/export/methods.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { linkedFrom, readRecord } from "#core/notebook/tables/records.ts";
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
import { rankingCertainty } from "#core/orchestration/views/certainty.ts";
import { createSearch } from "#core/orchestration/views/searching.ts";
import { answer } from "#core/orchestration/worker/answer.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { type Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { SearchProperty, SearchQuery } from "#shared/campaign/search.ts";
import { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { listedDocument } from "../../../../src/cli/commands/notebook/lists.ts";
import { parseObjectives } from "../../../../src/cli/objective.ts";
import { propertyFromFlags } from "../../../../src/cli/property-options.ts";
import { rankedColumns, rowDocument } from "../../../../src/cli/ranked-table.ts";
import { ListSource, listSource } from "../list-source.ts";
import { spinGap } from "./spin-gap.ts";

vi.mock("#shared/properties/registry.ts", async (original) => {
  const { PROPERTIES } = await original<typeof import("#shared/properties/registry.ts")>();
  const toy = await import("./spin-gap.ts");
  return { PROPERTIES: [...PROPERTIES, toy.spinGap] };
});
vi.mock("#core/quantum/properties/registry.ts", async (original) => {
  const { PROTOCOLS } = await original<typeof import("#core/quantum/properties/registry.ts")>();
  const toy = await import("./spin-gap.ts");
  return { PROTOCOLS: { ...PROTOCOLS, [toy.spinGap.id]: toy.spinGapProtocol } };
});

const resources = fileURLToPath(new URL("../../../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-property-"));
const path = join(folder, "notebook.sqlite");
const clock = () => new Date(0);
const program = "toy 1";
const list = ["C=C", "O", "C=O"];
const level = { basis: "sto-3g", activeSpace: { nelec: 4, norb: 4 } };

/** Does each task where it was asked for. */
const dispatcher: Dispatcher = {
  run: async (task, input) => outputOf(await answer(task, input, { resources, threads: 1 })),
  [Symbol.asyncDispose]: async () => {},
};
const logger = { info: () => {}, warn: console.warn, error: console.error };
const services = {
  notebook: undefined as unknown as Notebook,
  program,
  dispatcher,
  logger,
  openSource: async () =>
    listSource.open(ListSource.parse({ source: "list", smiles: list, count: list.length }), {} as never),
};

let campaign: Campaign;
beforeAll(async () => {
  services.notebook = openNotebook({ path, mode: "create", clock, program });
  const events = createCampaignEvents();
  await using runner = createRunner({ services, events, stages: STAGES, threads: 1 });
  const settings = CampaignSettings.parse({
    name: "spin gaps",
    generation: { count: list.length },
    evaluation: { property: spinGap.id, ...level },
    filter: { minHeavyAtoms: 1, alerts: [] },
    acquisition: { strategy: "greedy", batchSize: 2 },
  });
  const running = { notebook: services.notebook, runner, events };
  campaign = await finishedCampaign(running, startCampaign(running, settings).id);
});
afterAll(() => {
  services.notebook[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** As the type of the real registry knows nothing of it. */
const gapOf = ({ values }: Pick<CandidateRow, "values">): number | undefined =>
  (values as Record<string, number>)[spinGap.id];
const rows = (): CandidateRow[] => rankedCandidates(services.notebook.db, campaign.id);
const best = () => rankedDetail(services.notebook.db, rows().find(({ rank }) => rank === 1)!.id);

describe("a property that is put into the two registries", () => {
  it("decides what is better and has its settings filled in; what it does not know is refused", () => {
    const { evaluation, ranking } = campaign.settings;
    expect(evaluation.propertySettings).toEqual({ multiplicity: 3 });
    expect(ranking).toEqual({ direction: "minimise" });
    const issues = (propertySettings: object) =>
      CampaignSettings.safeParse({
        name: "x",
        evaluation: { property: spinGap.id, propertySettings },
      }).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    expect(issues({ multiplicity: 7 })?.[0]).toMatch(/^evaluation\.propertySettings\.multiplicity: .*<=5/);
    expect(issues({ spin: 1 })?.[0]).toMatch(/Unrecognized key: "spin"/);
    const other = { property: "first-excitation" as const };
    expect(CampaignSettings.parse({ name: "x", evaluation: other }).evaluation).not.toHaveProperty(
      "propertySettings",
    );
  });

  it("is computed as its protocol says, each state in orbitals of its own", async () => {
    expect(campaign).toMatchObject({ state: "succeeded", counts: { proposed: 3, evaluated: 3, failed: 0 } });
    const { conformer, evaluation, values } = best();
    const energy = async (multiplicity: number) => {
      const { geometry } = conformer!;
      const request = EnergyRequest.parse({
        ...level,
        geometry,
        multiplicity,
        method: "vqe",
        ansatz: "uccsd",
        maxIterations: 200,
        charge: 0,
      });
      const { casci, vqe } = await evaluateEnergy(request, { resources, threads: 1 });
      return { casci: casci!.energy_hartree, vqe: vqe!.energy_hartree };
    };
    const [low, high] = [await energy(1), await energy(3)];
    expect(gapOf({ values })).toBeCloseTo(high.vqe - low.vqe, 9);
    expect(evaluation?.values.gapCasci_hartree).toBeCloseTo(high.casci - low.casci, 9);
    expect(Object.keys(evaluation!.states)).toEqual(["low", "high"]);
  });

  it("ranks the smallest first, and the surrogate learns from it", () => {
    const byRank = rows().toSorted((a, b) => a.rank! - b.rank!);
    const gaps = byRank.map((row) => gapOf(row)!);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(byRank[2]!.identity?.canonicalSmiles).toBe("O");
    expect(rankingCertainty(services.notebook.db, campaign.id)).toMatchObject({
      candidates: [],
      stability: null,
    });
    const { db } = services.notebook;
    const choices = db.all(db.sql.selectFrom("record").select("id").where("kind", "=", "acquisition"));
    const { id } = choices.at(-1)!;
    expect(readRecord(db, id).content.picks).toMatchObject([{ mean_hartree: expect.any(Number) }]);
    expect(linkedFrom(db, id, "learned-from")).toHaveLength(2);
  });

  it("is found by search", async () => {
    expect(SearchProperty.options).toContain(spinGap.field);
    const chemistry = () => Promise.reject(new Error("not needed"));
    await using search = createSearch({ ...services, chemistry } as never);
    const [least] = rows().toSorted((a, b) => gapOf(a)! - gapOf(b)!);
    const ranges = [{ property: spinGap.field, max: gapOf(least!)! }];
    const hits = await search.run(SearchQuery.parse({ ranges }));
    expect(hits.map(({ candidate }) => candidate.id)).toEqual([least!.id]);
    const ionisation = [{ property: "verticalIonisation_hartree", min: -1000 }];
    expect(await search.run(SearchQuery.parse({ ranges: ionisation }))).toEqual([]);
  });

  it("leaves a notebook that is verified and a candidate that is computed again to the same numbers", async () => {
    expect(await verifyNotebook(path)).toMatchObject({ ok: true, findings: [] });
    const steps = await replayCandidate({ ...services, resources, models: {} } as never, best().id);
    expect(steps.find(({ step }) => step === "evaluate")).toMatchObject({ outcome: "identical" });
  });

  it("is exported under its own columns and explained in the report", async () => {
    const structures = await threadChemistry(resources);
    const exported = async (format: "csv" | "sdf") => {
      const request = { campaignId: campaign.id, format, selection: "ranked" as const };
      return (await exportCampaign({ ...services, structures, clock }, request)).text;
    };
    expect(await exported("csv")).toMatch(/,spin_gap_vqe_ev,spin_gap_vqe_hartree,spin_gap_casci_ev,/);
    expect(await exported("sdf")).toContain("> <spin_gap_vqe_ev>");
    const methods = methodParagraphs(campaign).map(({ text }) => text);
    expect(methods.join()).toContain(`${spinGap.title}: ${spinGap.method("(4e,4o)")}`);
    expect(methods).toContainEqual(expect.stringMatching(/^By vertical spin gap, lowest first/));
  });

  it("is a flag, an objective, a column and a member of documents on the command line", () => {
    expect(propertyFromFlags({ property: spinGap.id, set: ["multiplicity=5"] })).toEqual({
      property: spinGap.id,
      propertySettings: { multiplicity: 5 },
    });
    expect(() => propertyFromFlags({ property: spinGap.id, set: ["spin=5"] })).toThrow(
      /one of: multiplicity/,
    );
    expect(() => propertyFromFlags({ property: "first-excitation", set: ["multiplicity=5"] })).toThrow(
      /has no settings/,
    );
    const twice = ["multiplicity=3", "multiplicity=5"];
    expect(() => propertyFromFlags({ property: spinGap.id, set: twice })).toThrow(/each setting once/);
    expect(parseObjectives(["spin-gap:6..2"])).toEqual({ property: spinGap.id, worst: 6, best: 2 });
    const titles = rankedColumns(campaign.settings.evaluation, [best()]).map(({ title }) => title);
    expect(titles).toEqual(
      expect.arrayContaining(["SG(VQE)/eV", "SG(CASCI)/eV", "E₀(VQE)/Eh", "E₁(VQE)/Eh"]),
    );
    expect(rowDocument(campaign.settings, best())).toMatchObject({
      rank: 1,
      spinGap_hartree: gapOf(best()),
    });
    expect(listedDocument(best())).toMatchObject({
      verticalIonisation_hartree: null,
      spinGap_hartree: gapOf(best()),
    });
  });
});
