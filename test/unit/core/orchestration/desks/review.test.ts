import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Notebook } from "#core/notebook/notebook.ts";
import { getCampaign, listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { candidateAt, listCandidates } from "#core/notebook/tables/candidates.ts";
import { searchCandidates } from "#core/notebook/tables/search.ts";
import {
  blindDetail,
  blindExport,
  blindRows,
  requireNothingHidden,
} from "#core/orchestration/desks/blind.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import { candidateDetail } from "#core/orchestration/views/candidate-detail.ts";
import type { ExportRecord } from "#shared/campaign/export.ts";
import type { Judgement } from "#shared/campaign/review.ts";
import { SearchQuery } from "#shared/campaign/search.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

let notebook: Notebook;
let campaign: CampaignId;
let desk: ReturnType<typeof createReviewDesk>;
beforeEach(() => {
  notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 6 });
  campaign = listCampaigns(notebook.db)[0]!.id;
  desk = createReviewDesk({ notebook, clock: () => new Date("2026-11-22T15:00:00Z") });
});
afterEach(() => notebook[Symbol.dispose]());

const say = (reviewer: string, index: number, verdict: Judgement): void => {
  const at = "2026-11-22T14:00:00.000Z";
  desk.review({ candidateId: candidateId(campaign, index), verdict, reason: "", comment: "", reviewer, at });
};
const standings = async (): Promise<string[]> =>
  (await desk.standings({ campaignId: campaign })).map(
    ({ candidateId: id, state, verdict }) => `${id.split("/")[1]} ${state} ${verdict}`,
  );
const sign = () =>
  desk.signOff({ campaignId: campaign, signer: "head of laboratory", statement: "Approved for synthesis" });

