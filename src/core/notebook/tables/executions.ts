/** Which stage made which record for whom, and when: the thread through a candidate's provenance. */
import type { ProvenanceStep } from "#shared/campaign/candidate.ts";
import { STAGES_OF_ONE_CANDIDATE, type StageName } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";
import { type Database, template } from "../file/database.ts";
import type { Json } from "../proof/canonical-json.ts";
import { toHex } from "../proof/hash.ts";

/** The record that a stage of a campaign made, if it has. */
export function executionRecord(
  db: Database,
  { campaign, stage, ordinal }: { campaign: CampaignId; stage: StageName; ordinal: number },
): number | undefined {
  const query = db.sql
    .selectFrom("execution")
    .innerJoin("campaign", "campaign.id", "execution.campaign")
    .select("execution.record")
    .where("campaign.uuid", "=", campaign)
    .where("execution.stage", "=", stage)
    .where("execution.ordinal", "=", ordinal);
  return db.one(query)?.record;
}

const selectSteps = (sql: Database["sql"], campaign: CampaignId) =>
  sql
    .selectFrom("execution")
    .innerJoin("campaign", "campaign.id", "execution.campaign")
    .innerJoin("record", "record.id", "execution.record")
    .select(["execution.stage", "execution.key", "execution.reused", "execution.program", "execution.at"])
    .select(["record.content", "execution.event"])
    .where("campaign.uuid", "=", campaign);

/** Each by an index: all of a campaign's executions would be read for one candidate otherwise. */
const stepsByRun = template((sql, campaign: CampaignId, run: number) =>
  selectSteps(sql, campaign).where("execution.record", "=", run),
);
const stepsByOrdinal = template((sql, campaign: CampaignId, stage: StageName, ordinal: number) =>
  selectSteps(sql, campaign).where("execution.stage", "=", stage).where("execution.ordinal", "=", ordinal),
);

/**
 * The steps that led to one candidate, in order of their end: the sampling and filter runs given, and what was done for the
 * candidate itself.
 */
export function provenanceSteps(
  db: Database,
  { campaign, runs, ordinal }: { campaign: CampaignId; runs: readonly number[]; ordinal: number },
): ProvenanceStep[] {
  const rows = [
    ...runs.flatMap((run) => db.all(stepsByRun(campaign, run))),
    ...STAGES_OF_ONE_CANDIDATE.flatMap((stage) => db.all(stepsByOrdinal(campaign, stage, ordinal))),
  ].sort((a, b) => a.event - b.event);
  return rows.map(({ stage, key, reused, program, at, content }) => {
    const made = JSON.parse(content) as { stageVersion: number; input: Json };
    return {
      stage,
      stageVersion: made.stageVersion,
      resultKey: toHex(key),
      reused: reused === 1,
      program,
      finishedAt: at,
      input: made.input as ProvenanceStep["input"],
    };
  });
}

/** The times that an event measured while it made a record. */
export function timings(db: Database, event: number): Record<string, number> {
  const row = db.one(db.sql.selectFrom("event").select("body").where("seq", "=", event));
  const body = JSON.parse(row?.body ?? "{}") as { timings_ms?: Record<string, number> };
  return body.timings_ms ?? {};
}

/** Every run of a stage: what it made, or used again, and by which program. */
export function listExecutions(db: Database) {
  const query = db.sql
    .selectFrom("execution")
    .innerJoin("record", "record.id", "execution.record")
    .select([
      "execution.event",
      "execution.stage",
      "execution.program",
      "execution.at",
      "execution.reused",
      "record.hash",
    ])
    .orderBy("execution.event");
  return db.all(query).map(({ event, stage, program, at, reused, hash }) => ({
    id: String(event),
    record: toHex(hash),
    finishedAt: at,
    reused: reused === 1,
    stage,
    program,
  }));
}
