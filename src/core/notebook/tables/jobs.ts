/** The queue: work in hand, in the same database as its results so that both change in one transaction. */

import { JobState, StageName } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";
import { type Database, only } from "../file/database.ts";
import { campaignRow } from "./projection.ts";

export interface Job {
  id: number;
  campaign: CampaignId;
  stage: StageName;
  /** The chunk for propose and filter, the index of the candidate for embed and evaluate, the round for acquire, the rung left for promote. */
  ordinal: number;
  /** From 0, the cheapest: of an evaluation; 0 for all else. */
  rung: number;
  state: JobState;
  /** How often it was begun; not where a person or the program stopped it. */
  attempts: number;
}

const select = (db: Database) =>
  db.sql
    .selectFrom("job")
    .innerJoin("campaign", "campaign.id", "job.campaign")
    .select(["job.id", "campaign.uuid", "job.stage", "job.ordinal", "job.rung", "job.state", "job.attempts"]);
type Row = Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>;

const job = (row: Row): Job => ({
  id: row.id,
  campaign: row.uuid as CampaignId,
  stage: StageName.parse(row.stage),
  ordinal: row.ordinal,
  rung: row.rung,
  state: JobState.parse(row.state),
  attempts: row.attempts,
});

export function addJob(
  db: Database,
  { campaign, stage, ordinal, rung = 0 }: Pick<Job, "campaign" | "stage" | "ordinal"> & { rung?: number },
): void {
  const row = { campaign: campaignRow(db, campaign), stage, ordinal, rung, state: "queued" };
  db.insert("job", row);
}

/**
 * The next job of a stage in a running campaign: least often begun first, then oldest campaign, then lowest ordinal.
 *
 * @param except campaigns that are passed over
 */
export function nextJob(db: Database, stage: StageName, except: readonly CampaignId[] = []): Job | undefined {
  const all = except.length === 0 ? select(db) : select(db).where("campaign.uuid", "not in", except);
  const query = all
    .where("campaign.state", "=", "running")
    .where("job.state", "=", "queued")
    .where("job.stage", "=", stage)
    .orderBy("job.attempts")
    .orderBy("job.campaign")
    .orderBy("job.ordinal")
    .limit(1);
  const row = db.one(query);
  return row && job(row);
}

export function jobsInState(db: Database, state: JobState, campaign?: CampaignId): Job[] {
  const query = select(db).where("job.state", "=", state).orderBy("job.id");
  return db.all(campaign === undefined ? query : query.where("campaign.uuid", "=", campaign)).map(job);
}

/** In any state. */
export const jobsOfStage = (db: Database, campaign: CampaignId, stage: StageName): Job[] =>
  db
    .all(select(db).where("campaign.uuid", "=", campaign).where("job.stage", "=", stage).orderBy("job.id"))
    .map(job);

/** Takes jobs of a stage from a rung on out of the queue, as if they had never been led to. */
export function dropJobs(
  db: Database,
  campaign: CampaignId,
  { stage, fromRung }: { stage: StageName; fromRung: number },
): void {
  const jobs = db.sql.deleteFrom("job").where("campaign", "=", campaignRow(db, campaign));
  db.run(jobs.where("stage", "=", stage).where("rung", ">=", fromRung));
}

export function setJobState(
  db: Database,
  {
    id,
    state,
    error = null,
    attempts,
  }: { id: number; state: JobState; error?: string | null; attempts: number },
): void {
  db.run(db.sql.updateTable("job").set({ state, error, attempts }).where("id", "=", id));
}

/** Whether any job of a campaign is in one of these states. */
export function hasJobs(db: Database, campaign: CampaignId, states: readonly JobState[]): boolean {
  const query = db.sql
    .selectFrom("job")
    .select("id")
    .where("campaign", "=", campaignRow(db, campaign))
    .where("state", "in", states)
    .limit(1);
  return db.one(query) !== undefined;
}

/** Whether any job of some stages of a campaign waits or runs. */
export function hasStageJobs(db: Database, campaign: CampaignId, stages: readonly StageName[]): boolean {
  const query = db.sql
    .selectFrom("job")
    .select("id")
    .where("campaign", "=", campaignRow(db, campaign))
    .where("state", "in", ["queued", "running"])
    .where("stage", "in", stages)
    .limit(1);
  return db.one(query) !== undefined;
}

/** States in which a job has come to an end. */
export const ENDED: readonly JobState[] = ["succeeded", "failed"];

/** How many jobs of a stage a campaign has; in any state where none is named. */
export function countStageJobs(
  db: Database,
  campaign: CampaignId,
  {
    stage,
    rung,
    states = JobState.options,
  }: { stage: StageName; rung?: number; states?: readonly JobState[] },
): number {
  const query = db.sql
    .selectFrom("job")
    .where("campaign", "=", campaignRow(db, campaign))
    .where("stage", "=", stage)
    .where("state", "in", states)
    .select(({ fn }) => fn.countAll<number>().as("n"));
  return only(db, rung === undefined ? query : query.where("rung", "=", rung)).n;
}

/** The ordinals of a campaign's jobs of a stage, in any state. */
export function jobOrdinals(db: Database, campaign: CampaignId, stage: StageName): number[] {
  const query = db.sql
    .selectFrom("job")
    .select("ordinal")
    .where("campaign", "=", campaignRow(db, campaign))
    .where("stage", "=", stage);
  return db.all(query).map(({ ordinal }) => ordinal);
}
