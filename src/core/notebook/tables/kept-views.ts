/** How people look at a campaign, kept beside its evidence. */
import type { CampaignId } from "#shared/ids.ts";
import type { Database } from "../file/database.ts";
import { campaignRow } from "./projection.ts";

export type KeptKind = "map" | "table";

/** As JSON, of a person's own names. */
export interface KeptView {
  name: string;
  content: string;
}

/** In order of their names. */
export function keptViews(db: Database, campaign: CampaignId, kind: KeptKind): KeptView[] {
  const query = db.sql
    .selectFrom("kept_view")
    .select(["name", "content"])
    .where("campaign", "=", campaignRow(db, campaign))
    .where("kind", "=", kind)
    .orderBy("name");
  return db.all(query);
}

/** Takes the place of one of the same name. */
export function keepView(db: Database, campaign: CampaignId, kind: KeptKind, view: KeptView): void {
  const row = { campaign: campaignRow(db, campaign), kind, ...view };
  const { content } = view;
  db.run(
    db.sql
      .insertInto("kept_view")
      .values(row)
      .onConflict((c) => c.columns(["campaign", "kind", "name"]).doUpdateSet({ content })),
  );
}

export function forgetView(db: Database, campaign: CampaignId, kind: KeptKind, name: string): void {
  db.run(
    db.sql
      .deleteFrom("kept_view")
      .where("campaign", "=", campaignRow(db, campaign))
      .where("kind", "=", kind)
      .where("name", "=", name),
  );
}
