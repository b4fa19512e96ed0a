/** Libraries of molecules: read from files, held until a campaign begins with them, and then in the notebook. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { type NamedFile, tooMany } from "#core/generation/molecules/library/read-library.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import type { NotebookRecord } from "#core/notebook/proof/record.ts";
import { readPart, readRecord, recordId } from "#core/notebook/tables/records.ts";
import type { FilterSettings } from "#shared/campaign/campaign.ts";
import type { Proposal } from "#shared/campaign/candidate.ts";
import type { Progress } from "#shared/campaign/job.ts";
import {
  type LibraryFile,
  type LibraryPreview,
  type LibraryReading,
  type LibraryRow,
  type LibrarySummary,
  NAMED_ROWS,
  reasonKind,
} from "#shared/campaign/library.ts";
import { MAX_LIBRARY_ROWS } from "#shared/campaign/sources/library.ts";
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import {
  drawn,
  libraryContent,
  libraryName,
  libraryRecord,
  libraryRows,
  type ReadLibrary,
} from "./records.ts";
import { withTautomers } from "./tautomers.ts";

/** Libraries held that no campaign has begun with: a person looks at one with other settings before. */
const HELD = 4;
const SAMPLE_ROWS = 10;
/** Rows that a preview judges: a second's work. */
const LOOKED_AT = 1000;
const EXAMPLES = 50;

/** Rows that are in no file. */
export interface OtherRows {
  file: LibraryFile;
  rows: readonly Omit<LibraryRow, "file">[];
}

function withOthers(found: Pick<ReadLibrary, "files" | "rows">, others: readonly OtherRows[]) {
  const files = [...found.files, ...others.map(({ file }) => file)];
  const rows = [...found.rows];
  for (const [i, other] of others.entries())
    for (const row of other.rows) rows.push({ file: found.files.length + i, ...row });
  if (rows.length > MAX_LIBRARY_ROWS) throw tooMany();
  if (rows.length > 0) return { files, rows };
  const names = files.map(({ name }) => name).join(", ") || "no file";
  throw new DomainError("invalid-input", `Expected molecules, got none in ${names}.`);
}

export interface Libraries {
  /**
   * Reads files and holds what they say, with rows from elsewhere after them.
   *
   * @throws DomainError invalid-input, also where there is no row; AbortError
   */
  read(
    request: { files: readonly NamedFile[]; reading: LibraryReading; others?: readonly OtherRows[] },
    options?: { signal?: AbortSignal | undefined; report?: ((progress: Progress) => void) | undefined },
  ): Promise<LibrarySummary>;
  /** What the filter would say of the first rows. @throws DomainError not-found; AbortError */
  preview(
    request: { library: Sha256; filter: FilterSettings },
    options?: { signal?: AbortSignal | undefined },
  ): Promise<LibraryPreview>;
  /** What was found in a library that is held or in the notebook. @throws DomainError not-found */
  get(hash: Sha256): LibrarySummary;
  /** Its rows. @throws DomainError not-found */
  rows(hash: Sha256): readonly LibraryRow[];
  /** The record of a library that is held; none where it is in the notebook alone. */
  records(hash: Sha256): NotebookRecord[];
}

const numbered = (rows: readonly LibraryRow[]) => rows.map((row, i) => ({ ...row, row: i + 1 }));

/** Whether a row is among the first of all that hold no molecule, or of those of its reason. */
function isAmongFirstBroken(): (row: LibraryRow) => boolean {
  const seen = new Map<string, number>();
  let all = 0;
  return ({ problem }) => {
    if (problem === undefined) return false;
    const kind = reasonKind(problem);
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    return all++ < SAMPLE_ROWS || (before < NAMED_ROWS && seen.size <= SAMPLE_ROWS);
  };
}

function summaryOf(hash: Sha256, { files, reading, rows }: ReadLibrary): LibrarySummary {
  const problems: Record<string, number> = {};
  for (const { problem } of rows) {
    if (problem === undefined) continue;
    const kind = reasonKind(problem);
    problems[kind] = (problems[kind] ?? 0) + 1;
  }
  const all = numbered(rows);
  const first = all.slice(0, SAMPLE_ROWS);
  const broken = all.filter(isAmongFirstBroken());
  const sample = [...first, ...broken.filter((row) => !first.includes(row))].map(
    ({ molblock: _, ...row }) => row,
  );
  const columns = [...new Set(rows.flatMap(({ data }) => Object.keys(data)))];
  return { hash, name: libraryName(files), files, reading, rows: rows.length, columns, problems, sample };
}

