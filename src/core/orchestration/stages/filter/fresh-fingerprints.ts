/** Fingerprints that a filter made by the way, until they are stored: lost with the process, and then made anew. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import type { MoleculeFingerprints } from "#core/chemistry/similarity/fingerprint.ts";
import type { Database } from "#core/notebook/file/database.ts";

/** Those of molecules that the notebook knew already are never taken: beyond so many the oldest go. */
const MOST = 5000;

/** By canonical SMILES, in the order of their making. */
const fresh = new WeakMap<Database, Map<string, MoleculeFingerprints>>();

export function keepFingerprints(db: Database, verdicts: readonly FilterVerdict[]): void {
  const kept = fresh.get(db) ?? new Map<string, MoleculeFingerprints>();
  fresh.set(db, kept);
  for (const verdict of verdicts)
    if (verdict.outcome === "accepted" && verdict.fingerprints)
      kept.set(verdict.identity.canonicalSmiles, verdict.fingerprints);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST))) kept.delete(oldest);
}

/** Those of a molecule, once. */
export function takeFingerprints(db: Database, canonicalSmiles: string): MoleculeFingerprints | undefined {
  const found = fresh.get(db)?.get(canonicalSmiles);
  fresh.get(db)?.delete(canonicalSmiles);
  return found;
}
