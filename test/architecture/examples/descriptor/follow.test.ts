import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { columnsOf } from "#core/export/columns.ts";
import { toCsv } from "#core/export/csv.ts";
import { methodParagraphs } from "#core/export/methods.ts";
import { reportDefinition } from "#core/export/report.ts";
import { toSdf } from "#core/export/sdf.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { MIGRATIONS, migrate } from "#core/notebook/file/migrate.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { finishedCampaign, startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import type { Models } from "#core/orchestration/models/models.ts";
import { openSource } from "#core/orchestration/sources/sources.ts";
import { filterStage } from "#core/orchestration/stages/filter/run.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { createSearch } from "#core/orchestration/views/searching.ts";
import { CampaignSettings, FilterSettings } from "#shared/campaign/campaign.ts";
import { SearchProperty, SearchQuery } from "#shared/campaign/search.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import type { CampaignId } from "#shared/ids.ts";
import { Descriptors } from "#shared/molecule/molecule.ts";
import { row } from "../../../unit/core/export/rows.ts";
import { sampleNotebook } from "../../../unit/core/notebook/sample-notebook.ts";
import { CARD, model } from "../../../unit/core/orchestration/stages/fixed-campaign.ts";
import { entry, id } from "./heteroatoms.ts";

vi.mock("#shared/molecule/descriptors.ts", async (original) => {
  const table = await original<typeof import("#shared/molecule/descriptors.ts")>();
  const toy = await import("./heteroatoms.ts");
  return { ...table, DESCRIPTOR_TABLE: { ...table.DESCRIPTOR_TABLE, [toy.id]: toy.entry } };
});
vi.mock("#core/chemistry/descriptors/values.ts", async (original) => {
  const values = await original<typeof import("#core/chemistry/descriptors/values.ts")>();
  const toy = await import("./heteroatoms.ts");
  return { DESCRIPTOR_VALUES: { ...values.DESCRIPTOR_VALUES, [toy.id]: toy.value } };
});

/** Counted by hand. "CCC" is in the notebook already, by a version that did not know the toy. */
const MOLECULES = [
  { smiles: "CCC", heteroatoms: 0 },
  { smiles: "CC(N)=O", heteroatoms: 2 },
  { smiles: "OCC(N)CO", heteroatoms: 3 },
  { smiles: "CCO", heteroatoms: 1 },
];
vi.mock("#core/generation/sampling/sample.ts", () => ({
  async *sampleMolecules() {
    for (const [index, { smiles }] of MOLECULES.entries()) yield { index, smiles, nll: 1 };
  },
}));

const resources = fileURLToPath(new URL("../../../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-heteroatoms-"));
const path = join(folder, "notebook.sqlite");
const quiet = { info: () => {}, warn: console.warn, error: console.error };
let notebook: Notebook;
let campaignId: CampaignId;

/** The filter as it is; no molecule gets a geometry. */
const dispatcher = {
  async run(task: string, input: unknown): Promise<never> {
    if (task === "filter") return filterStage.run(input as never, { resources } as never) as never;
    return { outcome: "failed", reason: "not-relaxed", detail: "not looked at" } as never;
  },
  [Symbol.asyncDispose]: async () => {},
};

