/** How far a campaign's stage is, in molecules. */
import type { Database } from "#core/notebook/file/database.ts";
import { countStageJobs, ENDED, type Job, jobOrdinals } from "#core/notebook/tables/jobs.ts";
import type { CampaignId } from "#shared/ids.ts";

/** The candidates that were chosen to be evaluated: each of them is embedded first. */
export const chosenCandidates = (db: Database, campaign: CampaignId): number[] =>
  jobOrdinals(db, campaign, "embed");

export const countChosen = (db: Database, campaign: CampaignId): number =>
  countStageJobs(db, campaign, { stage: "embed" });

/** Every molecule that is embedded is evaluated next, so the number of embeddings is the total of both; on a higher rung those that went up. */
export const stageProgress = (
  db: Database,
  { campaign, stage, rung }: Job,
): { done: number; total: number } => ({
  done: countStageJobs(db, campaign, { stage, rung, states: ENDED }),
  total: rung === 0 ? countChosen(db, campaign) : countStageJobs(db, campaign, { stage, rung }),
});
