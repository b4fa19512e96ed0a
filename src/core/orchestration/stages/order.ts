/** The order of the stages: what comes first, what follows a result, what waits for what. */
import type { Database } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { acceptedCandidates } from "#core/notebook/tables/candidates.ts";
import { executionRecord } from "#core/notebook/tables/executions.ts";
import { countStageJobs, type Job, jobOrdinals } from "#core/notebook/tables/jobs.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { StageName } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";
import { readPicks } from "./acquire/records.ts";
import type { JobContext, Result } from "./plan.ts";
import { countChosen } from "./progress.ts";
import { goingUp } from "./promote/records.ts";
import { samplingRunAt } from "./propose/records.ts";

export interface NextJob extends Pick<Job, "stage" | "ordinal"> {
  /** Of an evaluation; absent on the first. */
  rung?: number;
}

/** The job that every campaign begins with. */
export const FIRST_JOB: NextJob = { stage: "propose", ordinal: 0 };

/** The lane of each stage: one job at a time, or as many as there are threads. Within a lane the stage named first goes first. */
const LANE_OF: Readonly<Record<StageName, "single" | "pooled">> = {
  propose: "single",
  filter: "pooled",
  acquire: "pooled",
  promote: "pooled",
  evaluate: "pooled",
  embed: "pooled",
};

/** Stages that share the same room, the first of which goes first. */
export interface Lane {
  stages: readonly StageName[];
  /** As many jobs at a time as there are threads; otherwise one. */
  pooled: boolean;
}
const stagesIn = (lane: "single" | "pooled"): StageName[] =>
  (Object.keys(LANE_OF) as StageName[]).filter((stage) => LANE_OF[stage] === lane);
export const LANES: readonly Lane[] = [
  { stages: stagesIn("single"), pooled: false },
  { stages: stagesIn("pooled"), pooled: true },
];

/** The jobs that follow a job, once its result is in the notebook. */
export function nextJobs(context: JobContext, result: Result): NextJob[] {
  const { job } = context;
  const { stage, ordinal } = job;
  switch (stage) {
    case "propose":
      return isAtHand(context) ? nextAtHand(context) : [{ stage: "filter", ordinal }];
    case "filter":
      return [
        ...firstAccepted(context),
        ...(isAtHand(context) ? filterAfter(context, ordinal) : nextChunk(context)),
      ];
    case "acquire":
      return readPicks(result.content).map((index) => ({ stage: "embed", ordinal: index }));
    case "embed":
      return result.kind === "conformer" ? [{ stage: "evaluate", ordinal }] : [];
    case "evaluate":
      return [];
    case "promote":
      return goingUp(result.content).map((index) => ({
        stage: "evaluate",
        ordinal: index,
        rung: ordinal + 1,
      }));
    default:
      return stage satisfies never;
  }
}

/** Whether a campaign's molecules are there to be seen before any of them is filtered. */
const isAtHand = ({ campaign }: JobContext): boolean => campaign.settings.generation.source === "library";

/** The next chunk; after the last one the first filter, or the one that an earlier version of the program was at. */
function nextAtHand(context: JobContext): NextJob[] {
  const { notebook, campaign } = context;
  const more = nextChunk(context);
  if (more.length > 0) return more;
  return filterAfter(context, countStageJobs(notebook.db, campaign.id, { stage: "filter" }) - 1);
}

/** The next chunk's filter, once the chunk is there and the filter before it is done: it must know what that accepted. */
function filterAfter({ notebook: { db }, campaign }: JobContext, ordinal: number): NextJob[] {
  const isDone = (stage: StageName, at: number): boolean =>
    executionRecord(db, { campaign: campaign.id, stage, ordinal: at }) !== undefined;
  const next = ordinal + 1;
  if (!isDone("propose", next) || (next > 0 && !isDone("filter", ordinal))) return [];
  return [{ stage: "filter", ordinal: next }];
}

/**
 * The first accepted molecules in order of proposal, as chunks are filtered in that order; none where a surrogate chooses among all once
 * there are no more.
 */
function firstAccepted({ notebook: { db }, campaign, job }: JobContext): NextJob[] {
  const { evaluation, acquisition } = campaign.settings;
  if (acquisition.strategy !== "none") return [];
  const { first, count } = samplingRunAt(db, campaign.id, job.ordinal).input;
  const limit = evaluation.maxEvaluations - countChosen(db, campaign.id);
  if (limit <= 0) return [];
  const chosen = acceptedCandidates(db, campaign.id, { from: first, before: first + count, limit });
  return chosen.map((ordinal) => ({ stage: "embed", ordinal }));
}

function nextChunk({ notebook: { db }, campaign, job }: JobContext): NextJob[] {
  const { first, count } = samplingRunAt(db, campaign.id, job.ordinal).input;
  const isLast = first + count >= campaign.settings.generation.count;
  return isLast ? [] : [{ stage: "propose", ordinal: job.ordinal + 1 }];
}

/** The next choice of a campaign with nothing left to do: who is evaluated, and then rung by rung who goes up; undefined after the last. */
export function nextChoice({ db }: Notebook, campaign: CampaignId): NextJob | undefined {
  const settings = campaignSettings(db, campaign);
  const round = nextRound(db, campaign, settings);
  if (round) return round;
  const left = jobOrdinals(db, campaign, "promote").length;
  return left < settings.rungs.length ? { stage: "promote", ordinal: left } : undefined;
}

function nextRound(
  db: Database,
  campaign: CampaignId,
  { acquisition, evaluation }: CampaignSettings,
): NextJob | undefined {
  if (acquisition.strategy === "none") return undefined;
  const chosen = countChosen(db, campaign);
  const hasMore =
    chosen < evaluation.maxEvaluations &&
    acceptedCandidates(db, campaign, { limit: chosen + 1 }).length > chosen;
  if (!hasMore) return undefined;
  return { stage: "acquire", ordinal: jobOrdinals(db, campaign, "acquire").length };
}
