/** Propose: a chunk of the campaign's molecules is one job. */
import type { GenerationModel } from "#core/generation/network/model.ts";
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import type { GenerationSettings } from "#shared/campaign/campaign.ts";
import { type JobContext, type JobPlan, type Origin, originOf, timed } from "../plan.ts";
import { samplingRecords } from "./records.ts";
import { type Proposal, proposeStage } from "./run.ts";

/** Molecules a job: a killed process loses at most this many. */
const CHUNK = 1000;

/** The molecules of one job. A steered model learns from each to the next, so that all of them are one job. */
export const chunkSize = ({ steering, count }: GenerationSettings): number => (steering ? count : CHUNK);

/** Settings that say something: the input of a plain run is the same as before there were others. */
const saying = (settings: Record<string, unknown>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== null && value !== false),
  ) as Record<string, Json>;

export async function planProposals(context: JobContext): Promise<JobPlan> {
  const { campaign, job, openModel } = context;
  const { model: name, count, ...settings } = campaign.settings.generation;
  const size = chunkSize(campaign.settings.generation);
  const model = await openModel(name);
  const first = job.ordinal * size;
  const chunk = { first, count: Math.min(size, count - first) };
  const input = { modelHash: model.hash, ...saying(settings), ...chunk };
  const origin = originOf(proposeStage, context, input);
  return { origin, run: () => timed(() => propose(context, model, { origin, ...chunk })) };
}

async function propose(
  context: JobContext,
  model: GenerationModel,
  { origin, first, count }: { origin: Origin; first: number; count: number },
) {
  const { campaign, resources, signal, report } = context;
  const lineage = await context.lineageOf(model);
  const proposals: Proposal[] = [];
  let givenUp = 0;
  const onGivenUp = () => {
    givenUp++;
  };
  const input = { model, settings: campaign.settings.generation, first, count };
  for await (const proposal of proposeStage.run(input, { resources, signal, onGivenUp })) {
    proposals.push(proposal);
    report({ done: proposals.length + givenUp, total: count, message: "sampling molecules" });
  }
  return samplingRecords(origin, { proposals, givenUp, lineage });
}
