/** How long a campaign was computed, by the clock: work in hand like the queue, so that its limit holds over restarts. */
import { sql } from "kysely";
import type { CampaignId } from "#shared/ids.ts";
import type { Database } from "../file/database.ts";
import { campaignRow } from "./projection.ts";

export function addComputing(db: Database, campaign: CampaignId, milliseconds: number): void {
  const row = { campaign: campaignRow(db, campaign), milliseconds };
  db.run(
    db.sql
      .insertInto("computing")
      .values(row)
      .onConflict((c) =>
        c.column("campaign").doUpdateSet({ milliseconds: sql`milliseconds + ${milliseconds}` }),
      ),
  );
}

export function computingSeconds(db: Database, campaign: CampaignId): number {
  const query = db.sql
    .selectFrom("computing")
    .select("milliseconds")
    .where("campaign", "=", campaignRow(db, campaign));
  return (db.one(query)?.milliseconds ?? 0) / 1000;
}
