/** A notebook: one SQLite file that says what was done, with what, by whom, and what came of it. */
import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
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
  /** @throws DomainError notebook-damaged where its path no longer leads to the file that is open */
  requireInPlace(): void;
}

/** @throws DomainError conflict where the notebook is open read-only */
export function requireWritable({ path, readonly }: Pick<Notebook, "path" | "readonly">): void {
  if (!readonly) return;
  const message = `${path} is open read-only: nothing can be started, stopped, reviewed or signed. Open it for writing where it is not in use elsewhere.`;
  throw new DomainError("conflict", message, { path });
}

/** Which file a path leads to; undefined where there is none. */
function fileAt(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
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

const removed = (path: string): DomainError =>
  new DomainError(
    "notebook-damaged",
    `The notebook was removed or replaced while open: ${path} no longer leads to the file that was written to, so nothing since then is kept. Put the file back or restore a backup, and start again.`,
    { path },
  );

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
  let file: string | undefined;
  opening.defer(() => {
    db[Symbol.dispose]();
    // A file that someone put in its place is not ours to vouch for.
    if (guarded && isOpen && fileAt(path) === file) sealFile(path);
  });
  const append: Notebook["append"] = (event, records = []) => {
    requireWritable({ path, readonly });
    db.transaction(() => project(db, appendEvent(db, { at: clock().toISOString(), event, records })));
  };
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
  if (guarded) file = fileAt(path);
  const held = opening.move();
  return {
    path,
    readonly,
    db,
    append,
    transaction(work) {
      requireWritable({ path, readonly });
      return db.transaction(work);
    },
    requireInPlace() {
      if (guarded && fileAt(path) !== file) throw removed(path);
    },
    [Symbol.dispose]: () => held.dispose(),
  };
}
