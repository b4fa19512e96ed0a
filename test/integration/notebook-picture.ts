/** What a notebook says, without what two equal runs may differ in: times and the campaign's random id. */

import { openNotebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { candidateDetail } from "#core/orchestration/views/candidate-detail.ts";

const TIMES = ["wallTime_ms", "processorTime_ms", "finishedAt", "createdAt", "at"];

export function pictureOf(path: string) {
  using notebook = openNotebook({ path, mode: "read-only", clock: () => new Date(0), program: "test" });
  const { db } = notebook;
  const campaigns = listCampaigns(db).map((campaign) => ({
    campaign,
    candidates: listCandidates(db, campaign.id).map(({ id }) => candidateDetail(db, id)),
  }));
  // The record of an export says when it was made.
  const lasting = db.sql.selectFrom("record").select(["hash", "kind"]).where("kind", "!=", "export");
  const records = db.all(lasting.orderBy("hash"));
  const picture = JSON.stringify({ campaigns, records }, (key, value) => (TIMES.includes(key) ? 0 : value));
  const ids = campaigns.map(({ campaign }) => campaign.id);
  return JSON.parse(ids.reduce((text, id, i) => text.replaceAll(id, `campaign ${i}`), picture)) as {
    campaigns: { campaign: { state: string }; candidates: { state: string }[] }[];
    records: unknown[];
  };
}
