/** Propose: a chunk of the campaign's molecules is one job. */
import type { Chunk, Drawn, Source } from "../../sources/source.ts";
import { type JobContext, type JobPlan, type Origin, originOf, timed } from "../plan.ts";
import { samplingRecords, samplingRunAt } from "./records.ts";
import { proposeStage } from "./run.ts";

export async function planProposals(context: JobContext): Promise<JobPlan> {
  const { campaign, job, openSource } = context;
  const { generation } = campaign.settings;
  const source = await openSource(generation);
  const first = job.ordinal === 0 ? 0 : endOfChunk(context, job.ordinal - 1);
  const chunk = { first, count: Math.min(source.chunkSize, generation.count - first) };
  const origin = originOf(proposeStage, context, { ...source.input, ...chunk });
  return { origin, run: () => timed(() => propose(context, source, { origin, ...chunk })) };
}

/** Chunks of a run that another version of the program began may be of another size. */
function endOfChunk({ notebook: { db }, campaign }: JobContext, ordinal: number): number {
  const { first, count } = samplingRunAt(db, campaign.id, ordinal).input;
  return first + count;
}

async function propose(
  { signal, report }: JobContext,
  source: Source,
  { origin, first, count }: Chunk & { origin: Origin },
) {
  const lineage = await source.lineage();
  const proposals: Drawn[] = [];
  let givenUp = 0;
  const onGivenUp = () => {
    givenUp++;
  };
  for await (const proposal of proposeStage.run({ source, first, count }, { signal, onGivenUp })) {
    proposals.push(proposal);
    report({ done: proposals.length + givenUp, total: count, message: source.message });
  }
  return samplingRecords(origin, { proposals, givenUp, lineage });
}
