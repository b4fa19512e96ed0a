/** The stages: how each plans its jobs, and how it computes a candidate's step again. */
import type { StageName } from "#shared/campaign/job.ts";
import { planAcquisition } from "./acquire/plan.ts";
import { planEmbedding } from "./embed/plan.ts";
import { replayEmbedding } from "./embed/replay.ts";
import { planEvaluation } from "./evaluate/plan.ts";
import { replayEvaluation } from "./evaluate/replay.ts";
import { planFilter } from "./filter/plan.ts";
import { replayVerdict } from "./filter/replay.ts";
import type { Replay } from "./judge.ts";
import { type NextJob, nextJobs } from "./order.ts";
import type { JobContext, Planner, Result } from "./plan.ts";
import { planPromotion } from "./promote/plan.ts";
import { planProposals } from "./propose/plan.ts";
import { replayProposal } from "./propose/replay.ts";

/** What a runner must know of the stages. */
export interface Stages {
  planners: Readonly<Partial<Record<StageName, Planner>>>;
  /** The jobs that follow a job, once its result is in the notebook. */
  nextJobs(context: JobContext, result: Result): NextJob[];
}

export const STAGES: Stages & { planners: Readonly<Record<StageName, Planner>> } = {
  planners: {
    propose: planProposals,
    filter: planFilter,
    acquire: planAcquisition,
    embed: planEmbedding,
    evaluate: planEvaluation,
    promote: planPromotion,
  },
  nextJobs,
};

/** In the order in which a candidate goes through them; a choice is of many candidates. */
export const REPLAYS: Readonly<Record<Exclude<StageName, "acquire" | "promote">, Replay>> = {
  propose: replayProposal,
  filter: replayVerdict,
  embed: replayEmbedding,
  evaluate: replayEvaluation,
};
