import { afterAll, beforeAll, expect, it } from "vitest";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { searchCandidates } from "#core/notebook/tables/search.ts";
import { type CandidateRow, CandidateState } from "#shared/campaign/candidate.ts";
import { SearchQuery } from "#shared/campaign/search.ts";
import { sampleNotebook } from "../sample-notebook.ts";

const COLUMNS = ["verdict", "rejection_rule", "conformer", "evaluation", "failure_stage"] as const;
const notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 32 });
afterAll(() => notebook[Symbol.dispose]());

let rows: CandidateRow[];
/** One candidate for each way in which the columns can be filled: bit k of its index says whether column k is. */
beforeAll(() => {
  const { db } = notebook;
  for (let idx = 0; idx < 32; idx++) {
    const filled = (k: number) => (idx >> k) % 2 === 1;
    const text = (k: number) => (filled(k) ? "x" : null);
    const record = (k: number) => (filled(k) ? 1 : null);
    const row = {
      verdict: record(0),
      rejection_rule: text(1),
      conformer: record(2),
      evaluation: record(3),
      failure_stage: text(4),
    };
    db.run(db.sql.updateTable("candidate").set(row).where("idx", "=", idx));
  }
  rows = listCandidates(db, listCampaigns(db)[0]!.id);
});

it("the furthest thing that is known of a candidate is its state", () => {
  const stateOf = (...filled: (typeof COLUMNS)[number][]) =>
    rows[filled.reduce((index, column) => index + 2 ** COLUMNS.indexOf(column), 0)]?.state;
  expect(stateOf()).toBe("proposed");
  expect(stateOf("verdict")).toBe("filtered");
  expect(stateOf("verdict", "rejection_rule")).toBe("rejected");
  expect(stateOf("verdict", "conformer")).toBe("embedded");
  expect(stateOf("verdict", "conformer", "evaluation")).toBe("evaluated");
  expect(stateOf("verdict", "failure_stage")).toBe("failed");
  expect(stateOf("verdict", "conformer", "evaluation", "failure_stage")).toBe("failed");
});

it.each(CandidateState.options)(
  "a search for %s finds those whose row says so, however the columns are filled",
  (state) => {
    const query = SearchQuery.parse({ state });
    const found = [...searchCandidates(notebook.db, query)].map(({ row }) => row);
    const indices = notebook.db
      .all(notebook.db.sql.selectFrom("candidate").select("idx").where("id", "in", found).orderBy("idx"))
      .map(({ idx }) => idx);
    const expected = rows.filter((row) => row.state === state).map(({ proposal }) => proposal.index);
    expect(expected.length).toBeGreaterThan(0);
    expect(indices).toEqual(expected);
  },
);
