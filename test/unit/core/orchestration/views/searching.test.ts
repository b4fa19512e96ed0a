import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { rankedCandidates, rankedDetail } from "#core/orchestration/views/candidate-views.ts";
import { createSearch, type Search } from "#core/orchestration/views/searching.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { SearchProperty, SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { isPropertyField, type PropertyField, propertyNamed } from "#shared/properties/find.ts";
import { FIRST, SECOND } from "../../../shared/campaign/own-rungs.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

const notNeeded = () => Promise.reject(new Error("a search by properties needs no thread and no chemistry"));
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

let notebook: Notebook;
let search: Search;
beforeEach(() => {
  notebook = sampleNotebook(":memory:", { campaigns: 2, candidates: 6 });
  const dispatcher = { run: notNeeded } as unknown as Dispatcher;
  search = createSearch({ notebook, dispatcher, chemistry: notNeeded, logger: quiet });
});
afterEach(async () => {
  await search[Symbol.asyncDispose]();
  notebook[Symbol.dispose]();
});

const candidates = async (query: SearchQueryInput) =>
  (await search.run(SearchQuery.parse(query))).map(({ candidate }) => candidate);

describe("a candidate that was found", () => {
  it("has the rank that the table of its campaign gives it", async () => {
    const tables = listCampaigns(notebook.db)
      .reverse()
      .flatMap(({ id }) => rankedCandidates(notebook.db, id));
    expect(await candidates({})).toEqual(tables);
    expect(tables.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, null, null, 1, 2, 3, 4, null, null]);
  });

  it("keeps that rank where better ones do not fit, are beyond the limit or are of another campaign", async () => {
    const ranges = [{ property: "verticalIonisation_hartree" as const, max: 0.385 }];
    const found = await candidates({ ranges, limit: 3 });
    expect(found.map(({ proposal, rank }) => [proposal.index, rank])).toEqual([
      [2, 3],
      [3, 4],
      [2, 3],
    ]);
    expect(found.map(({ id }) => rankedDetail(notebook.db, id).rank)).toEqual([3, 4, 3]);
  });
});

describe("what was found", () => {
  const order = async (query: SearchQueryInput) =>
    (await candidates(query)).map(({ proposal, rank }) => [proposal.index, rank]);
  const [worst, best] = [0.1, 0.9];
  beforeEach(() => {
    const { sql } = notebook.db;
    const row = (idx: number) => sql.selectFrom("candidate").select("id").where("idx", "=", idx);
    for (const [idx, value] of [
      [0, worst],
      [2, best],
    ] as const)
      notebook.db.run(sql.updateTable("candidate_value").set({ value }).where("candidate", "in", row(idx)));
  });

  it("comes campaign by campaign, the best first and those without a rank last", async () => {
    const one = [
      [2, 1],
      [1, 2],
      [3, 3],
      [0, 4],
      [4, null],
      [5, null],
    ];
    expect(await order({})).toEqual([...one, ...one]);
    expect(await order({ limit: 2 })).toEqual(one.slice(0, 2));
    const ranges = [{ property: "heavyAtoms" as const, min: 2, max: 4 }];
    const [first] = listCampaigns(notebook.db).reverse();
    expect(await order({ campaignId: first!.id, ranges })).toEqual([
      [2, 1],
      [1, 2],
      [3, 3],
    ]);
  });

  it("follows the direction of each campaign", async () => {
    const [first] = listCampaigns(notebook.db).reverse();
    const settings = JSON.stringify({ ...first!.settings, ranking: { direction: "minimise" } });
    notebook.db.run(notebook.db.sql.updateTable("campaign").set({ settings }).where("uuid", "=", first!.id));
    expect((await order({})).map(([index]) => index)).toEqual([0, 3, 1, 2, 4, 5, 2, 1, 3, 0, 4, 5]);
  });
});

