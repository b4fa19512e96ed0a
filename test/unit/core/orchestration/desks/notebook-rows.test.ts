import { afterAll, expect, it } from "vitest";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import type { CandidatePages } from "#core/orchestration/desks/candidate-pages.ts";
import { notebookRows } from "#core/orchestration/desks/notebook-rows.ts";
import { createSearch } from "#core/orchestration/views/searching.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { SearchQuery } from "#shared/campaign/search.ts";
import { FIRST, SECOND } from "../../../shared/campaign/own-rungs.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

const notebook = sampleNotebook(":memory:", { campaigns: 3, candidates: 3 });
afterAll(() => notebook[Symbol.dispose]());

/** Campaigns of these definitions, in turn. */
function define(definitions: readonly object[]): void {
  const { db } = notebook;
  for (const [k, { id, settings }] of listCampaigns(db).reverse().entries()) {
    const evaluation = { property: "own-formula", definition: definitions[k] };
    const changed = JSON.stringify(CampaignSettings.parse({ ...settings, evaluation }));
    db.run(db.sql.updateTable("campaign").set({ settings: changed }).where("uuid", "=", id));
  }
  db.run(db.sql.updateTable("candidate_value").set({ property: "own-formula" }));
}

/** Heads of what was computed, campaign by campaign. */
async function computed(): Promise<string[]> {
  const notNeeded = () => Promise.reject(new Error("not needed"));
  await using search = createSearch({ notebook, chemistry: notNeeded } as never);
  const asked = { search: SearchQuery.parse({ state: "evaluated" }) };
  const { rows } = await notebookRows({ db: notebook.db, pages: {} as CandidatePages, search }, asked, {});
  return rows.map(({ data }) => {
    const { candidate: _, ...cells } = data;
    return Object.keys(cells).join();
  });
}

it("numbers of two definitions of one id stand in columns of their own", async () => {
  define([FIRST, { ...SECOND, id: FIRST.id }, FIRST]);
  expect(await computed()).toEqual(["first@1 / eV", "first@2 / eV", "first@1 / eV"]);
  define([FIRST, SECOND, FIRST]);
  expect(await computed()).toEqual(["first / eV", "second / eV", "first / eV"]);
});
