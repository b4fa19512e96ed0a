/** Changes of jobs and campaigns, each to be called inside the transaction of what causes it. */

import type { Notebook } from "#core/notebook/notebook.ts";
import { getCampaign } from "#core/notebook/tables/campaigns.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { addJob, hasJobs, type Job, jobsInState, setJobState } from "#core/notebook/tables/jobs.ts";
import type { CampaignState } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { CampaignId } from "#shared/ids.ts";
import { type NextJob, nextChoice } from "../stages/order.ts";
import { type JobEvent, transition } from "./job-state.ts";

/** How often it was begun without that a person or the program stopped it. */
function attemptsAfter({ state, attempts }: Job, event: JobEvent): number {
  if (event === "begin") return attempts + 1;
  return state === "running" && (event === "cancel" || event === "stop") ? attempts - 1 : attempts;
}

/** Moves a job on by an event; the job as it now is. */
export function moveJob({ db }: Notebook, job: Job, event: JobEvent, error: string | null = null): Job {
  const moved = {
    ...job,
    state: transition(job.state, event),
    attempts: attemptsAfter(job, event),
  };
  setJobState(db, { id: job.id, state: moved.state, attempts: moved.attempts, error });
  return moved;
}

export function setCampaignState(
  notebook: Notebook,
  campaign: CampaignId,
  state: CampaignState,
  error: string | null = null,
): void {
  notebook.append({ kind: "campaign-state", campaign, state, error });
}

export function addJobs(notebook: Notebook, campaign: CampaignId, jobs: readonly NextJob[]): void {
  for (const job of jobs) addJob(notebook.db, { campaign, ...job });
}

/** "28 by heavy-atoms, 2 by element": what the filter's rules took, the most first. */
function rejectionsByRule(candidates: readonly CandidateRow[]): string {
  const counts = new Map<string, number>();
  for (const { rejection } of candidates)
    if (rejection) counts.set(rejection.rule, (counts.get(rejection.rule) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([rule, count]) => `${count} by ${rule}`)
    .join(", ");
}

/** Why a campaign whose work is done ranked nothing; null where it did. */
function whyNothingRanked({ db }: Notebook, campaign: CampaignId): string | null {
  const { counts } = getCampaign(db, campaign);
  if (counts.evaluated > 0) return null;
  const candidates = listCandidates(db, campaign);
  if (counts.failed === 0 && counts.proposed > 0 && counts.rejected === counts.proposed)
    return `None of the ${counts.proposed} proposed molecules passed the filter: ${rejectionsByRule(candidates)}. Widen the filter, or choose another model.`;
  if (counts.failed === 0) return null;
  const first = candidates.find(({ failure }) => failure !== null)?.failure;
  return `No candidate could be ranked: all ${counts.failed} that passed the filter and were tried failed. The first, at ${first?.stage}: ${first?.reason}`;
}

/**
 * Ends a campaign that has nothing left to do; true where it did.
 *
 * @throws DomainError notebook-damaged where the notebook's file is no longer in its place: nobody would find the results
 */
export function succeedIfDone(notebook: Notebook, campaign: CampaignId): boolean {
  if (hasJobs(notebook.db, campaign, ["queued", "running"])) return false;
  const choice = nextChoice(notebook, campaign);
  if (choice) {
    addJobs(notebook, campaign, [choice]);
    return false;
  }
  notebook.requireInPlace();
  setCampaignState(notebook, campaign, "succeeded", whyNothingRanked(notebook, campaign));
  return true;
}

/** Stops what waits and what runs. */
export function cancelJobs(notebook: Notebook, campaign: CampaignId): void {
  for (const state of ["queued", "running"] as const) {
    for (const job of jobsInState(notebook.db, state, campaign)) moveJob(notebook, job, "cancel");
  }
}

/** Puts what was cancelled back into the queue. */
export function requeueJobs(notebook: Notebook, campaign: CampaignId): void {
  for (const job of jobsInState(notebook.db, "cancelled", campaign)) moveJob(notebook, job, "requeue");
}

/** Gives back what this process began and will not finish: of one campaign, or of all when it ends. */
export function stopJobs(notebook: Notebook, campaign?: CampaignId): void {
  for (const job of jobsInState(notebook.db, "running", campaign)) moveJob(notebook, job, "stop");
}

/** Gives back what a process began that ended in the middle. */
export function releaseJobs(notebook: Notebook): void {
  for (const job of jobsInState(notebook.db, "running")) moveJob(notebook, job, "release");
}
