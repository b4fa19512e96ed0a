/** Is the notebook as it was written? Needs nothing but the file. */
import type { Sha256 } from "#shared/ids.ts";
import { openDatabase } from "./database.ts";
import { schemaVersion } from "./migrate.ts";
import { checkTables } from "./rebuild.ts";
import {
  checkBlobs,
  checkChain,
  checkRecords,
  type Finding,
  headOf,
  type VerifiedEvent,
} from "./verify-evidence.ts";

export interface Verification {
  ok: boolean;
  findings: Finding[];
  /** The chain's last event; whoever wrote this hash down elsewhere can tell a shortened log. */
  head: { seq: number; hash: Sha256 };
  events: number;
  records: number;
  blobs: number;
}

/**
 * Checks SQLite's own structure, every blob, every record, every link of the chain, and that the tables say what the log says.
 *
 * @param path a notebook's file; it is opened read-only and may be in use.
 * @throws DomainError notebook-damaged where the file cannot be read at all; notebook-newer
 */
export function verifyNotebook(path: string): Verification {
  using db = openDatabase(path, { readonly: true });
  db.guard((connection) => schemaVersion(connection, path));
  const findings: Finding[] = [];
  const structure = db.guard((connection) => connection.pragma("integrity_check(100)")) as {
    integrity_check: string;
  }[];
  for (const { integrity_check: what } of structure)
    if (what !== "ok") findings.push({ where: "file", what });
  findings.push(...checkBlobs(db), ...checkRecords(db));
  const events: VerifiedEvent[] = [];
  for (const { event, finding } of checkChain(db)) {
    if (finding) findings.push(finding);
    if (event) events.push(event);
  }
  findings.push(...checkTables(db));
  const count = (table: "record" | "blob"): number =>
    db.one(db.sql.selectFrom(table).select(({ fn }) => fn.countAll<number>().as("n")))!.n;
  return {
    ok: findings.length === 0,
    findings,
    head: headOf(events),
    events: events.length,
    records: count("record"),
    blobs: count("blob"),
  };
}
