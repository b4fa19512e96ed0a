/**
 * Keeps the tables that people query in step with the log. Given the same events it makes the same rows: verification and
 * salvage rebuild the tables from the evidence and compare.
 */
import type { Updateable } from "kysely";
import { isOfOneCandidate } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";
import { parseCandidateId } from "#shared/ids.ts";
import { hasNoNumber, recoveredAt } from "#shared/properties/evaluation.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import { type Database, template } from "../file/database.ts";
import type { CandidateTable } from "../file/schema.ts";
import { canonicalJson } from "../proof/canonical-json.ts";
import type { NotebookEvent, StageFinished } from "../proof/event.ts";
import { fromHex } from "../proof/hash.ts";
import {
  CandidateContent,
  EvaluationContent,
  FailureContent,
  ModelContent,
  ReviewContent,
  ScoreContent,
} from "./contents.ts";
import type { AppendedEvent } from "./events.ts";
import { linkedFrom, linkedTo, readRecord, recordId, type StoredRecord } from "./records.ts";
import { lastHeldReview } from "./reviews.ts";
import { projectVerdict } from "./verdict-projection.ts";

const ENDED: readonly string[] = ["succeeded", "failed", "cancelled"];

export function campaignRow(db: Database, uuid: CampaignId): number {
  const row = db.one(db.sql.selectFrom("campaign").select("id").where("uuid", "=", uuid));
  if (!row) throw new Error(`no campaign ${uuid}`);
  return row.id;
}

function patchCandidate(
  db: Database,
  campaign: number,
  idx: number,
  patch: Updateable<CandidateTable>,
): void {
  db.run(db.sql.updateTable("candidate").set(patch).where("campaign", "=", campaign).where("idx", "=", idx));
}

function projectSamplingRun(db: Database, campaign: number, run: number): void {
  const model = linkedFrom(db, run, "model")[0];
  if (model) {
    const { hash } = ModelContent.parse(model.content);
    db.run(db.sql.updateTable("campaign").set({ model_hash: hash }).where("id", "=", campaign));
  }
  for (const record of linkedTo(db, run, "sampled-in")) {
    const { index, smiles, nll, given } = CandidateContent.parse(record.content);
    const said = given && { given: canonicalJson(given), name: given.name };
    db.insert("candidate", { campaign, idx: index, smiles, nll, ...said, record: record.id });
  }
}

const addValue = template((sql, property: PropertyId, value: number, campaign: number, idx: number) =>
  sql
    .insertInto("candidate_value")
    .columns(["candidate", "property", "value"])
    .expression((from) =>
      from
        .selectFrom("candidate")
        .select((eb) => ["id", eb.val(property).as("property"), eb.val(value).as("value")])
        .where("campaign", "=", campaign)
        .where("idx", "=", idx),
    ),
);

const idsOf = (db: Database, campaign: number) =>
  db.sql.selectFrom("candidate").select("id").where("campaign", "=", campaign);

function dropValues(db: Database, campaign: number, idx?: number): void {
  const whose = idx === undefined ? idsOf(db, campaign) : idsOf(db, campaign).where("idx", "=", idx);
  db.run(db.sql.deleteFrom("candidate_value").where("candidate", "in", whose));
}

/** As the migration to schema 11 writes it. */
const olderThan = (version: number): string =>
  `Evaluated by version ${version} of the protocol: not compared with those of a newer version.`;

/** Numbers of two versions do not stand in one ranking: with the first of a newer one the others go. */
function leaveOutOlder(db: Database, campaign: number): void {
  const numbered = db.sql
    .selectFrom("candidate_value")
    .innerJoin("candidate", "candidate.id", "candidate_value.candidate")
    .innerJoin("record", "record.id", "candidate.evaluation")
    .select(["candidate.idx", "record.content"])
    .where("candidate.campaign", "=", campaign);
  for (const { idx, content } of db.all(numbered)) {
    const { stageVersion } = EvaluationContent.parse(JSON.parse(content));
    patchCandidate(db, campaign, idx, { no_value: olderThan(stageVersion) });
  }
  dropValues(db, campaign);
}

const versionOf = (db: Database, campaign: number): number | null =>
  db.one(db.sql.selectFrom("campaign").select("evaluation_version").where("id", "=", campaign))
    ?.evaluation_version ?? null;

