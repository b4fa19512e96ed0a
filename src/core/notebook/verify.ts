/** Is the notebook as it was written? Needs nothing but the file. */
import type { Finding, Verification } from "#shared/verification.ts";
import { type Database, openDatabase } from "./database.ts";
import { loadEvidence } from "./evidence-files.ts";
import { checkSeal } from "./file-seal.ts";
import { migrate } from "./migrate.ts";
import { openToRead } from "./open-to-read.ts";
import { checkTables } from "./rebuild.ts";
import { checkCheckpoints } from "./verify-checkpoints.ts";
import { checkBlobs, checkChain, checkRecords, headOf, type VerifiedEvent } from "./verify-evidence.ts";

function* checkStructure(db: Database): Generator<Finding> {
  const said = db.guard((connection) => connection.pragma("integrity_check(100)")) as {
    integrity_check: string;
  }[];
  for (const { integrity_check: what } of said) if (what !== "ok") yield { where: "file", what };
}

/** What a page of the file holds, as far as SQLite can still say. */
const pageName =
  (db: Database) =>
  (page: number): string => {
    try {
      return db.guard((connection) => {
        const query = connection.prepare("SELECT name FROM dbstat WHERE pageno = ?").pluck();
        return (query.get(page) as string | undefined) ?? "unused";
      });
    } catch {
      return "unreadable";
    }
  };

/** Takes what a check finds; a check that cannot go on is a finding itself. */
function gather(findings: Finding[], check: Iterable<Finding>): void {
  try {
    for (const finding of check) findings.push(finding);
  } catch (error) {
    findings.push({ where: "file", what: error instanceof Error ? error.message : String(error) });
  }
}

/** Goes through all checks of an open notebook, after those that the caller begins with. */
function verifyDatabase(db: Database, first: readonly Iterable<Finding>[]): Verification {
  const findings: Finding[] = [];
  const events: VerifiedEvent[] = [];
  let signed: Verification["signed"] = null;
  const chain = function* (): Generator<Finding> {
    for (const { event, finding } of checkChain(db)) {
      if (finding) yield finding;
      if (event) events.push(event);
    }
    for (const { signed: last, finding } of checkCheckpoints(db, events)) {
      if (finding) yield finding;
      if (last) signed = last;
    }
  };
  for (const check of first) gather(findings, check);
  const count = (table: "record" | "blob"): number =>
    db.one(db.sql.selectFrom(table).select(({ fn }) => fn.countAll<number>().as("n")))?.n ?? 0;
  return db.snapshot(() => {
    for (const check of [checkBlobs(db), checkRecords(db), chain(), checkTables(db)]) gather(findings, check);
    return {
      ok: findings.length === 0,
      findings,
      head: headOf(events),
      signed,
      events: events.length,
      records: count("record"),
      blobs: count("blob"),
    };
  });
}

/**
 * Checks the file against its seal, SQLite's own structure, every blob, every record, every link of the chain, every
 * signature, and that the tables say what the log says.
 *
 * @param path a notebook's file; it is opened read-only and may be in use.
 * @throws DomainError notebook-damaged where the file cannot be opened at all; notebook-newer; not-supported where it
 * holds nothing yet
 */
export function verifyNotebook(path: string): Verification {
  using file = openDatabase(path, { readonly: true });
  using db = openToRead(path);
  return verifyDatabase(db, [checkSeal(path, pageName(file)), checkStructure(file)]);
}

/**
 * Checks evidence that was exported, without any database: it is read into memory and put through the same checks.
 *
 * @throws DomainError invalid-input naming file and line where it cannot be read
 */
export function verifyEvidence(files: Readonly<Record<string, Uint8Array>>): Verification {
  using db = openDatabase(":memory:", { readonly: false });
  db.guard((connection) => migrate(connection, 0));
  loadEvidence(db, files);
  return verifyDatabase(db, []);
}
