/** What left the notebook: which file, made of which candidates, for whom. */
import { sql } from "kysely";
import { ExportRecord } from "#shared/campaign/export.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { Database } from "../file/database.ts";
import { toHex } from "../proof/hash.ts";
import type { Link } from "../proof/record.ts";

/** Every export that the notebook knows of, oldest first. */
export function listExports(db: Database): ExportRecord[] {
  const query = db.sql.selectFrom("record").select("content").where("kind", "=", "export").orderBy("id");
  return db.all(query).map(({ content }) => ExportRecord.parse(JSON.parse(content)));
}

/** Links to candidates of a campaign, and to the scores of those that have one. */
export function linksToCandidates(db: Database, campaign: CampaignId, indices: readonly number[]): Link[] {
  const query = db.sql
    .selectFrom("candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .innerJoin("record as c", "c.id", "candidate.record")
    .leftJoin("record as s", "s.id", "candidate.score")
    .select(["c.hash as candidate", "s.hash as score"])
    .where("campaign.uuid", "=", campaign)
    .where("candidate.idx", "in", sql<number>`(SELECT value FROM json_each(${JSON.stringify(indices)}))`)
    .orderBy("candidate.idx");
  return db
    .all(query)
    .flatMap(({ candidate, score }) => [
      { role: "candidate", target: toHex(candidate) },
      ...(score ? [{ role: "score", target: toHex(score) }] : []),
    ]);
}
