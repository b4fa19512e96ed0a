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
import { MIGRATIONS, migrate, schemaVersion } from "./migrate.ts";
import { openToRead } from "./open-to-read.ts";
import { project } from "./projection.ts";
import type { NotebookRecord } from "./record.ts";
import { requireFolder } from "./sqlite-errors.ts";

export interface Notebook extends Disposable {
  readonly path: string;
  /** Whether it only can be read: asked for so, or damaged. */
  readonly readonly: boolean;
  /** What is wrong with the file, in a sentence, where that is known. */
  readonly damage: string | undefined;
  readonly db: Database;
  /** Seals records by an event and carries it into the tables that people query, in one transaction. */
  append(event: NotebookEvent, records?: readonly NotebookRecord[]): void;
  /** Several appends and queue changes together: all or nothing. */
  transaction<T>(work: () => T): T;
  /** @throws DomainError notebook-damaged where its path no longer leads to the file that is open */
  requireInPlace(): void;
  /** Lets nobody write from now on: what is written to a damaged file may be lost with it. */
  protect(damage: string): void;
}

/** @throws DomainError conflict where the notebook is open read-only; notebook-damaged where that is why */
export function requireWritable({
  path,
  readonly,
  damage,
}: Pick<Notebook, "path" | "readonly" | "damage">): void {
  if (!readonly) return;
  if (damage !== undefined) throw new DomainError("notebook-damaged", damage, { path });
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
  const guarded = mode !== "read-only" && path !== ":memory:";
  let damage: string | undefined;
  const access = {
    path,
    get readonly() {
      return mode === "read-only" || damage !== undefined;
    },
    get damage() {
      return damage;
    },
  };
  using opening = new DisposableStack();
  if (guarded) opening.use(lockForWriting(path));
  const db = access.readonly ? openToRead(path) : openDatabase(path, { readonly: false });
  let isOpen = false;
  let file: string | undefined;
  opening.defer(() => {
    db[Symbol.dispose]();
    // A damaged file, or one that someone put in its place, is not ours to vouch for.
    if (guarded && isOpen && damage === undefined && fileAt(path) === file) sealFile(path);
  });
  const append: Notebook["append"] = (event, records = []) => {
    requireWritable(access);
    db.transaction(() => project(db, appendEvent(db, { at: clock().toISOString(), event, records })));
  };
  if (!access.readonly) {
    const version = db.guard((connection) => schemaVersion(connection, path));
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
    get readonly() {
      return access.readonly;
    },
    get damage() {
      return damage;
    },
    db,
    append,
    transaction(work) {
      requireWritable(access);
      return db.transaction(work);
    },
    requireInPlace() {
      if (guarded && fileAt(path) !== file) throw removed(path);
    },
    protect(found) {
      damage = found;
    },
    [Symbol.dispose]: () => held.dispose(),
  };
}
