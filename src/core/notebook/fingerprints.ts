/** Fingerprints of the notebook's molecules: what structure searches read. */
import type { Database } from "./database.ts";

export interface StoredFingerprint {
  molecule: number;
  morgan: Uint8Array;
  pattern: Uint8Array;
}

/** Molecules whose fingerprints are not stored yet. */
export function withoutFingerprint(db: Database, limit: number): { molecule: number; smiles: string }[] {
  const query = db.sql
    .selectFrom("molecule")
    .leftJoin("fingerprint", "fingerprint.molecule", "molecule.id")
    .select(["molecule.id as molecule", "molecule.canonical_smiles as smiles"])
    .where("fingerprint.molecule", "is", null)
    .orderBy("molecule.id")
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

/** One kind of fingerprint of the molecules after a given one, in order. */
export function fingerprintsAfter(
  db: Database,
  molecule: number,
  kind: "morgan" | "pattern",
): { molecule: number; bits: Buffer }[] {
  const query = db.sql.selectFrom("fingerprint").select(["molecule", `${kind} as bits`]);
  return db.all(query.where("molecule", ">", molecule).orderBy("molecule"));
}
