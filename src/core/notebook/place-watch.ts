/** Whether an open notebook's path still leads to the file that was opened, and nobody else wrote to it. */
import { statSync } from "node:fs";
import { type Database, openDatabase } from "./file/database.ts";
import type { WriteLock } from "./file/lock.ts";
import { fileAt } from "./file/place.ts";
import { HOW_TO_RESTORE } from "./file/sqlite-errors.ts";
import { chainHead } from "./tables/events.ts";

export interface PlaceWatch {
  /** Remembers the file as this writer leaves it; to be called after each of its writes. */
  look(): void;
  /** What is wrong, in a sentence; undefined where nothing is. */
  fault(): string | undefined;
  /** Whether the path leads to the file that was opened, whatever is in it by now. */
  isSameFile(): boolean;
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

/** @param lock of the writer; a reader has none, and others may write to what it reads */
export function watchPlace(db: Database, lock: WriteLock | undefined): PlaceWatch {
  const { path } = db;
  const file = fileAt(path);
  let left: { stamp: string; seq: number } | undefined;
  const look = (): void => {
    if (lock && !db.guard(({ inTransaction }) => inTransaction))
      left = { stamp: stampOf(path), seq: chainHead(db).seq };
  };
  const isSameFile = (): boolean => fileAt(path) === file;
  const isAsLeft = (): boolean => {
    if (!isSameFile()) return false;
    const stamp = stampOf(path);
    if (!left || stamp === left.stamp) return true;
    if (!holdsLog(path, left.seq)) return false;
    left = { ...left, stamp };
    return true;
  };
  look();
  return {
    look,
    isSameFile,
    fault() {
      if (!isAsLeft()) return removed(path);
      return lock?.isInPlace() === false ? unlocked(path) : undefined;
    },
  };
}
