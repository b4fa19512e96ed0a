/** Are the fingerprints that structure searches read those of the molecules? */
import type { Finding } from "#shared/notebook/verification.ts";
import type { Database } from "../file/database.ts";
import { EMPTY_FINGERPRINT, type StoredFingerprint } from "../tables/fingerprints.ts";

/** Makes the two fingerprints of a SMILES; invalid where it cannot be read. */
export type MakeFingerprints = (
  smiles: string,
) => ({ outcome: "valid" } & Omit<StoredFingerprint, "molecule">) | { outcome: "invalid" };

/**
 * Makes every fingerprint anew: about 0.5 ms a molecule. They are stored in order of the molecules, so only the last may be missing.
 */
export function* checkFingerprints(
  db: Database,
  make: MakeFingerprints,
): Generator<{ finding?: Finding; missing?: number }> {
  const query = db.sql
    .selectFrom("molecule")
    .leftJoin("fingerprint", "fingerprint.molecule", "molecule.id")
    .select(["molecule.id", "molecule.canonical_smiles as smiles", "morgan", "pattern"])
    .orderBy("molecule.id");
  let missing: number[] = [];
  for (const { id, smiles, morgan, pattern } of db.each(query)) {
    if (morgan === null || pattern === null) {
      missing.push(id);
      continue;
    }
    for (const lost of missing)
      yield { finding: { where: `table fingerprint, row ${lost}`, what: "was removed" } };
    missing = [];
    const made = make(smiles);
    const expected =
      made.outcome === "valid" ? made : { morgan: EMPTY_FINGERPRINT, pattern: EMPTY_FINGERPRINT };
    if (morgan.equals(expected.morgan) && pattern.equals(expected.pattern)) continue;
    yield { finding: { where: `table fingerprint, row ${id}`, what: `is not that of ${smiles}` } };
  }
  const strangers = db.sql
    .selectFrom("fingerprint")
    .leftJoin("molecule", "molecule.id", "fingerprint.molecule")
    .select("fingerprint.molecule")
    .where("molecule.id", "is", null);
  for (const { molecule } of db.all(strangers))
    yield { finding: { where: `table fingerprint, row ${molecule}`, what: "is of no molecule" } };
  if (missing.length > 0) yield { missing: missing.length };
}
