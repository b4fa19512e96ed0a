/** The molecules that a campaign accepted: another of the same key is a duplicate. */
import type { Database } from "#core/notebook/file/database.ts";
import { acceptedMolecules } from "#core/notebook/tables/candidates.ts";
import type { FilterSettings } from "#shared/campaign/campaign.ts";
import { type Marks, markedKey, moleculeKey } from "#shared/campaign/molecule-key.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { KnownKeys } from "./in-parts.ts";

interface Asked extends Marks {
  campaign: CampaignId;
  settings: FilterSettings;
}

/** Keys of the candidates from one index up to another, in order, each with its InChIKey. */
const keysAmong = (
  db: Database,
  { campaign, settings, ...marks }: Asked,
  range: { from?: number; before?: number },
): { key: string; inchiKey: string }[] =>
  acceptedMolecules(db, campaign, range).map(({ identity, species, smiles }) => ({
    key: markedKey(moleculeKey(settings, identity, species), smiles, marks),
    inchiKey: identity.inchiKey,
  }));

/** Those that were accepted before a candidate. */
export const keysBefore = (db: Database, asked: Asked, before: number): string[] =>
  keysAmong(db, asked, { before }).map(({ key }) => key);

/** Of the campaign that was asked for last: each chunk asks for all that came before it. */
interface Remembered {
  campaign: CampaignId;
  /** Index of the first candidate that was not looked at. */
  next: number;
  keys: Map<string, string[]>;
}
const remembered = new WeakMap<Database, Remembered>();

/** Those that were accepted before a chunk; verdicts never change, so that only the new ones are read. */
export function keysBeforeChunk(db: Database, asked: Asked, first: number): KnownKeys {
  const last = remembered.get(db);
  const { next, keys } =
    last?.campaign === asked.campaign && last.next <= first ? last : { next: 0, keys: new Map() };
  for (const { key, inchiKey } of keysAmong(db, asked, { from: next, before: first }))
    keys.set(inchiKey, [...(keys.get(inchiKey) ?? []), key]);
  remembered.set(db, { campaign: asked.campaign, next: first, keys });
  return keys;
}
