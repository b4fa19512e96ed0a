/** Evaluations of an older version, in a campaign that goes on with a newer one: made again, so that one ranking has numbers of one version. */
import type { Notebook } from "#core/notebook/notebook.ts";
import { countStageJobs, dropJobs, jobsOfStage } from "#core/notebook/tables/jobs.ts";
import { evaluationVersions } from "#core/notebook/tables/rungs.ts";
import type { CampaignId } from "#shared/ids.ts";
import { evaluateStage } from "../stages/evaluate/run.ts";
import { moveJob } from "./queue.ts";

/** The oldest version of a campaign's evaluations, where it is older than this program's. */
function olderVersion({ db }: Notebook, campaign: CampaignId): number | undefined {
  const oldest = Math.min(...evaluationVersions(db, campaign));
  // An archive's copy has no queue.
  return oldest < evaluateStage.version && countStageJobs(db, campaign, { stage: "evaluate" }) > 0
    ? oldest
    : undefined;
}

/** Whether an evaluation of a campaign is of an older version than this program's, so that it begins anew when it goes on. */
export const isOlder = (notebook: Notebook, campaign: CampaignId): boolean =>
  olderVersion(notebook, campaign) !== undefined;

/**
 * Begins the evaluations of a campaign anew, from its first rung, where one of them is of an older version than this program's; those of its
 * own version are found by their keys. Nothing is taken out of the log: the old records stay, and stand in the provenance of the candidates.
 *
 * To be called in the transaction that lets the campaign go on, while none of its jobs runs.
 */
export function renewIfOlder(notebook: Notebook, campaign: CampaignId): void {
  const from = olderVersion(notebook, campaign);
  if (from === undefined) return;
  const { db } = notebook;
  notebook.append({ kind: "renewed", campaign, from, to: evaluateStage.version });
  for (const job of jobsOfStage(db, campaign, "evaluate"))
    if (job.rung === 0 && job.state !== "queued") moveJob(notebook, job, "renew");
  dropJobs(db, campaign, { stage: "evaluate", fromRung: 1 });
  dropJobs(db, campaign, { stage: "promote", fromRung: 0 });
}
