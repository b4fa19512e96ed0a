/**
 * One writer a notebook: whoever writes holds a write lock on a small SQLite file beside it for as long as the notebook is
 * open. The operating system drops the lock when the process ends in any way, so a crash leaves none behind; readers of
 * the notebook itself are never hindered.
 */
import { existsSync } from "node:fs";
import { hostname } from "node:os";
import Sqlite from "better-sqlite3";
import { DomainError } from "#shared/errors.ts";
import { fileAt, makePrivate, requireFile } from "./place.ts";
import { explained, locked } from "./sqlite-errors.ts";

const isBusy = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY");

function holder(lock: Sqlite.Database): string {
  try {
    const row = lock.prepare("SELECT process, host FROM holder").get() as { process: number; host: string };
    return `process ${row.process} on ${row.host}`;
  } catch {
    return "another process";
  }
}

/** Why there is no lock: what lies in its place is none, or the disk says why. */
function withoutLock(error: unknown, { path, file }: { path: string; file: string }): unknown {
  const isOther = error instanceof Sqlite.SqliteError && /^SQLITE_(?:NOTADB|CORRUPT)/.test(error.code);
  if (!isOther) return explained(error, path);
  const message = `${file} is no lock of a notebook: it was changed by another program. The notebook itself is not touched. Remove ${file}, which holds nothing, and open the notebook again.`;
  return new DomainError("conflict", message, { path, file });
}

export interface WriteLock extends Disposable {
  /** Whether the lock's file is where others look for it. */
  isInPlace(): boolean;
}

/**
 * Takes the write lock of a notebook.
 *
 * @param path the file's real path: by another one it would be another lock
 * @throws DomainError notebook-locked naming the process that holds it
 */
export function lockForWriting(path: string): WriteLock {
  const file = `${path}-lock`;
  requireFile(file);
  makePrivate(file);
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(file, { timeout: 200 });
    lock.exec("BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (process INTEGER, host TEXT)");
    lock.exec("DELETE FROM holder");
    lock.prepare("INSERT INTO holder VALUES (?, ?)").run(process.pid, hostname());
    lock.exec("COMMIT; BEGIN IMMEDIATE");
  } catch (error) {
    const who = lock && isBusy(error) ? holder(lock) : undefined;
    lock?.close();
    throw who ? locked(path, who) : withoutLock(error, { path, file });
  }
  const held = lock;
  const place = fileAt(file);
  return { isInPlace: () => fileAt(file) === place, [Symbol.dispose]: () => held.close() };
}

/**
 * Whether a process holds the write lock of a notebook now; undefined where that cannot be asked.
 *
 * @param path the notebook's real path
 */
export function hasWriter(path: string): boolean | undefined {
  const file = `${path}-lock`;
  if (!existsSync(file)) return false;
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(file, { fileMustExist: true, timeout: 0 });
    lock.exec("BEGIN IMMEDIATE; ROLLBACK");
    return false;
  } catch (error) {
    return isBusy(error) ? true : undefined;
  } finally {
    lock?.close();
  }
}
