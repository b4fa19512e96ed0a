/** Fingerprints of all the notebook's molecules: those that it holds, and those that are computed when a search needs them. */
import { mostSimilar, packFingerprints } from "#core/chemistry/similarity/similarity.ts";
import type { Database } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import {
  EMPTY_FINGERPRINT,
  type StoredFingerprint,
  storeFingerprints,
  withoutFingerprint,
} from "#core/notebook/tables/fingerprints.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { takeFingerprints } from "../stages/filter/fresh-fingerprints.ts";
import { openStructureLibrary, type StructureLibrary } from "./structure-library.ts";

export interface FingerprintIndex extends StructureLibrary, AsyncDisposable {
  /** Computes those that are missing. @throws AbortError when it is closed */
  complete(): Promise<void>;
}

/** Molecules a task: about a quarter of a second. */
const BATCH = 500;

export function openFingerprintIndex({
  notebook,
  dispatcher,
}: {
  notebook: Notebook;
  dispatcher: Dispatcher;
}): FingerprintIndex {
  const { db } = notebook;
  const library = openStructureLibrary(db);
  const closing = new AbortController();
  let completing: Promise<void> | undefined;
  /** Made here and kept here: of molecules that the writing process has not come to, where this one only reads. */
  const unsaved = new Map<number, StoredFingerprint>();
  const computeMissing = async (): Promise<void> => {
    for (;;) {
      const missing = withoutFingerprint(db, BATCH + unsaved.size).filter((m) => !unsaved.has(m.molecule));
      if (missing.length === 0) return;
      const rows = await fingerprintsOf({ db, dispatcher }, missing, closing.signal);
      if (notebook.readonly) for (const row of rows) unsaved.set(row.molecule, row);
      else notebook.transaction(() => storeFingerprints(db, rows));
    }
  };
  return {
    complete() {
      // A campaign that ends with the engine says so after this has closed.
      if (closing.signal.aborted) return Promise.reject(closing.signal.reason);
      completing ??= computeMissing().finally(() => {
        completing = undefined;
      });
      return completing;
    },
    similar: (query, options) => [
      ...library.similar(query, options),
      ...similarAmong([...unsaved.values()], query, options),
    ],
    morganOf(molecules) {
      const bytes = library.morganOf(molecules);
      if (unsaved.size > 0)
        for (const [k, molecule] of molecules.entries()) {
          const made = unsaved.get(molecule);
          if (made) bytes.set(made.morgan, k * made.morgan.length);
        }
      return bytes;
    },
    mayContain: (query) => [...new Set([...library.mayContain(query), ...unsaved.keys()])],
    async [Symbol.asyncDispose]() {
      closing.abort();
      await completing?.catch(() => {});
    },
  };
}

/** Those that a filter has just made, and of the other molecules by a thread. */
async function fingerprintsOf(
  { db, dispatcher }: { db: Database; dispatcher: Dispatcher },
  molecules: readonly { molecule: number; smiles: string }[],
  signal: AbortSignal,
): Promise<StoredFingerprint[]> {
  const made = molecules.map(({ smiles }) => takeFingerprints(db, smiles));
  const others = molecules.filter((_, i) => made[i] === undefined);
  const computed = others.length === 0 ? [] : await compute(dispatcher, others, signal);
  const byMolecule = new Map(computed.map((one) => [one.molecule, one]));
  return molecules.map(({ molecule }, i) => ({
    molecule,
    ...(made[i] ?? byMolecule.get(molecule) ?? NO_FINGERPRINTS),
  }));
}

const NO_FINGERPRINTS = { morgan: EMPTY_FINGERPRINT, pattern: EMPTY_FINGERPRINT };

/** The fingerprints of molecules; those of one that cannot be read are empty. */
async function compute(
  dispatcher: Dispatcher,
  molecules: readonly { molecule: number; smiles: string }[],
  signal: AbortSignal,
): Promise<StoredFingerprint[]> {
  const smiles = molecules.map((one) => one.smiles);
  const computed = await dispatcher.run("fingerprints", { smiles }, { signal });
  return molecules.map(({ molecule }, i) => {
    const found = computed[i];
    return { molecule, ...(found?.outcome === "valid" ? found : NO_FINGERPRINTS) };
  });
}

function similarAmong(
  rows: readonly StoredFingerprint[],
  query: Uint8Array,
  options: { threshold: number; limit: number },
): { molecule: number; similarity: number }[] {
  const packed = packFingerprints(rows.map(({ morgan }) => morgan));
  return mostSimilar(packed, query, options).flatMap(({ index, similarity }) => {
    const row = rows[index];
    return row ? [{ molecule: row.molecule, similarity }] : [];
  });
}
