/** Filter: a chunk's verdicts, in order, so that of equal molecules the one proposed first is kept. */
import { executionRecord } from "#core/notebook/tables/executions.ts";
import { readRecord, type StoredRecord } from "#core/notebook/tables/records.ts";
import type { StageName } from "#shared/campaign/job.ts";
import type { Marks } from "#shared/campaign/molecule-key.ts";
import { takesMarks } from "#shared/campaign/rungs.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";
import { type JobContext, type JobPlan, originOf, timed } from "../plan.ts";
import { beginAhead, takeChunk } from "./chunk.ts";
import { keepFingerprints } from "./fresh-fingerprints.ts";
import { judgeInParts } from "./in-parts.ts";
import { keysBeforeChunk } from "./known.ts";
import { filterRecords } from "./records.ts";
import { filterStage } from "./run.ts";

export async function planFilter(context: JobContext): Promise<JobPlan> {
  const { campaign, job } = context;
  const samplingRun = madeBy(context, "propose", job.ordinal);
  if (!samplingRun) throw new Error("a filter job without its sampling run");
  const before = job.ordinal === 0 ? undefined : madeBy(context, "filter", job.ordinal - 1);
  const previous = before?.hash ?? null;
  const { filter: settings } = campaign.settings;
  const input = { settings, ...marksOf(context), samplingRun: samplingRun.hash, previous };
  const origin = originOf(filterStage, context, input);
  const run = async () => {
    const judged = await judge(context, samplingRun);
    return filterRecords(origin, { samplingRun: samplingRun.hash, previous, judged });
  };
  return { origin, run: () => timed(run) };
}

/** Of a campaign that takes marks: verdicts of one that does not are others. */
const marksOf = ({ campaign }: JobContext): Marks =>
  takesMarks(campaign.settings) ? { takesMarks: true } : {};

function madeBy({ notebook: { db }, campaign }: JobContext, stage: StageName, ordinal: number) {
  const record = executionRecord(db, { campaign: campaign.id, stage, ordinal });
  return record === undefined ? undefined : readRecord(db, record);
}

/** The verdict on each candidate of a chunk. */
async function judge(context: JobContext, samplingRun: StoredRecord) {
  const { notebook, campaign, dispatcher, job, signal } = context;
  const { db } = notebook;
  const { filter: settings } = campaign.settings;
  const marks = marksOf(context);
  const asked = { settings, withFingerprints: true, ...marks };
  const { candidates, first, parts } = takeChunk(context, samplingRun, asked);
  const next = madeBy(context, "propose", job.ordinal + 1);
  if (next) beginAhead(context, next, asked);
  const known = keysBeforeChunk(db, { campaign: campaign.id, settings, ...marks }, first);
  const judgeAgain = (twins: FilterInput) => dispatcher.run("filter", twins, { signal });
  const verdicts = await judgeInParts(parts, asked, { judge: judgeAgain, known });
  keepFingerprints(db, verdicts);
  // One verdict for each molecule, in the same order.
  return candidates.map((candidate, i) => ({ candidate, verdict: verdicts[i]! }));
}
