import { describe, expect, it, onTestFinished, vi } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { getCampaign, listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { computingSeconds } from "#core/notebook/tables/computing.ts";
import { finishedCampaign, resumeCampaign, startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { createLimits } from "#core/orchestration/campaign/limits.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { CampaignId } from "#shared/ids.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

import { MOLECULES, openBench, ranksOf, settings } from "../stages/rung-campaigns.ts";

vi.mock("#core/generation/sampling/sample.ts", () => ({
  async *sampleMolecules(_: unknown, { first = 0, count }: { first?: number; count: number }) {
    for (let index = first; index < first + count; index++)
      yield { index, smiles: "C".repeat(index + 1), nll: 1 };
  },
}));

describe("a campaign with a limit of time", () => {
  it("ends at it, says so, goes on with a higher one only, and comes to the same", async () => {
    await using bench = openBench("limited.sqlite");
    const { id } = startCampaign(bench, settings({ limits: { hours: 1e-7 } }));
    const stopped = await finishedCampaign(bench, id);
    expect(stopped).toMatchObject({
      state: "cancelled",
      error: `Stopped at its limit of 1e-7 h: ${stopped.counts.evaluated + stopped.counts.failed} of 8 evaluated.`,
    });
    expect(stopped.counts.evaluated).toBeLessThan(MOLECULES);
    expect(() => resumeCampaign(bench, id)).toThrow(
      'Campaign "climb" has used up its 1e-7 h of computing. Give it a higher limit to go on.',
    );
    expect(() => resumeCampaign(bench, id, { hours: 2e-7 })).toThrow("has used up its 2e-7 h");
    expect(resumeCampaign(bench, id, { hours: 1 }).settings.limits).toEqual({ hours: 1 });
    const done = await finishedCampaign(bench, id);
    expect(done).toMatchObject({ state: "succeeded", error: null });
    expect(ranksOf(bench, id).map(({ rank }) => rank)).toEqual([5, 2, null, 4, 3, null, 6, 1]);
    expect(bench.computed()).toBe(MOLECULES + 4);
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });

  it("counts the time of all its processes, once for jobs side by side", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let now = 0;
    await using bench = openBench("clock.sqlite");
    const id = CampaignId.parse("00000000-0000-4000-8000-000000000001");
    bench.notebook.append({ kind: "campaign-created", campaign: id, settings: settings() });
    const errors: unknown[] = [];
    const ended: CampaignId[] = [];
    const open = () =>
      createLimits({
        ...{ notebook: bench.notebook, now: () => now, onEnd: (one) => void ended.push(one) },
        onError: (error) => void errors.push(error),
      });
    const limits = open();
    const [first, second] = [limits.begin(id), limits.begin(id)];
    now = 7000;
    first();
    now = 10_000;
    second();
    now = 60_000;
    // A killed process has written what its last tick knew.
    open().begin(id);
    now = 65_000;
    vi.advanceTimersByTime(5000);
    expect(computingSeconds(bench.notebook.db, id)).toBe(15);
    expect(errors).toEqual([]);
    // It has no limit.
    expect(ended).toEqual([]);
  });

  it("says how many are left to evaluate without those that the filter rejected", async () => {
    let now = 0;
    using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 6 });
    const [{ id }] = listCampaigns(notebook.db) as [Campaign];
    const { settings: kept, counts } = getCampaign(notebook.db, id);
    expect(counts).toMatchObject({ evaluated: 4, failed: 1, rejected: 1 });
    const limited = { ...kept, limits: { hours: 1 }, generation: { ...kept.generation, count: 6 } };
    notebook.db.run(
      notebook.db.sql.updateTable("campaign").set({ settings: JSON.stringify(limited), state: "running" }),
    );
    const ended: CampaignId[] = [];
    const limits = createLimits({
      ...{ notebook, now: () => now, onEnd: (one) => void ended.push(one) },
      onError: (error) => expect.unreachable(String(error)),
    });
    const end = limits.begin(id);
    now = 3_600_000;
    end();
    expect(ended).toEqual([id]);
    expect(getCampaign(notebook.db, id).error).toBe("Stopped at its limit of 1 h: 5 of 5 evaluated.");
  });
});