describe("a range", () => {
  /** Values that no two properties share, as a candidate of the sample notebook does not have them. */
  const distinct = SearchProperty.options.map((property, k) => ({ property, value: 10 + k }));
  const COLUMN: Record<Exclude<SearchProperty, PropertyField>, string> = {
    molecularWeight_dalton: "molecular_weight_dalton",
    exactMass_dalton: "exact_mass_dalton",
    heavyAtoms: "heavy_atoms",
    rotatableBonds: "rotatable_bonds",
    ringCount: "ring_count",
    hydrogenBondDonors: "hydrogen_bond_donors",
    hydrogenBondAcceptors: "hydrogen_bond_acceptors",
    logP: "log_p",
    tpsa_angstrom2: "tpsa_angstrom2",
    qed: "qed",
    saScore: "sa_score",
  };
  beforeEach(() => {
    const { id, molecule } = notebook.db.one(
      notebook.db.sql.selectFrom("candidate").select(["id", "molecule"]).where("idx", "=", 0).limit(1),
    )!;
    for (const { property, value } of distinct) {
      notebook.db.run(
        isPropertyField(property)
          ? notebook.db.sql
              .insertInto("candidate_value")
              .values({ candidate: id, property: propertyNamed(property).id, value })
              .onConflict((known) => known.columns(["candidate", "property"]).doUpdateSet({ value }))
          : notebook.db.sql
              .updateTable("molecule")
              .set({ [COLUMN[property]]: value })
              .where("id", "=", molecule!),
      );
    }
  });

  it.each(distinct)(
    "of $property finds by that property alone, both bounds included",
    async ({ property, value }) => {
      const hits = async (min?: number, max?: number) =>
        (await candidates({ ranges: [{ property, min, max }] })).filter(
          ({ descriptors }) => descriptors?.logP === distinct.find((one) => one.property === "logP")?.value,
        ).length;
      expect(await hits(value, value)).toBe(1);
      expect(await hits(value)).toBe(1);
      expect(await hits(undefined, value)).toBe(1);
      expect(await hits(value + 0.001)).toBe(0);
      expect(await hits(undefined, value - 0.001)).toBe(0);
    },
  );
});

it("a range of a person's own property is of the rungs that define it", async () => {
  const { db } = notebook;
  const [, first] = listCampaigns(db);
  const settings = CampaignSettings.parse({
    ...first!.settings,
    evaluation: { property: "own-formula", definition: FIRST },
    rungs: [{ keep: 1, definition: SECOND }],
  });
  db.run(
    db.sql
      .updateTable("campaign")
      .set({ settings: JSON.stringify(settings) })
      .where("uuid", "=", first!.id),
  );
  db.run(db.sql.updateTable("candidate").set({ rung: 1 }).where("idx", "=", 0));
  db.run(db.sql.updateTable("candidate_value").set({ property: "own-formula" }));
  const found = async (definition: string) => {
    const ranges = [{ property: "ownProperty_hartree" as const, definition, min: -1000 }];
    return (await candidates({ ranges })).map(({ campaignId, proposal }) => {
      expect(campaignId).toBe(first!.id);
      return proposal.index;
    });
  };
  expect(await found("first")).toEqual([0]);
  const below = await found("second");
  expect(below.length).toBeGreaterThan(0);
  expect(below).not.toContain(0);
  expect(await found("third")).toEqual([]);
});

describe("what is similar", () => {
  const chemistry = openChemistry({ filtersDirectory: "resources/filters" });
  afterAll(async () => (await chemistry)[Symbol.dispose]());
  /** Indices of what is found, with how similar it is. */
  const similar = async (query: Omit<SearchQueryInput, "similarTo">) => {
    const run = async (_: string, { smiles }: { smiles: string[] }) => {
      const made = await chemistry;
      return smiles.map((one) => made.fingerprints(one));
    };
    await using own = createSearch({
      ...{
        notebook,
        dispatcher: { run } as unknown as Dispatcher,
        chemistry: () => chemistry,
        logger: quiet,
      },
    });
    const found = await own.run(SearchQuery.parse({ similarTo: "CCC", minSimilarity: 0.2, ...query }));
    return found.map(({ candidate, similarity }) => ({ index: candidate.proposal.index, similarity }));
  };

  it("comes most similar first, over all campaigns, and as many as were asked for", async () => {
    const all = await similar({ limit: 60 });
    // Propane of both campaigns, which is the third candidate of one and the second of the other.
    expect(all.slice(0, 2)).toEqual([
      { index: 2, similarity: 1 },
      { index: 1, similarity: 1 },
    ]);
    expect(all.length).toBeGreaterThan(5);
    const similarities = all.map(({ similarity }) => similarity!);
    expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
    expect(new Set(similarities).size).toBeGreaterThan(2);
    expect(await similar({ limit: 3 })).toEqual(all.slice(0, 3));
    const near = await similar({ minSimilarity: 0.99 });
    expect(near).toEqual(all.filter(({ similarity }) => similarity! >= 0.99));
  });
});
