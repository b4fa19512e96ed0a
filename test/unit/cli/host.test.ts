import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Engine } from "#core/engine-interface.ts";
import { startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import type { JobContext } from "#core/orchestration/stages/plan.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { abortError } from "#shared/errors.ts";
import { openEngine } from "../../../src/cli/host.ts";
import { runScreening } from "../../../src/cli/screening.ts";
import { openBench, proposing, smallStages } from "../core/orchestration/small-stages.ts";

const untilAborted = ({ signal }: JobContext): Promise<void> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(abortError());
    signal.addEventListener("abort", () => reject(abortError()));
  });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-host-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe("A command that writes to a notebook", () => {
  const notebook = () => join(folder, "notebook.sqlite");
  beforeEach(async () => {
    await using bench = openBench(notebook(), smallStages({ propose: proposing(untilAborted) }));
    startCampaign(bench, CampaignSettings.parse({ name: "interrupted" }));
  });
  const listed = async (engine: Engine) =>
    (await engine.campaigns.list()).map(({ settings, state }) => [settings.name, state]);

  it("leaves campaigns of an earlier process to wait", async () => {
    await using engine = await openEngine({ notebook: notebook(), threads: 1 });
    expect(await listed(engine)).toEqual([["interrupted", "queued"]]);
  });

  it("`screen` ends when its own campaign has ended, though an older one waits", {
    timeout: 60_000,
  }, async () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const before = process.exitCode;
    await using engine = await openEngine({ notebook: notebook(), threads: 1 });
    // No molecule of two heavy atoms is written: nothing is left to evaluate.
    const settings = CampaignSettings.parse({
      name: "second",
      generation: { count: 2 },
      filter: { maxHeavyAtoms: 2 },
    });
    await runScreening(engine, { settings, notebook: notebook(), out: folder, json: true });
    expect(process.exitCode).toBe(3);
    process.exitCode = before;
    expect(JSON.parse(String(write.mock.calls[0]![0])).campaign).toMatchObject({
      state: "succeeded",
      counts: { proposed: 2, evaluated: 0 },
    });
    expect(await listed(engine)).toEqual([
      ["second", "succeeded"],
      ["interrupted", "queued"],
    ]);
    const remarks = said.mock.calls.map(([text]) => String(text)).join("");
    expect(remarks).toContain('Other unfinished campaigns wait meanwhile: campaign "interrupted".');
    expect(remarks).toMatch(/Nothing could be ranked: \d of 2 molecules were filtered out by/);
  });
});
