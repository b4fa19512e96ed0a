/** Fingerprints of the notebook's molecules: what structure searches read. */
import { sql } from "kysely";
import type { CampaignId } from "#shared/ids.ts";
import { type Database, only } from "../file/database.ts";
import { campaignRow } from "./projection.ts";

/** The molecule of each candidate of a campaign that has one, in order of proposal. */
export function moleculesIn(db: Database, campaign: CampaignId): { index: number; molecule: number }[] {
  const query = db.sql
    .selectFrom("candidate")
    .select(["idx as index", "molecule"])
    .where("campaign", "=", campaignRow(db, campaign))
    .where("molecule", "is not", null)
    .orderBy("idx");
  return db.all(query).map(({ index, molecule }) => ({ index, molecule: Number(molecule) }));
}

/** Fingerprint of what RDKit cannot read: similar to nothing, contains nothing. */
export const EMPTY_FINGERPRINT: Uint8Array = new Uint8Array(256);

export interface StoredFingerprint {
  molecule: number;
  morgan: Uint8Array;
  pattern: Uint8Array;
}

/** Molecules whose fingerprints are not stored yet: they are stored in order, so that those are the last. */
export function withoutFingerprint(db: Database, limit: number): { molecule: number; smiles: string }[] {
  const stored = db.sql
    .selectFrom("fingerprint")
    .select(({ fn }) => fn.max<number | null>("molecule").as("last"));
  const query = db.sql
    .selectFrom("molecule")
    .select(["id as molecule", "canonical_smiles as smiles"])
    .where("id", ">", only(db, stored).last ?? 0)
    .orderBy("id")
    .limit(limit);
  return db.all(query);
}

export function storeFingerprints(db: Database, fingerprints: readonly StoredFingerprint[]): void {
  db.transaction(() => {
    for (const { molecule, morgan, pattern } of fingerprints) {
      const row = { molecule, morgan: Buffer.from(morgan), pattern: Buffer.from(pattern) };
      db.insert("fingerprint", row);
    }
  });
}

interface FingerprintBlock {
  molecules: number[];
  /** Their fingerprints, one after the other. */
  bytes: Buffer;
}

/** One kind of fingerprint of the next molecules after a given one, in order; undefined where there are no more. */
export function fingerprintsAfter(
  db: Database,
  molecule: number,
  { kind, limit }: { kind: "morgan" | "pattern"; limit: number },
): FingerprintBlock | undefined {
  const next = db.sql
    .selectFrom("fingerprint")
    .where("molecule", ">", molecule)
    .orderBy("molecule")
    .limit(limit);
  const molecules = db.all(next.select("molecule")).map((row) => row.molecule);
  if (molecules.length === 0) return undefined;
  // Joined by SQLite: a buffer for each row would cost as much again as reading it.
  const joined = sql<Buffer>`CAST(group_concat(bits, '' ORDER BY molecule) AS BLOB)`.as("bytes");
  const bits = next.select(["molecule", `${kind} as bits`]).as("next");
  const { bytes } = only(db, db.sql.selectFrom(bits).select(joined));
  return { molecules, bytes };
}