function previewOf(molecules: readonly Proposal[], verdicts: readonly FilterVerdict[]): LibraryPreview {
  const rejected: Record<string, number> = {};
  const examples: LibraryPreview["examples"] = [];
  for (const [i, verdict] of verdicts.entries()) {
    if (verdict.outcome === "accepted") continue;
    const { rule, detail } = verdict.rejection;
    rejected[rule] = (rejected[rule] ?? 0) + 1;
    // One verdict for each molecule, in the same order.
    const { smiles, given } = molecules[i]!;
    if (examples.length < EXAMPLES)
      examples.push({ row: i + 1, name: given?.name ?? null, smiles, rule, detail });
  }
  const accepted = verdicts.filter(({ outcome }) => outcome === "accepted").length;
  return { looked: molecules.length, accepted, rejected, examples };
}

export function createLibraries({
  notebook: { db },
  dispatcher,
}: {
  notebook: Pick<Notebook, "db">;
  dispatcher: Dispatcher;
}): Libraries {
  /** In order of use; the rows beside the record of one that is not in the notebook yet. */
  const held = new Map<Sha256, { rows: readonly LibraryRow[]; record: NotebookRecord | undefined }>();
  const hold = (hash: Sha256, rows: readonly LibraryRow[], record?: NotebookRecord) => {
    held.delete(hash);
    held.set(hash, { rows, record });
    const [oldest] = held.keys();
    if (held.size > HELD && oldest !== undefined) held.delete(oldest);
    return rows;
  };
  const allForms = async (
    given: Pick<ReadLibrary, "files" | "rows">,
    { tautomers }: LibraryReading,
    signal: AbortSignal | undefined,
  ): Promise<Pick<ReadLibrary, "files" | "rows">> => {
    if (tautomers === undefined) return given;
    const asked = { smiles: given.rows.map(({ smiles }) => smiles), most: tautomers - 1 };
    const all = withTautomers(given, await dispatcher.run("tautomers", asked, { signal }));
    if (all.rows.length > MAX_LIBRARY_ROWS) throw tooMany();
    return all;
  };
  return {
    async read({ files, reading, others = [] }, { signal, report } = {}) {
      const onProgress = ({ iteration }: { iteration: number }) =>
        report?.({ phase: "reading", done: iteration, total: null, message: `reading row ${iteration}` });
      const found =
        files.length === 0
          ? { files: [], rows: [] }
          : await dispatcher.run("readLibrary", { files, reading }, { signal, onProgress });
      const given = withOthers(found, others);
      const library = { ...(await allForms(given, reading, signal)), reading };
      const record = libraryRecord(library);
      hold(record.hash, library.rows, record);
      return summaryOf(record.hash, library);
    },
    async preview({ library, filter: settings }, { signal } = {}) {
      const molecules = this.rows(library).slice(0, LOOKED_AT).map(drawn);
      return previewOf(
        molecules,
        await dispatcher.run("filter", { molecules, settings, known: [] }, { signal }),
      );
    },
    get(hash) {
      const rows = this.rows(hash);
      const { content } = held.get(hash)?.record ?? readRecord(db, idOf(hash));
      return summaryOf(hash, { ...libraryContent(content), rows: [...rows] });
    },
    rows(hash) {
      const known = held.get(hash);
      if (known) return hold(hash, known.rows, known.record);
      const id = idOf(hash);
      return hold(
        hash,
        libraryRows((name) => readPart(db, id, name)),
      );
    },
    records(hash) {
      const record = held.get(hash)?.record;
      return record ? [record] : [];
    },
  };
  function idOf(hash: Sha256): number {
    try {
      return recordId(db, hash);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "not-found")) throw error;
      const message = `There is no library ${hash}: expected one that was read since the program started, or one of this notebook. Read its files again.`;
      throw new DomainError("not-found", message, { library: hash });
    }
  }
}
