/** The molecules that a campaign accepted: another of the same key is a duplicate. */
import type { Database } from "#core/notebook/file/database.ts";
import { acceptedMolecules } from "#core/notebook/tables/candidates.ts";
import type { FilterSettings } from "#shared/campaign/campaign.ts";
import { moleculeKey } from "#shared/campaign/molecule-key.ts";
import type { CampaignId } from "#shared/ids.ts";

/** @param before the index of a candidate: those that came before it; absent: all */
export const acceptedKeys = (
  db: Database,
  campaign: CampaignId,
  settings: FilterSettings,
  before?: number,
): string[] =>
  acceptedMolecules(db, campaign, before).map(({ identity, species }) =>
    moleculeKey(settings, identity, species),
  );
