/** Evaluations of an older version, in a campaign that goes on with a newer one: made again, so that one ranking has numbers of one version. */
import type { Notebook } from "#core/notebook/notebook.ts";
import { dropJobs, jobsOfStage } from "#core/notebook/tables/jobs.ts";
import { evaluationVersions } from "#core/notebook/tables/rungs.ts";
import type { CampaignId } from "#shared/ids.ts";
import { evaluateStage } from "../stages/evaluate/run.ts";
import { moveJob } from "./queue.ts";

/** Whether an evaluation of a campaign is of an older version than this program's, so that it begins anew when it goes on. */
export const isOlder = ({ db }: Notebook, campaign: CampaignId): boolean =>
  Math.min(...evaluationVersions(db, campaign)) < evaluateStage.version &&
  // An archive's copy has no queue.
  jobsOfStage(db, campaign, "evaluate").length > 0;

/**
 * Begins the evaluations of a campaign anew, from its first rung, where one of them is of an older version than this program's; those of its
 * own version are found by their keys. Nothing is taken out of the log: the old records stay, and stand in the provenance of the candidates.
 *
 * To be called in the transaction that lets the campaign go on, while none of its jobs runs.
 */
export function renewIfOlder(notebook: Notebook, campaign: CampaignId): void {
  if (!isOlder(notebook, campaign)) return;
  const { db } = notebook;
  const from = Math.min(...evaluationVersions(db, campaign));
  notebook.append({ kind: "renewed", campaign, from, to: evaluateStage.version });
  for (const job of jobsOfStage(db, campaign, "evaluate"))
    if (job.rung === 0 && job.state !== "queued") moveJob(notebook, job, "renew");
  dropJobs(db, campaign, { stage: "evaluate", fromRung: 1 });
  dropJobs(db, campaign, { stage: "promote", fromRung: 0 });
}