/** Notes by which version an evaluation was made; the newest of the campaign. */
function noteVersion(db: Database, campaign: number, version: number): number {
  const newest = versionOf(db, campaign);
  if (newest !== null && newest >= version) return newest;
  if (newest !== null) leaveOutOlder(db, campaign);
  db.run(db.sql.updateTable("campaign").set({ evaluation_version: version }).where("id", "=", campaign));
  return version;
}

const NOT_EVALUATED = {
  evaluation: null,
  score: null,
  vqe_minus_casci_hartree: null,
  no_value: null,
  recovered_at: null,
  route: null,
  rung: 0,
};

/** Takes evaluations out of the tables of candidates; their records and executions stay. */
function projectRenewal(db: Database, uuid: CampaignId): void {
  const campaign = campaignRow(db, uuid);
  dropValues(db, campaign);
  const candidates = db.sql.updateTable("candidate").where("campaign", "=", campaign);
  db.run(candidates.set(NOT_EVALUATED));
  db.run(
    candidates.set({ failure_stage: null, failure_reason: null }).where("failure_stage", "=", "evaluate"),
  );
  db.run(db.sql.updateTable("campaign").set({ evaluation_version: null }).where("id", "=", campaign));
}

/** A candidate has the numbers of the dearest rung that it reached. */
function projectEvaluation(
  db: Database,
  campaign: number,
  event: StageFinished,
  { id: evaluation, content }: StoredRecord,
): void {
  if (event.score === null) throw new Error("an evaluation without a score");
  const score = readRecord(db, recordId(db, event.score));
  const { property, outcome, reason, value, vqeMinusCasci_hartree } = ScoreContent.parse(score.content);
  const failure = hasNoNumber(outcome) ? null : reason;
  const rung = event.rung ?? 0;
  if (rung > 0) dropValues(db, campaign, event.ordinal);
  const { stageVersion, attempts = [], route = null } = EvaluationContent.parse(content);
  const newest = noteVersion(db, campaign, stageVersion);
  const isOlder = stageVersion < newest;
  const hasNumber = value !== null && reason === null;
  // A candidate that failed has no number to rank by, whatever part of it converged.
  if (hasNumber && !isOlder) db.run(addValue(property, value, campaign, event.ordinal));
  patchCandidate(db, campaign, event.ordinal, {
    evaluation,
    rung,
    score: score.id,
    vqe_minus_casci_hartree: vqeMinusCasci_hartree,
    failure_stage: failure === null ? null : "evaluate",
    failure_reason: failure,
    no_value: hasNoNumber(outcome) ? reason : isOlder && hasNumber ? olderThan(stageVersion) : null,
    recovered_at: recoveredAt({ attempts }) ?? null,
    route,
  });
}

/** A result is the first that was made under its key. */
function keepResult(db: Database, key: Buffer, record: number): void {
  db.run(
    db.sql
      .insertInto("result")
      .values({ key, record })
      .onConflict((c) => c.doNothing()),
  );
}

function projectStage(db: Database, { seq, at, event }: AppendedEvent & { event: StageFinished }): void {
  const campaign = campaignRow(db, event.campaign);
  const record = readRecord(db, recordId(db, event.record));
  const { stage, ordinal, rung = 0, reused, program } = event;
  const key = fromHex(event.key);
  const execution = {
    event: seq,
    campaign,
    stage,
    ordinal,
    rung,
    key,
    record: record.id,
    reused: Number(reused),
    program,
    at,
  };
  db.insert("execution", execution);
  keepResult(db, key, record.id);
  switch (record.kind) {
    case "sampling-run":
      projectSamplingRun(db, campaign, record.id);
      break;
    case "filter-run":
      for (const verdict of linkedTo(db, record.id, "by")) projectVerdict(db, campaign, verdict);
      break;
    case "conformer":
      patchCandidate(db, campaign, ordinal, {
        conformer: record.id,
        failure_stage: null,
        failure_reason: null,
      });
      break;
    // Whom it chose is told by the jobs that follow.
    case "acquisition":
    case "promotion":
      break;
    case "evaluation":
      projectEvaluation(db, campaign, event, record);
      break;
    case "failure": {
      const { reason } = FailureContent.parse(record.content);
      patchCandidate(db, campaign, ordinal, { failure_stage: stage, failure_reason: reason });
      break;
    }
    default:
      throw new Error(`a stage cannot make a ${record.kind}`);
  }
}