beforeAll(async () => {
  notebook = sampleNotebook(path, { campaigns: 1, candidates: 4 });
  const events = createCampaignEvents();
  const models = { open: async () => model, lineageOf: async () => [CARD] } as unknown as Models;
  const services = {
    notebook,
    dispatcher,
    program: "toy 1",
    logger: quiet,
    openSource: (settings: GenerationSettings) =>
      openSource(settings, { models, libraries: {} as never, resources }),
  };
  await using runner = createRunner({ services, events, stages: STAGES, threads: 1 });
  const settings = CampaignSettings.parse({
    name: "toy",
    generation: { model: "fixed", count: MOLECULES.length },
    filter: { maxHeteroatoms: 2, alerts: [] },
  });
  const bench = { notebook, events, runner };
  ({ id: campaignId } = await finishedCampaign(bench, startCampaign(bench, settings).id));
});
afterAll(() => {
  notebook[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** As the type of the real table knows nothing of it. */
const toyOf = (descriptors: object | null): unknown => (descriptors as Record<string, unknown> | null)?.[id];

describe("a descriptor that is put into the table and into the values", () => {
  it("is a member of the schema, after the others, which earlier records may lack", () => {
    expect(Object.keys(Descriptors.shape).at(-1)).toBe(id);
    const { descriptors } = row(0).candidate;
    expect(toyOf(descriptors)).toBeUndefined();
    expect(toyOf(Descriptors.parse({ ...descriptors, [id]: 1 }))).toBe(1);
    expect(() => Descriptors.parse({ ...descriptors, [id]: 0.5 })).toThrow(/int/);
  });

  it("is computed by the filter, which rejects by its bounds, and is written to and read from SQL", () => {
    const found = listCandidates(notebook.db, campaignId);
    const accepted = found.filter(({ rejection }) => rejection === null);
    expect(accepted.map(({ proposal, descriptors }) => [proposal.smiles, toyOf(descriptors)])).toEqual([
      ["CCC", 0],
      ["CC(N)=O", 2],
      ["CCO", 1],
    ]);
    expect(found[2]?.rejection).toEqual({ rule: "heteroatoms", detail: "3, at most 2 allowed" });
  });

  it("is a setting of the filter for each of its sides, off by default and after those of before", () => {
    expect(Object.keys(FilterSettings.shape).slice(-2)).toEqual(["minHeteroatoms", "maxHeteroatoms"]);
    expect(FilterSettings.parse({})).toMatchObject({ minHeteroatoms: null, maxHeteroatoms: null });
    expect(() => FilterSettings.parse({ maxHeteroatoms: -1 })).toThrow(/>=0/);
  });

  it("brings its own migration: an older file gets the column, and verification knows the tables", () => {
    expect(MIGRATIONS[entry.since - 1]).toBe("ALTER TABLE molecule ADD COLUMN heteroatom_count INTEGER;");
    const old = new Sqlite(":memory:");
    migrate(old, 0, entry.since - 1);
    old.exec("INSERT INTO molecule (canonical_smiles, inchi_key, formula) VALUES ('C', 'K', 'CH4')");
    migrate(old, entry.since - 1);
    expect(old.prepare("SELECT heteroatom_count FROM molecule").pluck().all()).toEqual([null]);
    old.close();
    expect(verifyNotebook(path).findings).toEqual([]);
  });

  it("fills in what an earlier verdict did not know of a molecule, and leaves the others without a value", () => {
    const molecules = notebook.db.sql.selectFrom("molecule").selectAll();
    const bySmiles = Object.fromEntries(
      notebook.db.all(molecules).map((molecule) => [molecule.canonical_smiles, molecule]),
    );
    // InChIKey and logP are those of the earlier verdict.
    expect(bySmiles.CCC).toMatchObject({ heteroatom_count: 0, inchi_key: "KEY-3", log_p: 1.5 });
    expect(bySmiles.CC).toMatchObject({ heteroatom_count: null, log_p: 1 });
    const [first] = listCandidates(notebook.db, listCampaigns(notebook.db).at(-1)!.id);
    expect(first?.descriptors).not.toHaveProperty(id);
  });

  it("is found by search, on the command line and in the app alike", async () => {
    expect(SearchProperty.options.at(-1)).toBe(id);
    const services = { notebook, dispatcher, chemistry: () => Promise.reject(new Error("not needed")) };
    await using search = createSearch({ ...services, logger: quiet } as never);
    const hits = await search.run(SearchQuery.parse({ ranges: [{ property: id, min: 1, max: 2 }] }));
    expect(hits.map(({ candidate }) => candidate.proposal.smiles)).toEqual(["CC(N)=O", "CCO"]);
  });

  it("is a column of CSV and SDF and a line of the report, empty where the molecule has no value", () => {
    const { candidate, campaign } = row(0);
    const descriptors = { ...candidate.descriptors, [id]: 1 };
    const known = row(1, { descriptors });
    const columns = columnsOf([known]);
    const place = columns.findIndex(({ name }) => name === entry.exportName);
    expect(columns[place - 1]?.name).toBe("sa_score");
    expect([known, row(0)].map((one) => columns[place]?.value(one))).toEqual([1, null]);
    expect(toCsv([known])).toContain(",sa_score,hetero_atoms,");
    expect(toSdf([known], () => "")).toContain("> <hetero_atoms>\n1\n");
    const input = { rows: [known], generatedAt: campaign.createdAt, depict: () => "<svg/>" };
    expect(JSON.stringify(reportDefinition(input))).toContain('"Het 1"');
    const asked = { ...campaign.settings.filter, maxHeteroatoms: 4 };
    const settings = { ...campaign.settings, filter: asked };
    const methods = methodParagraphs({ ...campaign, settings }).map(({ text }) => text);
    expect(methods.join()).toContain("Also asked for: at most 4 heteroatoms.");
  });
});
