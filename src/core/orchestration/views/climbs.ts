/** What became of a campaign's candidates on the rungs below the last, in sentences. */
import type { Database } from "#core/notebook/file/database.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import { listPromotions } from "#core/notebook/tables/rungs.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { climbs } from "#shared/campaign/promotion.ts";
import { rungTitle } from "#shared/campaign/rungs.ts";
import type { CampaignId } from "#shared/ids.ts";

interface Kept {
  campaign: CampaignId;
  /** The notebook's last event when they were made. */
  seq: number;
  found: ReadonlyMap<number, string[]> | undefined;
}

/** Of the campaign that was asked for last: a table asks for all of its candidates, one after the other. */
const kept = new WeakMap<Database, Kept>();

/** By the index of the proposal; undefined where the campaign has no rungs. */
export function climbsOf(db: Database, campaign: CampaignId): ReadonlyMap<number, string[]> | undefined {
  const { seq } = chainHead(db);
  const known = kept.get(db);
  if (known?.campaign === campaign && known.seq === seq) return known.found;
  const settings = campaignSettings(db, campaign);
  const found = settings.rungs.length === 0 ? undefined : climbs(settings, listPromotions(db, campaign));
  kept.set(db, { campaign, seq, found });
  return found;
}

/** Of one candidate, with the rung that it failed on where it went up before; undefined where the campaign has no rungs. */
export function climbOf(
  db: Database,
  { campaignId, proposal, rung = 0, failure }: CandidateRow,
): string[] | undefined {
  const found = climbsOf(db, campaignId);
  if (!found) return undefined;
  const below = found.get(proposal.index) ?? [];
  if (rung === 0 || !failure) return below;
  return [...below, `${rungTitle(campaignSettings(db, campaignId), rung)}: failed: ${failure.reason}`];
}
