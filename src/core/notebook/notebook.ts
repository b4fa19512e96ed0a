/** A notebook: one SQLite file that says what was done, with what, by whom, and what came of it. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import { backUpBeforeMigration } from "./backup.ts";
import { type Database, openDatabase } from "./database.ts";
import type { NotebookEvent } from "./event.ts";
import { appendEvent } from "./events.ts";
import { breakSeal, sealFile } from "./file-seal.ts";
import { lockForWriting } from "./lock.ts";
import { MIGRATIONS, migrate, requireNewestSchema, schemaVersion } from "./migrate.ts";
import { project } from "./projection.ts";
import type { NotebookRecord } from "./record.ts";
import { requireFolder } from "./sqlite-errors.ts";

export interface Notebook extends Disposable {
  readonly path: string;
  readonly readonly: boolean;
  readonly db: Database;
  /** Seals records by an event and carries it into the tables that people query, in one transaction. */
  append(event: NotebookEvent, records?: readonly NotebookRecord[]): void;
  /** Several appends and queue changes together: all or nothing. */
  transaction<T>(work: () => T): T;
}

export interface NotebookOptions {
  /** The SQLite file, or ":memory:" for work that is not kept. */
  path: string;
  /** create: made when absent; existing: must be there; read-only: must be there and stays as it is. */
  mode: "create" | "existing" | "read-only";
  clock: () => Date;
  /** Name and version of the program that writes. */
  program: string;
}

function requirePresence({ path, mode }: NotebookOptions): void {
  requireFolder(path);
  if (mode === "create" || existsSync(path)) return;
  const message = `There is no notebook at ${path}: expected a file written by Ansatz. Check the path, or start a campaign to make one.`;
  throw new DomainError("not-found", message, { path });
}

/**
 * Opens or makes a notebook and brings its schema up to date.
 *
 * @throws DomainError not-found (folder or file), notebook-newer, notebook-damaged, notebook-locked, disk-full
 */
export function openNotebook(options: NotebookOptions): Notebook {
  const { path, mode, clock, program } = options;
  requirePresence(options);
  const readonly = mode === "read-only";
  const guarded = !readonly && path !== ":memory:";
  using opening = new DisposableStack();
  if (guarded) opening.use(lockForWriting(path));
  const db = openDatabase(path, { readonly });
  let isOpen = false;
  opening.defer(() => {
    db[Symbol.dispose]();
    if (guarded && isOpen) sealFile(path);
  });
  const append: Notebook["append"] = (event, records = []) =>
    db.transaction(() => project(db, appendEvent(db, { at: clock().toISOString(), event, records })));
  const version = db.guard((connection) => schemaVersion(connection, path));
  if (readonly) requireNewestSchema(version, path);
  else {
    if (guarded) breakSeal(path);
    db.guard((connection) => connection.pragma("journal_mode = WAL"));
    if (version > 0 && version < MIGRATIONS.length) backUpBeforeMigration(db, version);
    db.transaction(() => {
      db.guard((connection) => migrate(connection, version));
      if (version === 0) append({ kind: "notebook-created", notebook: randomUUID(), program });
    });
  }
  isOpen = true;
  const held = opening.move();
  return { path, readonly, db, append, transaction: db.transaction, [Symbol.dispose]: () => held.dispose() };
}
