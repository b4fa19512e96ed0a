/** Searches of the notebook by structure, property, verdict and text. */
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import type { SubstructureQuery } from "#core/chemistry/patterns/substructure.ts";
import { shown } from "#core/chemistry/toolkit/notation.ts";
import type { Database } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { listSettings } from "#core/notebook/tables/campaigns.ts";
import { candidateAt } from "#core/notebook/tables/candidates.ts";
import { type FoundCandidate, type LeftOut, searchCandidates } from "#core/notebook/tables/search.ts";
import type { SearchHit, SearchQuery } from "#shared/campaign/search.ts";
import { dataColumnsOf } from "#shared/campaign/sources/library.ts";
import { DomainError, isAbort } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { withRanks } from "./candidate-views.ts";
import { type FingerprintIndex, openFingerprintIndex } from "./fingerprint-index.ts";

interface SearchServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  chemistry: () => Promise<Chemistry>;
  logger: Logger;
}

/** What is no hit though it fits, so that others take its place within the limit. */
interface Passed extends LeftOut {
  /** Asked of what fits, as far as hits are looked for. */
  readonly isHidden?: ((row: number) => boolean) | undefined;
}

export interface Search extends AsyncDisposable {
  /** Computes fingerprints that are still missing, in the background. */
  index(): Promise<void>;
  run(query: SearchQuery, options?: Passed): Promise<SearchHit[]>;
  /** Fingerprints for similarity, one after the other, made where they are missing. @param molecules rising */
  morganOf(molecules: readonly number[]): Promise<Uint8Array>;
}

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

function* seen(
  candidates: Iterable<FoundCandidate>,
  isHidden: (row: number) => boolean,
): Generator<FoundCandidate> {
  for (const candidate of candidates) if (!isHidden(candidate.row)) yield candidate;
}

function bestFirst(
  found: Iterable<FoundCandidate>,
  similarity: ReadonlyMap<number, number>,
): FoundCandidate[] {
  const of = ({ molecule }: FoundCandidate): number => similarity.get(molecule ?? 0) ?? 0;
  return [...found].sort((a, b) => of(b) - of(a));
}

/** Molecules by similarity to the SMILES that the query names; undefined where it names none. */
async function similarTo(
  { similarTo: smiles, minSimilarity, limit }: SearchQuery,
  { chemistry, fingerprints }: { chemistry: () => Promise<Chemistry>; fingerprints: FingerprintIndex },
): Promise<Map<number, number> | undefined> {
  if (smiles === undefined) return undefined;
  const query = (await chemistry()).fingerprints(smiles);
  if (query.outcome === "invalid") {
    throw new DomainError(
      "invalid-input",
      `Cannot search for "${shown(smiles)}": ${query.reason}. Expected a SMILES.`,
    );
  }
  const found = fingerprints.similar(query.morgan, { threshold: minSimilarity, limit: 50 * limit });
  return new Map(found.map(({ molecule, similarity }) => [molecule, similarity]));
}

/** A head that is misspelt would find nothing. @throws DomainError invalid-input */
function requireColumns(db: Database, { cells }: SearchQuery): void {
  if (cells.length === 0) return;
  const known = new Set(listSettings(db).flatMap(({ generation }) => dataColumnsOf(generation)));
  const unknown = cells.find(({ column }) => !known.has(column));
  if (!unknown) return;
  const message = `Expected a property, a descriptor or one of the data columns of this notebook (${[...known].join(", ") || "it has none"}), got "${unknown.column}".`;
  throw new DomainError("invalid-input", message, { column: unknown.column });
}

export function createSearch({ notebook, dispatcher, chemistry, logger }: SearchServices): Search {
  const { db } = notebook;
  const fingerprints = openFingerprintIndex({ notebook, dispatcher });
  return {
    index: async () =>
      notebook.readonly
        ? undefined
        : fingerprints.complete().catch((error: unknown) => {
            if (!isAbort(error)) logger.warn({ error: String(error) }, "fingerprints could not be computed");
          }),
    async run(query, { without, isHidden } = {}) {
      const { contains, limit } = query;
      requireColumns(db, query);
      if (contains !== undefined || query.similarTo !== undefined) await fingerprints.complete();
      const similarity = await similarTo(query, { chemistry, fingerprints });
      using pattern = contains === undefined ? undefined : (await chemistry()).substructureQuery(contains);
      const possible = pattern && fingerprints.mayContain(pattern.pattern);
      const among =
        possible?.filter((molecule) => !similarity || similarity.has(molecule)) ?? similarity?.keys();
      const fitting = searchCandidates(db, { ...query, without }, among && new Set(among));
      const matching = pattern ? containing(fitting, pattern) : fitting;
      const found = isHidden ? seen(matching, isHidden) : matching;
      // By similarity all must be seen before the first is known.
      const hits = similarity ? bestFirst(found, similarity).slice(0, limit) : first(found, limit);
      const rows = withRanks(
        db,
        hits.map(({ row }) => candidateAt(db, row)),
      );
      return rows.map((candidate, k) => ({
        candidate,
        similarity: similarity?.get(hits[k]?.molecule ?? 0) ?? null,
      }));
    },
    async morganOf(molecules) {
      await fingerprints.complete();
      return fingerprints.morganOf(molecules);
    },
    [Symbol.asyncDispose]: () => fingerprints[Symbol.asyncDispose](),
  };
}
