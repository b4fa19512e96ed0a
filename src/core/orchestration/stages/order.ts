/** The order of the stages: what comes first, what follows a result, what waits for what. */
import type { Notebook } from "#core/notebook/notebook.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { acceptedCandidates } from "#core/notebook/tables/candidates.ts";
import { type Job, jobOrdinals } from "#core/notebook/tables/jobs.ts";
import type { StageName } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";
import { readPicks } from "./acquire/records.ts";
import type { JobContext, Result } from "./plan.ts";
import { chosenCandidates } from "./progress.ts";
import { samplingRunAt } from "./propose/records.ts";

export type NextJob = Pick<Job, "stage" | "ordinal">;

/** The job that every campaign begins with. */
export const FIRST_JOB: NextJob = { stage: "propose", ordinal: 0 };

/** Stages that share the same room; within a lane the first stage goes first. */
export interface Lane {
  stages: readonly StageName[];
  /** As many jobs at a time as there are threads; otherwise one. */
  pooled: boolean;
}
export const LANES: readonly Lane[] = [
  { stages: ["propose"], pooled: false },
  { stages: ["filter", "acquire", "evaluate", "embed"], pooled: true },
];

/** Whether a job that fails gives up its candidate alone; the others stand for many, or for all that follows. */
export const isOfOneCandidate = (stage: StageName): boolean => stage === "embed" || stage === "evaluate";

/** The jobs that follow a job, once its result is in the notebook. */
export function nextJobs(context: JobContext, result: Result): NextJob[] {
  const { job } = context;
  const { stage, ordinal } = job;
  switch (stage) {
    case "propose":
      return [{ stage: "filter", ordinal }];
    case "filter":
      return [...firstAccepted(context), ...nextChunk(context)];
    case "acquire":
      return readPicks(result.content).map((index) => ({ stage: "embed", ordinal: index }));
    case "embed":
      return result.kind === "conformer" ? [{ stage: "evaluate", ordinal }] : [];
    case "evaluate":
      return [];
    default:
      return stage satisfies never;
  }
}

/** The first accepted molecules in order of proposal; none where a surrogate chooses among all once there are no more. */
function firstAccepted({ notebook: { db }, campaign }: JobContext): NextJob[] {
  const { evaluation, acquisition } = campaign.settings;
  if (acquisition.strategy !== "none") return [];
  const chosen = new Set(chosenCandidates(db, campaign.id));
  return acceptedCandidates(db, campaign.id, evaluation.maxEvaluations)
    .filter((ordinal) => !chosen.has(ordinal))
    .map((ordinal) => ({ stage: "embed", ordinal }));
}

function nextChunk({ notebook: { db }, campaign, job }: JobContext): NextJob[] {
  const { first, count } = samplingRunAt(db, campaign.id, job.ordinal).input;
  const isLast = first + count >= campaign.settings.generation.count;
  return isLast ? [] : [{ stage: "propose", ordinal: job.ordinal + 1 }];
}

/** The next round of choice of a campaign with nothing left to do; undefined where there is nothing more to choose. */
export function nextRound({ db }: Notebook, campaign: CampaignId): NextJob | undefined {
  const { acquisition, evaluation } = campaignSettings(db, campaign);
  if (acquisition.strategy === "none") return undefined;
  const chosen = chosenCandidates(db, campaign).length;
  const hasMore =
    chosen < evaluation.maxEvaluations && acceptedCandidates(db, campaign, chosen + 1).length > chosen;
  if (!hasMore) return undefined;
  return { stage: "acquire", ordinal: jobOrdinals(db, campaign, "acquire").length };
}
