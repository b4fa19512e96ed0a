import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listCampaigns } from "#core/notebook/campaigns.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { rankedCandidates, rankedDetail } from "#core/orchestration/candidate-views.ts";
import type { Pool } from "#core/orchestration/pool.ts";
import { createSearch, type Search } from "#core/orchestration/searching.ts";
import { SearchQuery, type SearchQueryInput } from "#shared/search.ts";
import { sampleNotebook } from "../notebook/sample-notebook.ts";

const notNeeded = () => Promise.reject(new Error("a search by properties needs no thread and no chemistry"));
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

let notebook: Notebook;
let search: Search;
beforeEach(() => {
  notebook = sampleNotebook(":memory:", { campaigns: 2, candidates: 6 });
  const pool = { run: notNeeded } as unknown as Pool;
  search = createSearch({ notebook, pool, chemistry: notNeeded, logger: quiet });
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
