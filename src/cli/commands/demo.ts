/** `npm run demo`: the whole main job with small defaults. */
import { join } from "node:path";
import type { Command } from "commander";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { makeFolder } from "../files.ts";
import { integerOption, openEngine } from "../host.ts";
import { runScreening } from "../screening.ts";

export function completeDemo(command: Command): void {
  command
    .option("--out <folder>", "where notebook and shortlist are written", "ansatz-demo")
    .option("--threads <n>", "worker threads", integerOption("threads", 1, 1024))
    .option("--json", "print one JSON document")
    .action(async ({ out, threads, json }: { out: string; threads?: number; json?: boolean }) => {
      const notebook = join(makeFolder(out), "notebook.sqlite");
      await using engine = await openEngine({ notebook, threads });
      await runScreening(engine, {
        settings: CampaignSettings.parse({
          name: "demo",
          evaluation: { maxEvaluations: 4, basis: "6-31g" },
        }),
        notebook,
        out,
        json: json ?? false,
      });
    });
}
