/** Filter: a chunk's verdicts, in order, so that of equal molecules the one proposed first is kept. */
import { CandidateContent } from "#core/notebook/tables/contents.ts";
import { executionRecord } from "#core/notebook/tables/executions.ts";
import { linkedTo, readRecord, type StoredRecord } from "#core/notebook/tables/records.ts";
import type { StageName } from "#shared/campaign/job.ts";
import type { Marks } from "#shared/campaign/molecule-key.ts";
import { takesMarks } from "#shared/campaign/rungs.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";
import { type JobContext, type JobPlan, originOf, timed } from "../plan.ts";
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
async function judge(context: JobContext, { id }: StoredRecord) {
  const { notebook, campaign, dispatcher, signal, report } = context;
  const { db } = notebook;
  const candidates = linkedTo(db, id, "sampled-in");
  const molecules = candidates.map(({ content }) => CandidateContent.parse(content));
  const { filter: settings } = campaign.settings;
  const marks = marksOf(context);
  const first = molecules[0]?.index ?? 0;
  const known = keysBeforeChunk(db, { campaign: campaign.id, settings, ...marks }, first);
  let done = first;
  const ask = async (part: FilterInput) => {
    const verdicts = await dispatcher.run("filter", part, { signal });
    // Twins are judged twice.
    done = Math.min(done + part.molecules.length, first + molecules.length);
    report({ done, total: campaign.settings.generation.count, message: "filtering molecules" });
    return verdicts;
  };
  const verdicts = await judgeInParts({ molecules, settings, withFingerprints: true, ...marks }, ask, {
    known,
  });
  keepFingerprints(db, verdicts);
  // One verdict for each molecule, in the same order.
  return candidates.map(({ hash }, i) => ({ candidate: hash, verdict: verdicts[i]! }));
}
