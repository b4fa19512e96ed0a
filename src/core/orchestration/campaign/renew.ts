/** Evaluations of an older version, in a campaign that goes on with a newer one: made again, so that one ranking has numbers of one version. */
import type { Notebook } from "#core/notebook/notebook.ts";
import { dropJobs, jobsOfStage } from "#core/notebook/tables/jobs.ts";
import { evaluationVersions } from "#core/notebook/tables/rungs.ts";
import type { CampaignId } from "#shared/ids.ts";
import { evaluateStage } from "../stages/evaluate/run.ts";
import { moveJob } from "./queue.ts";

/**
 * Begins the evaluations of a campaign anew, from its first rung, where one of them is of an older version than this program's; those of its
 * own version are found by their keys. Nothing is taken out of the log: the old records stay, and stand in the provenance of the candidates.
 *
 * To be called in the transaction that lets the campaign go on, while none of its jobs runs.
 */
export function renewIfOlder(notebook: Notebook, campaign: CampaignId): void {
  const { db } = notebook;
  const from = Math.min(...evaluationVersions(db, campaign));
  const to = evaluateStage.version;
  if (from >= to) return;
  const evaluations = jobsOfStage(db, campaign, "evaluate");
  // An archive's copy has no queue.
  if (evaluations.length === 0) return;
  notebook.append({ kind: "renewed", campaign, from, to });
  for (const job of evaluations)
    if (job.rung === 0 && job.state !== "queued") moveJob(notebook, job, "renew");
  dropJobs(db, campaign, { stage: "evaluate", fromRung: 1 });
  dropJobs(db, campaign, { stage: "promote", fromRung: 0 });
}
