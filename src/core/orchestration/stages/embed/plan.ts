/** Embed: the geometry of one candidate. */
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import type { ConformerInput } from "#core/notebook/tables/contents.ts";
import { candidateId } from "#shared/ids.ts";
import { marksBond } from "#shared/molecule/marked-bond.ts";
import { type JobContext, type JobPlan, originOf, timed } from "../plan.ts";
import { stageProgress } from "../progress.ts";
import { embedInput } from "./input.ts";
import { embeddingRecords } from "./records.ts";
import { embedStage } from "./run.ts";

export async function planEmbedding(context: JobContext): Promise<JobPlan> {
  const { notebook, campaign, job, dispatcher, signal, report } = context;
  const { row, records } = getCandidate(notebook.db, candidateId(campaign.id, job.ordinal));
  const { identity } = row;
  if (!identity) throw new Error(`candidate ${row.id} was accepted without an identity`);
  const { electrons, coordinates, proposal } = row;
  const input: ConformerInput = {
    smiles: identity.canonicalSmiles,
    seed: campaign.settings.embedding.seed,
    ...(electrons && { electrons }),
    ...(coordinates !== undefined && { coordinates }),
    ...(marksBond(proposal.smiles) && { marked: proposal.smiles }),
  };
  const origin = originOf(embedStage, context, input);
  const run = async () => {
    report({ ...stageProgress(notebook.db, job), message: `embedding ${input.smiles}` });
    return embeddingRecords(
      origin,
      identity,
      await dispatcher.run("embed", embedInput(notebook.db, records, input), { signal }),
    );
  };
  return { origin, run: () => timed(run) };
}
