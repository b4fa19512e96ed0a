import { parseCandidateId } from "#shared/ids.ts";
import { SAMPLE_QUESTION } from "#shared/notebook/shelf.ts";
import { client } from "../../rpc/client.ts";
import type { TourPlace } from "./steps.ts";

/** The sample's campaign in the open notebook; undefined where there is none, or nothing of it was ranked. */
export async function findSample(): Promise<TourPlace | undefined> {
  const campaigns = await client.campaigns.list();
  const sample = campaigns.find(
    ({ settings, state }) => settings.name === SAMPLE_QUESTION && state === "succeeded",
  );
  if (!sample) return undefined;
  const asked = { campaignId: sample.id, view: "ranked", text: "", by: "rank", descending: false } as const;
  const { rows } = await client.candidates.page({ ...asked, first: 0, count: 1 });
  const [best] = rows;
  return best && { campaign: sample.id, best: parseCandidateId(best.id).index };
}
