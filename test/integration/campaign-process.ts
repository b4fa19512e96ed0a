/** Runs one small campaign to its end; started again with the same notebook it goes on. Says on stdout what it is doing. Arguments: notebook, threads, settings beyond the usual as JSON. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { createEngine } from "#core/engine.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";

const [notebook, threads, more = "{}"] = process.argv.slice(2);
if (!notebook) throw new Error("expected the path of a notebook");

const settings = CampaignSettings.parse({
  name: "resume",
  generation: { count: 40, seed: 7 },
  // Embedding takes longest: few of the proposals are so small.
  filter: { maxHeavyAtoms: 10 },
  evaluation: { basis: "sto-3g", maxEvaluations: 4 },
  ...JSON.parse(more),
});
const quiet = () => {};
await using engine = await createEngine({
  paths: { notebook, resources: fileURLToPath(new URL("../../resources", import.meta.url)) },
  clock: () => new Date(),
  logger: { info: quiet, warn: quiet, error: (data, message) => console.error(message, data) },
  threads: Number(threads) || availableParallelism(),
});
const [begun] = await engine.campaigns.list();
const { id } = begun ?? (await engine.campaigns.start(settings));
const { state, error } = await engine.campaigns.finished(
  { id },
  {
    report: ({ message }) => void process.stdout.write(`${message}\n`),
  },
);
if (state !== "succeeded") throw new Error(`${state}: ${error}`);
