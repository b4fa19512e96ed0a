/** What can be saved of a damaged notebook: every piece of evidence that can still be read, and the names of the rest. */
import { existsSync, rmSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { DomainError } from "#shared/errors.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import { type Database, openDatabase } from "../file/database.ts";
import { migrate } from "../file/migrate.ts";
import { makePrivate } from "../file/place.ts";
import { HOW_TO_RESTORE, requireFolderOf } from "../file/sqlite-errors.ts";
import { keysElsewhere } from "../migrations/0006-keys.ts";
import { NotebookEvent } from "../proof/event.ts";
import { project } from "../tables/projection.ts";

/** In the order in which rows refer to rows. */
const EVIDENCE: readonly { table: string; key: string }[] = [
  { table: "event", key: "seq" },
  { table: "record", key: "id" },
  { table: "blob", key: "id" },
  { table: "link", key: "source" },
  { table: "part", key: "record" },
  { table: "checkpoint", key: "seq" },
  { table: "secret", key: "key" },
  { table: "device_event", key: "id" },
];

const IN_EVERY_VERSION: ReadonlySet<string> = new Set(["event", "record", "blob", "link", "part"]);

export interface Salvage {
  /** Rows saved, by table. */
  saved: Record<string, number>;
  lost: Finding[];
}

type Row = unknown[];

/** The largest key that can be found, by the index or, where that is damaged, by looking on until nothing comes. */
function lastKey(source: Sqlite.Database, table: string, key: string): number | undefined {
  for (const order of [`max(${key})`, "count(*)"]) {
    try {
      return Number(source.prepare(`SELECT ${order} FROM ${table}`).pluck().get() ?? 0);
    } catch {
      // The next way may not touch the damaged page.
    }
  }
  return undefined;
}

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** All rows; where reading breaks off, on from the next key, so that a damaged page costs its own rows only. */
function* readableRows(
  source: Sqlite.Database,
  { table, key }: { table: string; key: string },
  lost: (finding: Finding) => void,
): Generator<Row> {
  try {
    const rows = source.prepare(`SELECT * FROM ${table} ORDER BY ${key}`).raw().all() as Row[];
    yield* rows;
    return;
  } catch {
    // Row by row, then.
  }
  const last = key === "key" ? undefined : lastKey(source, table, key);
  if (last === undefined) return lost({ where: `table ${table}`, what: "cannot be read at all" });
  const one = source.prepare(`SELECT * FROM ${table} WHERE ${key} = ?`).raw();
  for (let at = 1; at <= last; at++) {
    try {
      yield* one.all(at) as Row[];
    } catch (error) {
      lost({ where: `table ${table}, ${key} ${at}`, what: `cannot be read: ${said(error)}` });
    }
  }
}

function copyEvidence(source: Sqlite.Database, target: Database): Salvage {
  const lost: Finding[] = [];
  const saved: Record<string, number> = {};
  const tables = tablesOf(source);
  target.guard((connection) => {
    for (const place of EVIDENCE) {
      const { table } = place;
      saved[table] = 0;
      // Earlier versions had no signatures.
      if (tables && !tables.has(table) && !IN_EVERY_VERSION.has(table)) continue;
      let insert: Sqlite.Statement | undefined;
      for (const row of readableRows(source, place, (finding) => lost.push(finding))) {
        insert ??= connection.prepare(`INSERT INTO ${table} VALUES (${row.map(() => "?").join(", ")})`);
        try {
          insert.run(...row);
          saved[table]++;
        } catch (error) {
          lost.push({ where: `table ${table}, row ${String(row[0])}`, what: said(error) });
        }
      }
    }
  });
  return { saved, lost };
}

/** Makes the tables that people query of the saved evidence. */
function* carryOver(target: Database): Generator<Finding> {
  for (const { seq, at, kind, body } of target.all(
    target.sql.selectFrom("event").selectAll().orderBy("seq"),
  )) {
    try {
      const event = NotebookEvent.parse({ kind, ...(JSON.parse(body) as object) });
      target.transaction(() => project(target, { seq, at, event }));
    } catch (error) {
      yield { where: `event ${seq}`, what: `refers to something that is lost: ${said(error)}` };
    }
  }
}

/** The tables of the file, where it can still say; undefined where its catalogue is lost. */
function tablesOf(source: Sqlite.Database): ReadonlySet<unknown> | undefined {
  try {
    return new Set(source.prepare("SELECT name FROM sqlite_schema").pluck().all());
  } catch {
    return undefined;
  }
}

function openSource(path: string): Sqlite.Database {
  try {
    return new Sqlite(path, { readonly: true, fileMustExist: true });
  } catch (error) {
    const message = `${path} cannot be opened (${said(error)}): expected a notebook's file. Check the path and its permissions.`;
    throw new DomainError("not-found", message, { path });
  }
}

function removeFile(path: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(`${path}${ending}`, { force: true });
}

/**
 * Reads a damaged notebook, which stays as it is, and writes a new one of all that SQLite can still read. The log keeps its
 * chain: verification of the new file says where it is broken. Where SQLite's own catalogue, the first pages, is destroyed,
 * nothing can be saved this way: that is what backups are for.
 *
 * @throws DomainError conflict where the target exists; not-found; notebook-damaged where nothing at all can be read
 */
export function salvageNotebook(path: string, target: string): Salvage {
  requireFolderOf(target);
  if (existsSync(target)) {
    throw new DomainError("conflict", `${target} exists already. Choose another name for what is saved.`, {
      target,
    });
  }
  const source = openSource(path);
  try {
    const salvage = writeSalvaged(source, target);
    if (Object.values(salvage.saved).some((rows) => rows > 0)) return salvage;
    const message = `Nothing in ${path} can be read any more (${salvage.lost[0]?.what ?? "it is empty"}). Restore a backup ${HOW_TO_RESTORE}; no file was written.`;
    throw new DomainError("notebook-damaged", message, { path });
  } catch (error) {
    removeFile(target);
    throw error;
  } finally {
    source.close();
  }
}

function writeSalvaged(source: Sqlite.Database, target: string): Salvage {
  makePrivate(target);
  using made = openDatabase(target, { readonly: false });
  made.guard((connection) => {
    connection.pragma("journal_mode = WAL");
    migrate(connection, 0);
    connection.pragma("foreign_keys = OFF");
  });
  return made.transaction(() => {
    const salvage = copyEvidence(source, made);
    salvage.lost.push(...carryOver(made));
    made.guard((connection) => connection.exec(keysElsewhere));
    return salvage;
  });
}
