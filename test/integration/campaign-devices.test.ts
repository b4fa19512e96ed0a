/** Campaigns whose molecules are measured on a provider of this machine: what that costs is told before, and never paid twice. */
import { describe, expect, it } from "vitest";
import { tierOf } from "#shared/quantum/job-words.ts";
import { enable, finished, idsOf, openEngine, serve, settingsIn, vqesOf } from "./campaign-on-device.ts";

describe("a campaign on a device", () => {
  it("costs about what was foretold, is measured there, is found again, and is replayed without sending anything", async () => {
    await using server = await serve();
    await using engine = await openEngine();
    enable(engine, server);
    const settings = await settingsIn(engine, { smiles: ["C=O"] });
    const { devices } = await engine.campaigns.forecast(settings);
    expect(server.requests).toEqual([]);
    expect(devices).toMatchObject([{ provider: "braket", device: "iqm/Garnet", limit_usd: 1e4 }]);
    const campaign = await engine.campaigns.start(settings);
    const candidates = await finished(engine, campaign);
    const vqes = vqesOf(candidates);
    expect(vqes).toHaveLength(2);
    for (const vqe of vqes) {
      expect(tierOf(vqe)).toBe("braket");
      expect(Math.abs(vqe.energy_hartree - vqe.noiseless_hartree!)).toBeLessThan(
        4 * vqe.statedError_hartree!,
      );
    }
    expect(idsOf(vqes)).toEqual(server.jobs.map(({ id }) => id).sort());
    const ledger = engine.devices.ledger();
    expect(new Set(ledger.map((row) => row.campaign))).toEqual(new Set([campaign.id]));
    const settled = ledger.reduce((sum, { settled_usd }) => sum + settled_usd!, 0);
    expect(settled).toBeCloseTo(server.charged(), 4);
    // Other ways that a state may take are counted by their likelihood.
    expect(devices![0]!.cost_usd! / settled).toBeGreaterThan(0.7);
    expect(devices![0]!.cost_usd! / settled).toBeLessThan(1.4);
    const sent = server.jobs.length;
    const again = await finished(
      engine,
      await engine.campaigns.start(await settingsIn(engine, { name: "again", smiles: ["C=O"] })),
    );
    expect(idsOf(vqesOf(again))).toEqual(idsOf(vqes));
    // Not even where the provider is no longer enabled.
    engine.devices.disable("braket");
    const report = await engine.notebook.replay({ id: candidates[0]!.id });
    expect(report.find(({ step }) => step === "evaluate")).toMatchObject({ outcome: "identical" });
    expect(server.jobs).toHaveLength(sent);
  });

  it("does not start where its provider is not enabled", async () => {
    await using engine = await openEngine();
    await expect(engine.campaigns.start(await settingsIn(engine))).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringMatching(/braket is not enabled/),
    });
    expect(await engine.campaigns.list()).toEqual([]);
  });
});