describe("reviews of a campaign", () => {
  it("keep a reason apart from the comment; words of either find the candidate", () => {
    const id = candidateId(campaign, 1);
    const said = { verdict: "reject" as const, reason: "Toxicophore", comment: "nitro group" };
    desk.review({ candidateId: id, ...said, reviewer: "ada", at: "2026-11-22T14:00:00.000Z" });
    const { review, reviews } = candidateDetail(notebook.db, id);
    expect([review, ...reviews]).toEqual([expect.objectContaining(said), expect.objectContaining(said)]);
    const found = (text: string) =>
      [...searchCandidates(notebook.db, SearchQuery.parse({ text }))].map(
        ({ row }) => candidateAt(notebook.db, row).id,
      );
    expect(found("toxicophor")).toEqual([id]);
    expect(found("nitro")).toEqual([id]);
    expect(found("toxicophore nitro ada")).toEqual([id]);
    expect(found("amine")).toEqual([]);
  });

  it("count the latest verdict of each reviewer", async () => {
    say("ada", 1, "reject");
    say("ada", 1, "shortlist");
    say("ben", 1, "shortlist");
    say("ben", 2, "reject");
    say("ada", 2, "maybe");
    expect(await standings()).toEqual(["0 agreed maybe", "1 agreed shortlist", "2 disagreement null"]);
    say("ben", 2, "shortlist");
    expect(await standings()).toContain("2 disagreement null");
    // What the campaign counts is what a sign-off would take.
    expect(getCampaign(notebook.db, campaign).counts.shortlisted).toBe(1);
  });

  it("leave out what was withdrawn: the verdicts of others hold, and one's own again once it is given anew", async () => {
    const id = candidateId(campaign, 1);
    const seen = () => {
      const { review, reviews } = candidateDetail(notebook.db, id);
      return [review && `${review.reviewer} ${review.verdict}`, reviews.map(({ verdict }) => verdict).join()];
    };
    const foundBy = (verdict: string) =>
      [...searchCandidates(notebook.db, SearchQuery.parse({ verdict }))].map(
        ({ row }) => candidateAt(notebook.db, row).id,
      );
    say("ada", 1, "reject");
    say("ben", 1, "shortlist");
    say("ada", 1, "maybe");
    say("ada", 1, "withdrawn");
    expect(seen()).toEqual(["ben shortlist", "reject,shortlist,maybe,withdrawn"]);
    expect(await standings()).toContain("1 agreed shortlist");
    expect(getCampaign(notebook.db, campaign).counts.shortlisted).toBe(1);
    expect(foundBy("shortlist")).toEqual([id]);
    say("ben", 1, "withdrawn");
    expect(seen()).toEqual([null, "reject,shortlist,maybe,withdrawn,withdrawn"]);
    expect((await standings()).filter((line) => line.startsWith("1 "))).toEqual([]);
    expect(getCampaign(notebook.db, campaign).counts.shortlisted).toBe(0);
    expect(foundBy("shortlist")).toEqual([]);
    await expect(sign()).rejects.toThrow(/no candidate is on the shortlist/);
    say("ada", 1, "shortlist");
    expect(seen()[0]).toBe("ada shortlist");
    expect(await standings()).toContain("1 agreed shortlist");
  });

  it("refuse to withdraw what was not given, was withdrawn already, or is another's", () => {
    const nothing = /has no verdict on .*\/1 to withdraw/;
    expect(() => say("ada", 1, "withdrawn")).toThrow(nothing);
    say("ada", 1, "shortlist");
    expect(() => say("Ada", 1, "withdrawn")).toThrow(nothing);
    say("ada", 1, "withdrawn");
    expect(() => say("ada", 1, "withdrawn")).toThrow(nothing);
  });

  it("show whoever withdrew under a blind policy no more than before, and what they said themselves", async () => {
    await desk.setPolicy({ campaignId: campaign, policy: { secondReviewer: false, blind: true }, by: "ada" });
    say("ada", 1, "shortlist");
    say("ben", 1, "reject");
    say("ben", 1, "withdrawn");
    const id = candidateId(campaign, 1);
    const detail = blindDetail(notebook.db, candidateDetail(notebook.db, id), "ben");
    expect(detail.review).toBeNull();
    expect(detail.reviews.map(({ reviewer, verdict }) => `${reviewer} ${verdict}`)).toEqual([
      "ben reject",
      "ben withdrawn",
    ]);
    const rows = blindRows(notebook.db, campaign, listCandidates(notebook.db, campaign), "ben");
    expect(rows[1]?.review).toBeNull();
    expect(await desk.standings({ campaignId: campaign, viewer: "ben" })).toEqual([]);
  });

  it("wait for a second reviewer where the policy asks for one", async () => {
    await desk.setPolicy({ campaignId: campaign, policy: { secondReviewer: true, blind: false }, by: "ada" });
    say("ada", 1, "shortlist");
    expect(await standings()).toContain("1 awaiting-second null");
    await expect(sign()).rejects.toThrow(/second reviewer has not seen .*\/1/);
    say("ben", 1, "shortlist");
    expect(await standings()).toContain("1 agreed shortlist");
    expect((await sign()).shortlist.map(({ candidateId: id }) => id)).toEqual([candidateId(campaign, 1)]);
  });

  it("hide others' verdicts from whoever has not spoken, where the policy is blind, until the sign-off", async () => {
    await desk.setPolicy({ campaignId: campaign, policy: { secondReviewer: false, blind: true }, by: "ada" });
    say("ada", 1, "shortlist");
    const seenBy = (viewer: string | undefined) => {
      const rows = blindRows(notebook.db, campaign, listCandidates(notebook.db, campaign), viewer);
      const detail = blindDetail(notebook.db, candidateDetail(notebook.db, candidateId(campaign, 1)), viewer);
      return [rows[1]?.review?.verdict ?? null, detail.reviews.length, detail.review?.verdict ?? null];
    };
    expect(seenBy("ben")).toEqual([null, 0, null]);
    expect(seenBy(undefined)).toEqual([null, 0, null]);
    expect(seenBy("ada")).toEqual(["shortlist", 1, "shortlist"]);
    expect(await desk.standings({ campaignId: campaign, viewer: "ben" })).toEqual([]);
    say("ben", 1, "shortlist");
    expect(seenBy("ben")).toEqual(["shortlist", 2, "shortlist"]);
    await sign();
    expect(seenBy("someone else")).toEqual(["shortlist", 2, "shortlist"]);
  });

  it("hide how long a shortlist is that was exported, and the length of no other export", async () => {
    await desk.setPolicy({ campaignId: campaign, policy: { secondReviewer: false, blind: true }, by: "ada" });
    say("ada", 1, "shortlist");
    const rowsOf = (selection: ExportRecord["selection"], campaignId: CampaignId | null = campaign) =>
      blindExport(notebook.db, { selection, campaignId, rows: 3 } as ExportRecord).rows;
    expect([rowsOf("shortlist"), rowsOf("ranked"), rowsOf("all"), rowsOf(null, null)]).toEqual([
      null,
      3,
      3,
      3,
    ]);
    await sign();
    expect(rowsOf("shortlist")).toBe(3);
  });

  it("leave an export closed to whoever has judged some, not all, of what others have judged", async () => {
    await desk.setPolicy({ campaignId: campaign, policy: { secondReviewer: false, blind: true }, by: "ada" });
    say("ada", 1, "shortlist");
    say("ada", 2, "shortlist");
    const open = (viewer: string | undefined) => () =>
      requireNothingHidden(notebook.db, [getCampaign(notebook.db, campaign)], viewer);
    say("ben", 1, "shortlist");
    expect(open("ada")).toThrow(/verdicts of/); // "reviewer one" judged candidate 0
    say("ada", 0, "maybe");
    expect(open("ada")).not.toThrow();
    for (const viewer of ["ben", undefined])
      expect(open(viewer)).toThrow(expect.objectContaining({ code: "conflict" }));
    say("ben", 2, "reject");
    say("ben", 0, "reject");
    expect(open("ben")).not.toThrow();
  });

  it("are signed off only as the signer saw them", async () => {
    say("ada", 1, "shortlist");
    say("ada", 2, "shortlist");
    const seen = [candidateId(campaign, 2), candidateId(campaign, 1)];
    const request = { campaignId: campaign, signer: "head of laboratory", statement: "Approved" };
    say("ada", 2, "reject");
    await expect(desk.signOff({ ...request, shortlist: seen })).rejects.toThrow(/changed since .*\/2\)/);
    say("ada", 3, "shortlist");
    await expect(desk.signOff({ ...request, shortlist: seen })).rejects.toMatchObject({ code: "conflict" });
    say("ada", 3, "maybe");
    say("ada", 2, "shortlist");
    expect((await desk.signOff({ ...request, shortlist: seen })).shortlist).toHaveLength(2);
  });

  it("cannot be signed off while reviewers disagree or nothing is on the shortlist", async () => {
    await expect(sign()).rejects.toMatchObject({ code: "conflict" });
    say("ada", 1, "shortlist");
    say("ben", 1, "reject");
    await expect(sign()).rejects.toThrow(/disagree on .*\/1/);
  });

  it("are locked by a sign-off, which names what was signed, and open again only with a reason", async () => {
    say("ada", 1, "shortlist");
    const signed = await sign();
    expect(signed.shortlist[0]?.score).toMatch(/^[0-9a-f]{64}$/);
    expect(() => say("ben", 1, "reject")).toThrow(/signed off by head of laboratory .*locked/);
    await expect(sign()).rejects.toMatchObject({ code: "conflict" });
    await desk.reopen({ campaignId: campaign, by: "ada", reason: "new stability data" });
    say("ben", 1, "reject");
    expect(await desk.signedOff({ campaignId: campaign })).toBeNull();
    const signOffs = notebook.db.all(
      notebook.db.sql.selectFrom("record").select("id").where("kind", "=", "sign-off"),
    );
    expect(signOffs).toHaveLength(1);
    await expect(desk.reopen({ campaignId: campaign, by: "ada", reason: "again" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(getCampaign(notebook.db, campaign).state).toBe("succeeded");
  });
});