function projectReview(db: Database, event: Extract<AppendedEvent["event"], { kind: "reviewed" }>): void {
  const record = recordId(db, event.record);
  const { verdict, reason, comment, reviewer, at } = ReviewContent.parse(readRecord(db, record).content);
  const { campaign: uuid, index } = parseCandidateId(event.candidate);
  const campaign = campaignRow(db, uuid);
  const candidates = db.sql.selectFrom("candidate").select("id");
  const candidate = db.one(candidates.where("campaign", "=", campaign).where("idx", "=", index));
  if (!candidate) throw new Error(`no candidate ${event.candidate}`);
  const row = { candidate: candidate.id, record, verdict, reason, comment, reviewer, at };
  const lastId = db.insert("review", row);
  db.insert("review_text", { rowid: lastId, reason, comment, reviewer });
  const review = verdict === "withdrawn" ? lastHeldReview(db, candidate.id) : lastId;
  db.run(db.sql.updateTable("candidate").set({ review }).where("id", "=", candidate.id));
}

/** They stand in the settings, which say else what was asked at the start. */
function projectLimits(
  db: Database,
  { campaign, limits }: Extract<NotebookEvent, { kind: "limits-set" }>,
): void {
  const row = db.one(db.sql.selectFrom("campaign").select("settings").where("uuid", "=", campaign));
  if (!row) throw new Error(`no campaign ${campaign}`);
  const settings = JSON.stringify({ ...JSON.parse(row.settings), limits });
  db.run(db.sql.updateTable("campaign").set({ settings }).where("uuid", "=", campaign));
}

const campaignState = template(
  (sql, state: string, error: string | null, finished_at: string | null, uuid: CampaignId) =>
    sql.updateTable("campaign").set({ state, error, finished_at }).where("uuid", "=", uuid),
);

/** Carries one event into the derived tables; to be called in the transaction that appends it. */
export function project(db: Database, appended: AppendedEvent): void {
  const { at, event } = appended;
  switch (event.kind) {
    case "notebook-created":
    case "key-created":
    case "model-added":
    case "exported":
    case "calculated":
      break;
    case "campaign-created": {
      const settings = JSON.stringify(event.settings);
      const row = { uuid: event.campaign, settings, state: "queued", created_at: at };
      db.insert("campaign", row);
      break;
    }
    case "campaign-state": {
      const { state, error } = event;
      const finished_at = ENDED.includes(state) ? at : null;
      db.run(campaignState(state, error, finished_at, event.campaign));
      break;
    }
    case "stage-finished":
      projectStage(db, { ...appended, event });
      break;
    case "state-finished":
      keepResult(db, fromHex(event.key), recordId(db, event.record));
      break;
    case "stage-failed": {
      if (!isOfOneCandidate(event.stage)) break;
      const campaign = campaignRow(db, event.campaign);
      const { rung = 0 } = event;
      if (rung > 0) dropValues(db, campaign, event.ordinal);
      patchCandidate(db, campaign, event.ordinal, {
        // What a cheaper rung found is not of this one; the promotions tell it.
        ...(rung > 0 && { ...NOT_EVALUATED, rung }),
        failure_stage: event.stage,
        failure_reason: event.reason,
      });
      break;
    }
    case "renewed":
      projectRenewal(db, event.campaign);
      break;
    case "limits-set":
      projectLimits(db, event);
      break;
    case "review-policy": {
      const { secondReviewer, blind } = event;
      const policy = { second_reviewer: Number(secondReviewer), blind: Number(blind) };
      db.run(db.sql.updateTable("campaign").set(policy).where("uuid", "=", event.campaign));
      break;
    }
    case "signed-off":
    case "reopened": {
      const signed_off = event.kind === "signed-off" ? recordId(db, event.record) : null;
      db.run(db.sql.updateTable("campaign").set({ signed_off }).where("uuid", "=", event.campaign));
      break;
    }
    case "reviewed":
      projectReview(db, event);
      break;
    default:
      event satisfies never;
  }
}

/** The record that a stage made of the same input before, if any. */
export function findResult(db: Database, key: Buffer): number | undefined {
  return db.one(db.sql.selectFrom("result").select("record").where("key", "=", key))?.record;
}
