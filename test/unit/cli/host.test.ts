import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import type { JobContext } from "#core/orchestration/stages/plan.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { abortError } from "#shared/errors.ts";
import { openEngine } from "../../../src/cli/host.ts";
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
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("A command that writes to a notebook", () => {
  it("leaves campaigns of an earlier process to wait: `screen` ends when its own has ended", async () => {
    const notebook = join(folder, "notebook.sqlite");
    {
      await using bench = openBench(notebook, smallStages({ propose: proposing(untilAborted) }));
      startCampaign(bench, CampaignSettings.parse({ name: "interrupted" }));
    }
    await using engine = await openEngine({ notebook, threads: 1 });
    const states = async () => (await engine.campaigns.list()).map(({ state }) => state);
    expect(await states()).toEqual(["queued"]);
  });
});
