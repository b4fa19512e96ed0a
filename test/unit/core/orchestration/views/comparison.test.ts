import { expect, it } from "vitest";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { rankedCandidates } from "#core/orchestration/views/candidate-views.ts";
import { embeddedMolblock, molblockOrFailure } from "#core/orchestration/views/comparison.ts";
import { CandidateId } from "#shared/ids.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

it("gives a geometry that can be read, none where there is none, and else why", () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 6 });
  const { db } = notebook;
  const ids = listCampaigns(db).flatMap(({ id }) => rankedCandidates(db, id).map((one) => one.id));
  const found = ids.map((id) => molblockOrFailure(db, id));
  expect(found).toEqual(ids.map((id) => embeddedMolblock(db, id)));
  expect(found).toContain(null);
  expect(found).toContainEqual(expect.any(String));
  const absent = CandidateId.parse(ids[0]!.replace(/\d+$/, "999999"));
  expect(molblockOrFailure(db, absent)).toEqual({ failure: expect.stringContaining("999999") });
});
