/** One job from beginning to end: find the result or make it, then store it with all that follows in one transaction. */
import { fromHex, resultKey } from "#core/notebook/proof/hash.ts";
import { findResult } from "#core/notebook/tables/projection.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { isDeadWorker } from "#shared/errors.ts";
import { type JobContext, type JobPlan, type Made, standInKey } from "../stages/plan.ts";
import type { Stages } from "../stages/stages.ts";
import { addJobs, moveJob, succeedIfDone } from "./queue.ts";

/** Stores an ending; may be called again when it failed, e.g. because the disk was full. */
export type StoreEnding = () => void;

/** A thread that died may have died of something else's memory: the work gets one more. */
async function make(plan: JobPlan, { logger, job }: JobContext): Promise<Made> {
  try {
    return await plan.run();
  } catch (error) {
    if (!isDeadWorker(error)) throw error;
    logger.warn({ job, error: String(error) }, "a worker died; its job is tried once more");
    return plan.run();
  }
}

/** What events say of a job's rung: nothing of the first. */
const ofRung = ({ rung }: JobContext["job"]) => (rung > 0 ? { rung } : {});

/** Does a job's work; calling what it returns stores the result, its events and the jobs that follow. */
export async function carryOut(stages: Stages, context: JobContext): Promise<StoreEnding> {
  const { notebook, program, job, campaign } = context;
  const { stage, ordinal } = job;
  const plan = await stages.planners[stage]?.(context);
  if (!plan) throw new Error(`no planner for ${stage}`);
  const { stageVersion, input } = plan.origin;
  const key = resultKey(stage, stageVersion, input);
  const stored = findResult(notebook.db, fromHex(key));
  const {
    records,
    result,
    timings_ms,
    isStandIn = false,
  } = stored === undefined
    ? await make(plan, context)
    : { records: [], result: readRecord(notebook.db, stored), timings_ms: {}, isStandIn: false };
  const score = plan.conclude?.(result) ?? null;
  return () =>
    notebook.transaction(() => {
      notebook.append(
        {
          kind: "stage-finished",
          campaign: campaign.id,
          stage,
          ordinal,
          ...ofRung(job),
          key: isStandIn ? standInKey(key) : key,
          record: result.hash,
          score: score?.hash ?? null,
          reused: stored !== undefined,
          program,
          timings_ms,
        },
        score ? [...records, score] : records,
      );
      moveJob(notebook, job, "succeed");
      addJobs(notebook, campaign.id, stages.nextJobs(context, result));
      succeedIfDone(notebook, campaign.id);
    });
}

/** The ending of a job that could not be done for its candidate alone: the campaign goes on without it. */
export const giveUp =
  ({ notebook, job, campaign }: JobContext, reason: string): StoreEnding =>
  () =>
    notebook.transaction(() => {
      const { stage, ordinal } = job;
      notebook.append({
        kind: "stage-failed",
        campaign: campaign.id,
        stage,
        ordinal,
        ...ofRung(job),
        reason,
      });
      moveJob(notebook, job, "fail", reason);
      succeedIfDone(notebook, campaign.id);
    });
