/** Searches of the notebook by structure, property, verdict and text. */
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import type { SubstructureQuery } from "#core/chemistry/patterns/substructure.ts";
import { mostSimilar, packFingerprints } from "#core/chemistry/similarity/similarity.ts";
import { shown } from "#core/chemistry/toolkit/rdkit.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { candidateAt } from "#core/notebook/tables/candidates.ts";
import {
  EMPTY_FINGERPRINT,
  type StoredFingerprint,
  storeFingerprints,
  withoutFingerprint,
} from "#core/notebook/tables/fingerprints.ts";
import { type FoundCandidate, searchCandidates } from "#core/notebook/tables/search.ts";
import type { SearchHit, SearchQuery } from "#shared/campaign/search.ts";
import { DomainError, isAbort } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { withRanks } from "./candidate-views.ts";
import { openStructureLibrary } from "./structure-library.ts";

interface SearchServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  chemistry: () => Promise<Chemistry>;
  logger: Logger;
}

export interface Search extends AsyncDisposable {
  /** Computes fingerprints that are still missing, in the background. */
  index(): Promise<void>;
  run(query: SearchQuery): Promise<SearchHit[]>;
}

/** Molecules a task: about a quarter of a second. */
const BATCH = 500;

/** Molecules looked at together: about 2 and 50 ms. */
const FIRST_GROUP = 100;
const LARGEST_GROUP = 2000;

function first<T>(items: Iterable<T>, limit: number): T[] {
  const taken: T[] = [];
  for (const item of items) if (taken.push(item) === limit) break;
  return taken;
}

/** Groups of items, small ones first: the first hits are there soon, the rest costs little. */
function* growing<T>(items: Iterable<T>): Generator<T[]> {
  let group: T[] = [];
  let size = FIRST_GROUP;
  for (const item of items) {
    if (group.push(item) < size) continue;
    yield group;
    group = [];
    size = Math.min(2 * size, LARGEST_GROUP);
  }
  yield group;
}

/** Those of the candidates that contain the pattern; a molecule is looked at once. */
function* containing(
  candidates: Iterable<FoundCandidate>,
  pattern: SubstructureQuery,
): Generator<FoundCandidate> {
  const known = new Map<number, boolean>();
  for (const group of growing(candidates)) {
    const unknown = new Map<number, string>();
    for (const { molecule, smiles } of group) {
      if (molecule !== null && smiles !== null && !known.has(molecule)) unknown.set(molecule, smiles);
    }
    const fitting = new Set(pattern.among([...unknown.values()]));
    for (const [place, molecule] of [...unknown.keys()].entries()) known.set(molecule, fitting.has(place));
    for (const found of group) if (found.molecule !== null && known.get(found.molecule)) yield found;
  }
}

function bestFirst(
  found: Iterable<FoundCandidate>,
  similarity: ReadonlyMap<number, number>,
): FoundCandidate[] {
  const of = ({ molecule }: FoundCandidate): number => similarity.get(molecule ?? 0) ?? 0;
  return [...found].sort((a, b) => of(b) - of(a));
}

export function createSearch({ notebook, dispatcher, chemistry, logger }: SearchServices): Search {
  const { db } = notebook;
  const library = openStructureLibrary(db);
  const closing = new AbortController();
  let indexing: Promise<void> | undefined;
  /** Made here and kept here: of molecules that the writing process has not come to, where this one only reads. */
  const unsaved = new Map<number, StoredFingerprint>();

  const indexAll = async (): Promise<void> => {
    for (;;) {
      const missing = withoutFingerprint(db, BATCH + unsaved.size).filter((m) => !unsaved.has(m.molecule));
      if (missing.length === 0) return;
      const smiles = missing.map((molecule) => molecule.smiles);
      const computed = await dispatcher.run("fingerprints", { smiles }, { signal: closing.signal });
      const rows = missing.map(({ molecule }, i): StoredFingerprint => {
        const found = computed[i]!;
        return found.outcome === "valid"
          ? { molecule, ...found }
          : { molecule, morgan: EMPTY_FINGERPRINT, pattern: EMPTY_FINGERPRINT };
      });
      if (notebook.readonly) for (const row of rows) unsaved.set(row.molecule, row);
      else notebook.transaction(() => storeFingerprints(db, rows));
    }
  };
  const index = (): Promise<void> => {
    indexing ??= indexAll().finally(() => {
      indexing = undefined;
    });
    return indexing;
  };
  const similarTo = async ({ similarTo: smiles, minSimilarity, limit }: SearchQuery) => {
    if (smiles === undefined) return undefined;
    const query = (await chemistry()).fingerprints(smiles);
    if (query.outcome === "invalid") {
      throw new DomainError(
        "invalid-input",
        `Cannot search for "${shown(smiles)}": ${query.reason}. Expected a SMILES.`,
      );
    }
    const options = { threshold: minSimilarity, limit: 50 * limit };
    const rows = [...unsaved.values()];
    const packed = packFingerprints(rows.map((row) => row.morgan));
    const more = mostSimilar(packed, query.morgan, options);
    return [
      ...library.similar(query.morgan, options),
      ...more.map(({ index, similarity }) => ({ molecule: rows[index]!.molecule, similarity })),
    ];
  };
  return {
    index: async () =>
      notebook.readonly
        ? undefined
        : index().catch((error: unknown) => {
            if (!isAbort(error)) logger.warn({ error: String(error) }, "fingerprints could not be computed");
          }),
    async run(query) {
      const { contains, limit } = query;
      if (contains !== undefined || query.similarTo !== undefined) await index();
      const similar = await similarTo(query);
      const similarity = new Map(similar?.map(({ molecule, similarity }) => [molecule, similarity]));
      using pattern = contains === undefined ? undefined : (await chemistry()).substructureQuery(contains);
      const possible = pattern && [...new Set([...library.mayContain(pattern.pattern), ...unsaved.keys()])];
      const among = possible?.filter((molecule) => !similar || similarity.has(molecule)) ?? similarity.keys();
      const isStructural = pattern !== undefined || similar !== undefined;
      const fitting = searchCandidates(db, query, isStructural ? new Set(among) : undefined);
      const found = pattern ? containing(fitting, pattern) : fitting;
      // By similarity all must be seen before the first is known.
      const seen = similar ? bestFirst(found, similarity).slice(0, limit) : first(found, limit);
      const rows = withRanks(
        db,
        seen.map(({ row }) => candidateAt(db, row)),
      );
      return rows.map((candidate, k) => ({
        candidate,
        similarity: similarity.get(seen[k]!.molecule ?? 0) ?? null,
      }));
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await indexing?.catch(() => {});
    },
  };
}
