import { afterEach, describe, expect, it, vi } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { getCampaign } from "#core/notebook/tables/campaigns.ts";
import { listPromotions } from "#core/notebook/tables/rungs.ts";
import {
  cancelCampaign,
  finishedCampaign,
  resumeCampaign,
  startCampaign,
} from "#core/orchestration/campaign/campaigns.ts";
import { requeueJobs, setCampaignState } from "#core/orchestration/campaign/queue.ts";
import { recover } from "#core/orchestration/campaign/recover.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import { evaluateStage } from "#core/orchestration/stages/evaluate/run.ts";
import { rankedCandidates } from "#core/orchestration/views/candidate-views.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";

import {
  type Bench,
  ionisations,
  MOLECULES,
  openBench,
  ranksOf,
  settings,
} from "../stages/rung-campaigns.ts";

vi.mock("#core/generation/sampling/sample.ts", () => ({
  async *sampleMolecules(_: unknown, { first = 0, count }: { first?: number; count: number }) {
    for (let index = first; index < first + count; index++)
      yield { index, smiles: "C".repeat(index + 1), nll: 1 };
  },
}));

describe("a campaign that goes on with a newer version", () => {
  const { version } = evaluateStage;
  afterEach(() => void Object.assign(evaluateStage, { version }));

  it("makes its evaluations again, from the first rung on, and keeps the old records", async () => {
    let seen = 0;
    let id: CampaignId | undefined;
    {
      await using bench = openBench("newer.sqlite", {
        before: async (task) => {
          if (task === "evaluate" && ++seen === 10 && id) cancelCampaign(bench, id);
        },
      });
      id = startCampaign(bench, settings()).id;
      await finishedCampaign(bench, id);
    }
    Object.assign(evaluateStage, { version: version + 1 });
    await using bench = openBench("newer.sqlite");
    const before = bench.notebook.db.all(bench.notebook.db.sql.selectFrom("record").select("hash"));
    resumeCampaign(bench, id);
    await finishedCampaign(bench, id);
    expect(ranksOf(bench, id).map(({ rank }) => rank)).toEqual([5, 2, null, 4, 3, null, 6, 1]);
    const { db } = bench.notebook;
    const versions = db.all(
      db.sql.selectFrom("candidate").innerJoin("record", "record.id", "evaluation").select("content"),
    );
    expect(new Set(versions.map(({ content }) => JSON.parse(content).stageVersion))).toEqual(
      new Set([version + 1]),
    );
    expect(listPromotions(db, id)).toHaveLength(1);
    const after = db.all(db.sql.selectFrom("record").select("hash"));
    expect(after).toEqual(expect.arrayContaining(before));
    // States are found by keys of their own: only what was not there yet was computed.
    expect(bench.computed()).toBeLessThan(MOLECULES);
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });

  it("asks for a signed shortlist to be opened first, and lets a signed one wait after a start", async () => {
    let seen = 0;
    let id: CampaignId | undefined;
    const desk = ({ notebook }: Bench) => createReviewDesk({ notebook, clock: () => new Date(0) });
    const reviewer = "ada";
    {
      await using bench = openBench("signed.sqlite", {
        before: async (task) => {
          if (task === "evaluate" && ++seen === 3 && id) cancelCampaign(bench, id);
        },
      });
      id = startCampaign(bench, settings({ rungs: [] })).id;
      await finishedCampaign(bench, id);
      const at = new Date(0).toISOString();
      const said = { verdict: "shortlist", reason: "", comment: "", reviewer, at } as const;
      desk(bench).review({ candidateId: candidateId(id, 1), ...said });
      await desk(bench).signOff({ campaignId: id, signer: reviewer, statement: "Approved" });
    }
    Object.assign(evaluateStage, { version: version + 1 });
    await using bench = openBench("signed.sqlite");
    const signed = ionisations(bench, id);
    expect(() => resumeCampaign(bench, id)).toThrow(/signed off by ada .* Reopen the shortlist/);
    const { notebook } = bench;
    const running = id;
    // As a killed process leaves one that was signed while it ran.
    notebook.transaction(() => {
      requeueJobs(notebook, running);
      setCampaignState(notebook, running, "running");
    });
    recover(bench, { goOn: true });
    expect(getCampaign(bench.notebook.db, id).state).toBe("queued");
    expect(ionisations(bench, id)).toEqual(signed);
    await desk(bench).reopen({ campaignId: id, by: reviewer, reason: "newer version" });
    resumeCampaign(bench, id);
    await finishedCampaign(bench, id);
    expect(ionisations(bench, id)).toEqual([0.41, 0.45, 0.4, 0.43, 0.44, null, 0.42, 0.48]);
  });

  it("is as it is built again where evaluations are of three", async () => {
    let seen = 0;
    await using bench = openBench("three-versions.sqlite", {
      before: async (task) => {
        if (task !== "evaluate") return;
        seen++;
        if (seen === 3 || seen === 6) Object.assign(evaluateStage, { version: evaluateStage.version + 1 });
      },
    });
    const { id } = await finishedCampaign(bench, startCampaign(bench, settings({ rungs: [] })).id);
    const rows = rankedCandidates(bench.notebook.db, id);
    expect(rows[0]?.noValue).toMatch(new RegExp(`^Evaluated by version ${version} of`));
    expect(rows[4]?.noValue).toMatch(new RegExp(`^Evaluated by version ${version + 1} of`));
    expect(rows.map(({ rank }) => rank !== null)).toEqual([...Array(6).fill(false), true, true]);
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });

  it("ranks only those of the newest, where an earlier program went on without making them again", async () => {
    let seen = 0;
    await using bench = openBench("mixed.sqlite", {
      before: async (task) => {
        // As planned before: the fifth is the first of the newer version.
        if (task === "evaluate" && ++seen === 4) Object.assign(evaluateStage, { version: version + 1 });
      },
    });
    const { id } = await finishedCampaign(bench, startCampaign(bench, settings({ rungs: [] })).id);
    const rows = rankedCandidates(bench.notebook.db, id);
    expect(rows.map(({ rank }) => rank)).toEqual([null, null, null, null, 2, null, 3, 1]);
    expect(rows[0]!.noValue).toBe(
      `Evaluated by version ${version} of the protocol: not compared with those of a newer version.`,
    );
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });
});
