/** Embed: the geometry of one candidate. */
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { candidateId } from "#shared/ids.ts";
import { type JobContext, type JobPlan, originOf, timed } from "../plan.ts";
import { stageProgress } from "../progress.ts";
import { embeddingRecords } from "./records.ts";
import { embedStage } from "./run.ts";

export async function planEmbedding(context: JobContext): Promise<JobPlan> {
  const { notebook, campaign, job, dispatcher, signal, report } = context;
  const { row } = getCandidate(notebook.db, candidateId(campaign.id, job.ordinal));
  const { identity } = row;
  if (!identity) throw new Error(`candidate ${row.id} was accepted without an identity`);
  const input = { smiles: identity.canonicalSmiles, seed: campaign.settings.embedding.seed };
  const origin = originOf(embedStage, context, input);
  const run = async () => {
    report({ ...stageProgress(notebook.db, job), message: `embedding ${input.smiles}` });
    return embeddingRecords(origin, identity, await dispatcher.run("embed", input, { signal }));
  };
  return { origin, run: () => timed(run) };
}
