/** Is the notebook as it was written? Needs nothing but the file. */
import type { Finding, Verification } from "#shared/notebook/verification.ts";
import { type Database, openDatabase } from "../file/database.ts";
import { checkSeal } from "../file/file-seal.ts";
import { migrate, schemaVersion } from "../file/migrate.ts";
import { checkSchema } from "../file/schema-check.ts";
import { loadEvidence } from "./evidence-files.ts";
import { requireOwnLog } from "./left-over-log.ts";
import { openToRead } from "./open-to-read.ts";
import { checkTables } from "./rebuild.ts";
import { checkCheckpoints } from "./verify-checkpoints.ts";
import { checkBlobs, checkChain, checkRecords, headOf, type VerifiedEvent } from "./verify-evidence.ts";
import { checkFingerprints, type MakeFingerprints } from "./verify-fingerprints.ts";
import { checkSecrets } from "./verify-secrets.ts";

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

/** What no check of the file alone can tell. */
const NOT_COVERED = {
  cutOff: "whether something was cut off at the end: compare the last event with one written down elsewhere",
  clock: "whether times are true: they are those of the computer's clock",
  people: "whether names of people are true, and whether the signing key is whose it is said to be",
  wholeHistory:
    "whether all of it was written anew: what is not signed has only its own hashes to vouch for it",
  jobs: "of the queue: how often a job was begun, and whether it holds jobs for more molecules than the settings ask for",
  fingerprints: "the fingerprints of molecules, which structure searches read",
  beside: "models, backups and exported files beside the notebook",
  tables: "whether tables and structures in the archive say what its evidence says",
} as const;

/** What a check found that is worth saying and no change. */
type Said = Pick<Verification, "findings" | "remarks" | "notCovered">;

/** Steps back of more than this are said: clocks are set right by less all the time. */
const CLOCK_STEP_MS = 1000;

/** Where the time goes back from one event to the next. */
function* clockSteps(events: readonly VerifiedEvent[]): Generator<Finding> {
  for (const [i, { seq, at }] of events.entries()) {
    const before = events[i - 1]?.at ?? at;
    if (Date.parse(before) - Date.parse(at) <= CLOCK_STEP_MS) continue;
    yield {
      where: `event ${seq}`,
      what: `is of ${at}, the event before it of ${before}: the clock was set back`,
    };
  }
}

interface VerifyOptions {
  /** Makes a molecule's fingerprints; absent: those of the notebook are not checked. */
  fingerprints?: MakeFingerprints | undefined;
}

/** Checks of what only a notebook's file has: the locked keys and the fingerprints. */
function checkFileOnly(
  db: Database,
  events: readonly VerifiedEvent[],
  { fingerprints }: VerifyOptions,
): Said {
  const { findings, remarks, unknown } = checkSecrets(db, events);
  const said: Said = { findings, remarks, notCovered: [NOT_COVERED.jobs] };
  for (const key of unknown)
    said.notCovered.push(
      `whether the locked half of key ${key} was exchanged: an earlier version made it; signing tells`,
    );
  if (!fingerprints) said.notCovered.push(NOT_COVERED.fingerprints);
  else
    for (const { finding, missing } of checkFingerprints(db, fingerprints)) {
      if (finding) findings.push(finding);
      if (missing)
        remarks.push({
          where: "table fingerprint",
          what: `has none yet of the last ${missing} molecules: they are made for the next structure search`,
        });
    }
  return said;
}

interface Checks {
  /** Run before those of the evidence. */
  first?: readonly Iterable<Finding>[];
  /** Run after them, on the events that could be read. */
  last?: (db: Database, events: readonly VerifiedEvent[]) => Said;
  notCovered: readonly string[];
}

/** Goes through all checks of an open notebook. */
function verifyDatabase(db: Database, { first = [], last, notCovered }: Checks): Verification {
  const findings: Finding[] = [];
  const remarks: Finding[] = [];
  const said: string[] = [];
  const events: VerifiedEvent[] = [];
  let signed: Verification["signed"] = null;
  const chain = function* (): Generator<Finding> {
    for (const { event, finding } of checkChain(db)) {
      if (finding) yield finding;
      if (event) events.push(event);
    }
    for (const { signed: last, finding, remark } of checkCheckpoints(db, events)) {
      if (finding) yield finding;
      if (remark) remarks.push(remark);
      if (last) signed = last;
    }
  };
  const rest = function* (): Generator<Finding> {
    const more = last?.(db, events);
    if (!more) return;
    remarks.push(...more.remarks);
    said.push(...more.notCovered);
    yield* more.findings;
  };
  for (const check of first) gather(findings, check);
  const count = (table: "record" | "blob"): number =>
    db.one(db.sql.selectFrom(table).select(({ fn }) => fn.countAll<number>().as("n")))?.n ?? 0;
  return db.snapshot(() => {
    for (const check of [checkBlobs(db), checkRecords(db), chain(), checkTables(db), rest()])
      gather(findings, check);
    const isAllSigned = signed !== null && (signed as { seq: number }).seq === headOf(events).seq;
    return {
      ok: findings.length === 0,
      findings,
      remarks: [...clockSteps(events), ...remarks],
      notCovered: [...(isAllSigned ? [] : [NOT_COVERED.wholeHistory]), ...notCovered, ...said],
      head: headOf(events),
      signed,
      events: events.length,
      records: count("record"),
      blobs: count("blob"),
    };
  });
}

/** The finding for a file whose tables are not what their names say. */
function unreadable(findings: Finding[]): Verification {
  const nothing = { head: headOf([]), signed: null, events: 0, records: 0, blobs: 0 };
  const notCovered = ["anything in the tables: they are not those that this program makes, so none was read"];
  return { ok: false, findings, remarks: [], notCovered, ...nothing };
}

/**
 * Checks the file against its seal, its schema against the migrations, SQLite's own structure, every blob, every record, every link
 * of the chain, every signature, and that tables, text index, queue and fingerprints say what the log says.
 *
 * @param path a notebook's file; it is opened read-only and may be in use.
 * @throws DomainError notebook-damaged where the file cannot be opened at all; notebook-newer; not-supported where it
 * holds nothing yet
 */
export function verifyNotebook(path: string, options: VerifyOptions = {}): Verification {
  requireOwnLog(path);
  using file = openDatabase(path, { readonly: true });
  const schema = file.guard((connection) => checkSchema(connection, schemaVersion(connection, path)));
  const seal = checkSeal(path, pageName(file));
  if (!schema.readable) return unreadable([...seal, ...schema.findings]);
  using db = openToRead(path);
  return verifyDatabase(db, {
    first: [seal, schema.findings, checkStructure(file)],
    last: (opened, events) => checkFileOnly(opened, events, options),
    notCovered: [NOT_COVERED.cutOff, NOT_COVERED.clock, NOT_COVERED.people, NOT_COVERED.beside],
  });
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
  return verifyDatabase(db, {
    notCovered: [NOT_COVERED.cutOff, NOT_COVERED.clock, NOT_COVERED.people, NOT_COVERED.tables],
  });
}
