/** A notebook: one SQLite file that says what was done, with what, by whom, and what came of it. */
import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import { removeSecondName, setForeignLogAside } from "./evidence/left-over-log.ts";
import { openToRead } from "./evidence/open-to-read.ts";
import { type Database, openDatabase } from "./file/database.ts";
import { breakSeal, sealFile } from "./file/file-seal.ts";
import { lockForWriting, type WriteLock } from "./file/lock.ts";
import { MIGRATIONS, migrate, schemaVersion } from "./file/migrate.ts";
import { BESIDE, fileAt, makePrivate, privateNow, realPath, requireOneName, tighten } from "./file/place.ts";
import { requireOwnSchema } from "./file/schema-check.ts";
import { HOW_TO_RESTORE, requireFolderOf } from "./file/sqlite-errors.ts";
import type { NotebookEvent } from "./proof/event.ts";
import type { NotebookRecord } from "./proof/record.ts";
import { backUpBeforeMigration, tightenBackups } from "./recovery/backup.ts";
import { appendEvent, chainHead } from "./tables/events.ts";
import { project } from "./tables/projection.ts";

export interface Notebook extends Disposable {
  /** The file itself, whichever links led to it. */
  readonly path: string;
  /** What was put right as it was opened, in sentences for people. */
  readonly notes: readonly string[];
  /** Whether it only can be read: asked for so, or damaged. */
  readonly readonly: boolean;
  /** What is wrong with the file, in a sentence, where that is known. */
  readonly damage: string | undefined;
  readonly db: Database;
  /** Seals records by an event and carries it into the tables that people query, in one transaction. */
  append(event: NotebookEvent, records?: readonly NotebookRecord[]): void;
  /** Several appends and queue changes together: all or nothing. */
  transaction<T>(work: () => T): T;
  /**
   * To be called before anything is said of the notebook; what is written asks for it by itself.
   *
   * @throws DomainError notebook-damaged where its path no longer leads to the file that is open, or its lock is gone
   */
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
  requireFolderOf(path);
  if (mode === "create" || existsSync(path)) return;
  const message = `There is no notebook at ${path}: expected a file written by Ansatz. Check the path, or start a campaign to make one.`;
  throw new DomainError("not-found", message, { path });
}

const removed = (path: string): string =>
  `The notebook was removed or replaced while open: ${path} no longer leads to the file that was opened, so nothing since then is kept. Put the file back, or restore a backup ${HOW_TO_RESTORE}, and start again.`;

const unlocked = (path: string): string =>
  `${path}-lock was removed or replaced while the notebook was open for writing: another program may have begun to write to it. Close both, and start again.`;

/** Changes with every write to the file itself. */
function stampOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return `${found?.size} ${found?.mtimeNs}`;
}

/** Whether someone who opens the file now finds the whole log up to an event, and no more: it was not overwritten by a copy. */
function holdsLog(path: string, seq: number): boolean {
  try {
    using db = openDatabase(path, { readonly: true });
    const counted = db.sql
      .selectFrom("event")
      .select(({ fn }) => [fn.countAll<number>().as("n"), fn.max("seq").as("last")]);
    const found = db.one(counted);
    return found?.n === seq && found.last === seq;
  } catch {
    return false;
  }
}

interface Prepared {
  lock: WriteLock;
  notes: string[];
}

/** Locks a file for writing and puts right what lies beside it, before SQLite looks at it. */
function prepare(path: string, clock: () => Date): Prepared {
  const lock = lockForWriting(path);
  try {
    removeSecondName(path);
    requireOneName(path);
    const tightened = [
      ...tighten([path, ...BESIDE.map((ending) => `${path}${ending}`)]),
      ...tightenBackups(path),
    ];
    const aside = setForeignLogAside(path, clock);
    makePrivate(path);
    return { lock, notes: [...privateNow(tightened), ...(aside === undefined ? [] : [aside])] };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

/**
 * Opens or makes a notebook and brings its schema up to date.
 *
 * @throws DomainError not-found (folder or file), notebook-newer, notebook-damaged, notebook-locked, disk-full
 */
export function openNotebook(options: NotebookOptions): Notebook {
  const { mode, clock, program } = options;
  requirePresence(options);
  const path = realPath(options.path);
  const isOnDisk = path !== ":memory:";
  const guarded = mode !== "read-only" && isOnDisk;
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
  const prepared = guarded ? prepare(path, clock) : undefined;
  if (prepared) opening.use(prepared.lock);
  const db = access.readonly ? openToRead(path) : openDatabase(path, { readonly: false });
  let isOpen = false;
  let file: string | undefined;
  opening.defer(() => {
    db[Symbol.dispose]();
    // A damaged file, or one that someone put in its place, is not ours to vouch for.
    if (guarded && isOpen && damage === undefined && fileAt(path) === file) sealFile(path);
  });
  /** The file as this writer left it: nobody else may write to it. */
  let left: { stamp: string; seq: number } | undefined;
  const look = (): void => {
    if (guarded && !db.guard(({ inTransaction }) => inTransaction))
      left = { stamp: stampOf(path), seq: chainHead(db).seq };
  };
  const isAsLeft = (): boolean => {
    if (fileAt(path) !== file) return false;
    const stamp = stampOf(path);
    if (!left || stamp === left.stamp) return true;
    if (!holdsLog(path, left.seq)) return false;
    left = { ...left, stamp };
    return true;
  };
  const requireInPlace = (): void => {
    if (!isOpen || !isOnDisk) return;
    const isOurs = isAsLeft();
    if (isOurs && prepared?.lock.isInPlace() !== false) return;
    const message = isOurs ? unlocked(path) : removed(path);
    damage ??= message;
    throw new DomainError("notebook-damaged", message, { path });
  };
  /** Looks before and after: of what was stored into a file that was taken away meanwhile nothing is left. */
  const write = <T>(work: () => T): T => {
    requireWritable(access);
    requireInPlace();
    const done = db.transaction(work);
    if (isOpen && guarded && fileAt(path) !== file) requireInPlace();
    look();
    return done;
  };
  const append: Notebook["append"] = (event, records = []) =>
    write(() => project(db, appendEvent(db, { at: clock().toISOString(), event, records })));
  if (!access.readonly) {
    const version = db.guard((connection) => {
      const found = schemaVersion(connection, path);
      requireOwnSchema(connection, { path, version: found, to: "write" });
      return found;
    });
    if (guarded) breakSeal(path);
    db.guard((connection) => connection.pragma("journal_mode = WAL"));
    if (version > 0 && version < MIGRATIONS.length) backUpBeforeMigration(db, version);
    db.transaction(() => {
      db.guard((connection) => migrate(connection, version));
      if (version === 0) append({ kind: "notebook-created", notebook: randomUUID(), program });
    });
  }
  isOpen = true;
  if (isOnDisk) file = fileAt(path);
  look();
  const held = opening.move();
  return {
    path,
    notes: prepared?.notes ?? [],
    get readonly() {
      return access.readonly;
    },
    get damage() {
      return damage;
    },
    db,
    append,
    transaction: write,
    requireInPlace,
    protect(found) {
      damage = found;
    },
    [Symbol.dispose]: () => held.dispose(),
  };
}
