/** Campaigns on a provider of this machine whose limit is reached, and whose jobs wait for a queue. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { tierOf } from "#shared/quantum/job-words.ts";
import {
  enable,
  finished,
  GENEROUS,
  KEY,
  openEngine,
  serve,
  settingsIn,
  vqesOf,
} from "./campaign-on-device.ts";

describe("a campaign on a device", () => {
  it("stays within its limit: the local sampler measures the rest, says so, and is not taken for the device later", async () => {
    await using server = await serve();
    await using engine = await openEngine();
    // Enough for one of four energies.
    enable(engine, server, { ...GENEROUS, job_usd: 20, campaign_usd: 20 });
    const settings = await settingsIn(engine);
    const first = vqesOf(await finished(engine, await engine.campaigns.start(settings)));
    const spent = engine.devices
      .ledger()
      .reduce((sum, row) => sum + (row.settled_usd ?? row.reserved_usd), 0);
    expect(spent).toBeLessThanOrEqual(20);
    expect(spent).toBeCloseTo(server.charged(), 4);
    const stoodIn = first.filter((vqe) => tierOf(vqe) !== "braket");
    expect(stoodIn.length).toBeGreaterThan(0);
    for (const { jobs } of stoodIn)
      expect(jobs!.find(({ fallback }) => fallback !== undefined)?.fallback).toMatch(
        /limit of this campaign or calculation is 20.00 USD/,
      );
    enable(engine, server);
    const later = vqesOf(
      await finished(engine, await engine.campaigns.start({ ...settings, name: "later" })),
    );
    expect(later.map(tierOf)).toEqual(later.map(() => "braket"));
    const names = server.jobs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("waits for a person where the key is gone with the program that had it, and pays nothing twice", async () => {
    await using server = await serve();
    const folder = mkdtempSync(join(tmpdir(), "ansatz-key-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const notebook = join(folder, "n.sqlite");
    let campaign: Campaign;
    {
      await using engine = await openEngine(2, { notebook });
      enable(engine, server);
      campaign = await engine.campaigns.start(await settingsIn(engine, { smiles: ["C=O"] }));
      await expect.poll(() => server.jobs.length, { timeout: 60_000 }).toBeGreaterThan(0);
    }
    await using engine = await openEngine(2, { notebook, key: null });
    expect(await engine.campaigns.get({ id: campaign.id })).toMatchObject({
      state: "queued",
      error: expect.stringMatching(/There is no key of braket/),
    });
    await expect(engine.campaigns.resume({ id: campaign.id })).rejects.toThrow(/There is no key of braket/);
    const access = engine.devices.access("braket")!;
    await engine.qpu.enable({ provider: "braket", access, key: KEY });
    await engine.campaigns.resume({ id: campaign.id });
    expect(vqesOf(await finished(engine, campaign)).map(tierOf)).toEqual(["braket", "braket"]);
    const names = server.jobs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("waits for a queue with several molecules at once, beside those that compute", async () => {
    let isHeld = false;
    let now = Date.parse("2026-11-30T12:00:00Z");
    const clock = () => {
      if (!isHeld) now += 1000;
      return new Date(now);
    };
    await using server = await serve({ clock, queue_ms: 500 });
    await using engine = await openEngine(1);
    enable(engine, server);
    const settings = await settingsIn(engine);
    const [first] = vqesOf(await finished(engine, await engine.campaigns.start(settings)));
    const ofOne = first!.jobs![0]!.id.split(" ").length;
    const before = server.jobs.length;
    isHeld = true;
    const again = { ...settings, name: "held", evaluation: { ...settings.evaluation, seed: 2 } };
    const campaign = await engine.campaigns.start(again);
    // One thread, and nothing that was sent is done: the other molecule was computed meanwhile.
    await expect.poll(() => server.jobs.length - before, { timeout: 60_000 }).toBeGreaterThan(ofOne);
    isHeld = false;
    expect(vqesOf(await finished(engine, campaign)).map(tierOf)).toEqual(Array(4).fill("braket"));
  });
});
