/** Embed: the geometry of one candidate. */
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { takesMarks } from "#shared/campaign/rungs.ts";
import { candidateId } from "#shared/ids.ts";
import { hasAtomMaps } from "#shared/molecule/marked-bond.ts";
import { type JobContext, type JobPlan, originOf, timed } from "../plan.ts";
import { stageProgress } from "../progress.ts";
import { conformerInput, embedInput, givenMolblock } from "./input.ts";
import { embeddingRecords } from "./records.ts";
import { embedStage } from "./run.ts";

export async function planEmbedding(context: JobContext): Promise<JobPlan> {
  const { notebook, campaign, job, dispatcher, signal, report } = context;
  const { row, records } = getCandidate(notebook.db, candidateId(campaign.id, job.ordinal));
  const { identity } = row;
  if (!identity) throw new Error(`candidate ${row.id} was accepted without an identity`);
  const { settings } = campaign;
  const { seed } = settings.embedding;
  const proposed = row.proposal.smiles;
  const asked = { proposed, seed, isMarked: takesMarks(settings) && hasAtomMaps(proposed) };
  const input = conformerInput(identity, row, asked);
  const origin = originOf(embedStage, context, input);
  const run = async () => {
    report({ ...stageProgress(notebook.db, job), message: `embedding ${input.smiles}` });
    const work = embedInput(input, () => givenMolblock(notebook.db, records));
    return embeddingRecords(origin, identity, await dispatcher.run("embed", work, { signal }));
  };
  return { origin, run: () => timed(run) };
}
