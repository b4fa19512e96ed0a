/** A notebook: one SQLite file that says what was done, with what, by whom, and what came of it. */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import { removeSecondName, setForeignLogAside } from "./evidence/left-over-log.ts";
import { openToRead } from "./evidence/open-to-read.ts";
import { type Database, openDatabase } from "./file/database.ts";
import { breakSeal, sealFile } from "./file/file-seal.ts";
import { requireKnownProperties } from "./file/known-properties.ts";
import { lockForWriting, type WriteLock } from "./file/lock.ts";
import { MIGRATIONS, migrate, schemaVersion } from "./file/migrate.ts";
import {
  BESIDE,
  makePrivate,
  privateNow,
  realPath,
  requireFile,
  requireOneName,
  tighten,
} from "./file/place.ts";
import { requireOwnSchema } from "./file/schema-check.ts";
import { requireFolderOf } from "./file/sqlite-errors.ts";
import { type PlaceWatch, watchPlace } from "./place-watch.ts";
import type { NotebookEvent } from "./proof/event.ts";
import type { NotebookRecord } from "./proof/record.ts";
import { backUpBeforeMigration, tightenBackups } from "./recovery/backup.ts";
import { appendEvent } from "./tables/events.ts";
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

const MEMORY = ":memory:";

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
  requireFile(path);
  if (mode === "create" || existsSync(path)) return;
  const message = `There is no notebook at ${path}: expected a file written by Ansatz. Check the path, or start a campaign to make one.`;
  throw new DomainError("not-found", message, { path });
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
    for (const ending of ["-shm", "-seal"]) requireFile(`${path}${ending}`);
    const tightened = [
      ...tighten([path, ...BESIDE.map((ending) => `${path}${ending}`)]),
      ...tightenBackups(path),
    ];
    const aside = setForeignLogAside(path, clock);
    makePrivate(path);
    return { lock, notes: [...privateNow(tightened), ...aside] };
  } catch (error) {
    lock[Symbol.dispose]();
    throw error;
  }
}

/** What stands in the way of writing: asked for, or found since. */
function createAccess({ mode }: Pick<NotebookOptions, "mode">, path: string) {
  let damage: string | undefined;
  return {
    path,
    get readonly() {
      return mode === "read-only" || damage !== undefined;
    },
    get damage() {
      return damage;
    },
    protect(found: string) {
      damage = found;
    },
  };
}

/** Makes the tables of a new file, or brings an older one to this version, with a backup before. */
function bringUpToDate(db: Database, begin: () => void): void {
  const { path } = db;
  const version = db.guard((connection) => {
    const found = schemaVersion(connection, path);
    requireOwnSchema(connection, { path, version: found, to: "write" });
    if (found > 0) requireKnownProperties(connection, path);
    return found;
  });
  if (path !== MEMORY) breakSeal(path);
  db.guard((connection) => connection.pragma("journal_mode = WAL"));
  if (version > 0 && version < MIGRATIONS.length) backUpBeforeMigration(db, version);
  db.transaction(() => {
    db.guard((connection) => migrate(connection, version));
    if (version === 0) begin();
  });
}

/**
 * Opens or makes a notebook and brings its schema up to date.
 *
 * @throws DomainError not-found (folder or file), notebook-newer, notebook-damaged, notebook-locked, disk-full
 */
export function openNotebook(options: NotebookOptions): Notebook {
  const { clock, program } = options;
  requirePresence(options);
  const path = realPath(options.path);
  const access = createAccess(options, path);
  using opening = new DisposableStack();
  const prepared = access.readonly || path === MEMORY ? undefined : prepare(path, clock);
  if (prepared) opening.use(prepared.lock);
  const db = access.readonly ? openToRead(path) : openDatabase(path, { readonly: false });
  /** From when all is as it should be; a file in memory has no place. */
  let place: PlaceWatch | undefined;
  opening.defer(() => {
    db[Symbol.dispose]();
    // A damaged file, or one that someone put in its place, is not ours to vouch for.
    if (prepared && access.damage === undefined && place?.isSameFile()) sealFile(path);
  });
  const requireInPlace = (): void => {
    const fault = place?.fault();
    if (fault === undefined) return;
    if (access.damage === undefined) access.protect(fault);
    throw new DomainError("notebook-damaged", fault, { path });
  };
  /** Looks before and after: of what was stored into a file that was taken away meanwhile nothing is left. */
  const transaction = <T>(work: () => T): T => {
    requireWritable(access);
    requireInPlace();
    const done = db.transaction(work);
    if (place?.isSameFile() === false) requireInPlace();
    place?.look();
    return done;
  };
  const append: Notebook["append"] = (event, records = []) =>
    transaction(() => project(db, appendEvent(db, { at: clock().toISOString(), event, records })));
  if (!access.readonly)
    bringUpToDate(db, () => append({ kind: "notebook-created", notebook: randomUUID(), program }));
  if (path !== MEMORY) place = watchPlace(db, prepared?.lock);
  const held = opening.move();
  return {
    path,
    notes: prepared?.notes ?? [],
    get readonly() {
      return access.readonly;
    },
    get damage() {
      return access.damage;
    },
    db,
    append,
    transaction,
    requireInPlace,
    protect: access.protect,
    [Symbol.dispose]: () => held.dispose(),
  };
}
