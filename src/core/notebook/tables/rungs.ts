/** What the rungs of a campaign found, and who went up from each. */
import { sql } from "kysely";
import type { StageName } from "#shared/campaign/job.ts";
import type { Promotion } from "#shared/campaign/promotion.ts";
import type { CampaignId, Sha256 } from "#shared/ids.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import { type Database, only } from "../file/database.ts";
import { toHex } from "../proof/hash.ts";
import { EvaluationContent, keysOf, PromotionContent } from "./contents.ts";
import { campaignRow } from "./projection.ts";

/** A candidate on its rung: with what it found, and the record of the evaluation where one came to its end. */
export interface Contestant {
  index: number;
  value: number | null;
  evaluation: Sha256 | null;
}

/** The candidates whose dearest evaluation so far, or attempt at one, is of a rung, in order of proposal. */
export function listContestants(
  db: Database,
  { campaign, rung, property }: { campaign: CampaignId; rung: number; property: PropertyId },
): Contestant[] {
  const query = db.sql
    .selectFrom("candidate")
    .leftJoin("candidate_value", (join) =>
      join
        .onRef("candidate_value.candidate", "=", "candidate.id")
        .on("candidate_value.property", "=", property),
    )
    .leftJoin("record", "record.id", "candidate.evaluation")
    .select(["candidate.idx as index", "candidate_value.value", "record.hash"])
    .where("candidate.campaign", "=", campaignRow(db, campaign))
    .where("candidate.rung", "=", rung)
    .where(({ or, eb }) =>
      or([eb("candidate.evaluation", "is not", null), eb("candidate.failure_stage", "=", "evaluate")]),
    )
    .orderBy("candidate.idx");
  return db.all(query).map(({ hash, ...row }) => ({ ...row, evaluation: hash && toHex(hash) }));
}

/** The version by which a campaign's evaluations that count were made; null before the first. */
export const evaluationVersion = (db: Database, campaign: CampaignId): number | null =>
  only(db, db.sql.selectFrom("campaign").select("evaluation_version").where("uuid", "=", campaign))
    .evaluation_version;

/** The versions by which the candidates of a campaign were evaluated, each once. */
export const evaluationVersions = (db: Database, campaign: CampaignId): number[] =>
  db
    .all(
      db.sql
        .selectFrom("candidate")
        .innerJoin("record", "record.id", "candidate.evaluation")
        .select(sql<number>`json_extract(record.content, '$.stageVersion')`.as("version"))
        .distinct()
        .where("candidate.campaign", "=", campaignRow(db, campaign)),
    )
    .map(({ version }) => version);

const executionsOf = (db: Database, campaign: CampaignId, stage: StageName) =>
  db.sql
    .selectFrom("execution")
    .innerJoin("record", "record.id", "execution.record")
    .select(["execution.ordinal", "execution.rung", "record.content"])
    .where("execution.campaign", "=", campaignRow(db, campaign))
    .where("execution.stage", "=", stage)
    .orderBy("execution.event");

/** The promotions of a campaign that count, from the lowest rung up: those between evaluations of its newest version. */
export function listPromotions(db: Database, campaign: CampaignId): Promotion[] {
  const version = evaluationVersion(db, campaign);
  return db
    .all(executionsOf(db, campaign, "promote"))
    .map(({ content }) => PromotionContent.parse(JSON.parse(content)))
    .filter(({ evaluationVersion: own }) => own === version);
}

/** The number of each candidate of a campaign on each rung that it was evaluated on, by index and rung. */
export function listRungNumbers(db: Database, campaign: CampaignId): Map<number, Map<number, number>> {
  const version = evaluationVersion(db, campaign);
  const query = executionsOf(db, campaign, "evaluate").where("record.kind", "=", "evaluation");
  const found = new Map<number, Map<number, number>>();
  for (const { ordinal, rung, content } of db.each(query)) {
    const { stageVersion, input, values, reason } = EvaluationContent.parse(JSON.parse(content));
    if (stageVersion !== version) continue;
    const value = values[keysOf(input).ranked] ?? null;
    const own = found.get(ordinal) ?? new Map<number, number>();
    found.set(ordinal, own);
    if (value === null || reason !== null) own.delete(rung);
    else own.set(rung, value);
  }
  return found;
}
