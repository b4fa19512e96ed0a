/**
 * The log (-wal) that a process which was killed leaves beside a notebook. SQLite reads it into whichever file lies there under the
 * name: into a backup that was put back, too, which it destroys. So a log is looked at before SQLite is.
 */
import { closeSync, existsSync, linkSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import { type Database, openDatabase } from "../file/database.ts";
import { schemaVersion } from "../file/migrate.ts";
import { fileAt } from "../file/place.ts";
import { HOW_TO_RESTORE } from "../file/sqlite-errors.ts";
import { stamp } from "../file/stamp.ts";
import { toHex } from "../proof/hash.ts";
import { chainHead } from "../tables/events.ts";
import { checkChain } from "./verify-evidence.ts";

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The two bytes of SQLite's header that say how changes are kept: 2 with a log, 1 without (www.sqlite.org/fileformat.html). */
const VERSIONS_AT = 18;
const WITHOUT_LOG = 1;

/** Whether a file says of itself that it was closed without a log, as backups do: a log beside it is another file's. */
function saysNoLog(path: string): boolean {
  const versions = Buffer.alloc(2);
  const file = openSync(path, "r");
  try {
    readSync(file, versions, { position: VERSIONS_AT });
  } finally {
    closeSync(file);
  }
  return versions[0] === WITHOUT_LOG && versions[1] === WITHOUT_LOG;
}

/** Head of the chain and hash of every event, where all is sound; undefined where it is not. */
function soundChain(path: string): Map<number, string> | undefined {
  try {
    using db: Database = openDatabase(path, { readonly: true });
    const said = db.guard((connection) => {
      schemaVersion(connection, path);
      return connection.pragma("quick_check(1)", { simple: true });
    });
    if (said !== "ok" || chainHead(db).seq === 0) return undefined;
    const hashes = new Map<number, string>();
    for (const { event, finding } of checkChain(db)) {
      if (finding) return undefined;
      if (event) hashes.set(event.seq, toHex(event.hash));
    }
    return hashes;
  } catch {
    return undefined;
  }
}

const aloneOf = (path: string): string => `${path}-alone`;

function removeAlone(path: string): void {
  for (const ending of ["", "-wal", "-shm"]) rmSync(`${aloneOf(path)}${ending}`, { force: true });
}

/** Takes from a file the second name that a process killed in chainAlone left it: with two nobody may write. For the holder of the lock. */
export function removeSecondName(path: string): void {
  if (existsSync(path) && fileAt(aloneOf(path)) === fileAt(path)) removeAlone(path);
}

/** The chain of the file without its log: under a second name SQLite looks for another log. */
function chainAlone(path: string): Map<number, string> | undefined {
  const alone = aloneOf(path);
  removeAlone(path);
  try {
    linkSync(path, alone);
    return soundChain(alone);
  } catch {
    // A file system without second names: nothing can be said.
    return undefined;
  } finally {
    removeAlone(path);
  }
}

/** Whether a log continues the file: together they are sound, and hold the last event that the file has alone. */
function belongs(path: string): boolean {
  const alone = chainAlone(path);
  // Alone it may lack what only the log holds: then there is nothing better than the two together.
  if (!alone) return true;
  const together = soundChain(path);
  return together?.get(alone.size) === alone.get(alone.size);
}

const isForeign = (path: string): boolean => sizeOf(path) === 0 || saysNoLog(path);

/** @throws DomainError notebook-damaged where the log beside a file is another's; cheap, for those who only read */
export function requireOwnLog(path: string): void {
  if (path === ":memory:" || sizeOf(`${path}-wal`) === 0 || !existsSync(path) || !isForeign(path)) return;
  const message = `${path}-wal does not belong to ${path}: it was left by a notebook that lay here before, and SQLite would read it into this one. Put backups back ${HOW_TO_RESTORE}; or open the notebook for writing, which moves that log aside.`;
  throw new DomainError("notebook-damaged", message, { path });
}

/**
 * Moves a log aside that does not belong to the file it lies beside. For the holder of the write lock, before the file is opened.
 * After a crash the file and its log are read once: about a second for 100 MB.
 *
 * @returns what was done, in a sentence
 */
export function setForeignLogAside(path: string, clock: () => Date): string | undefined {
  const log = `${path}-wal`;
  if (sizeOf(log) === 0) return undefined;
  if (!isForeign(path) && belongs(path)) return undefined;
  const aside = `${log}-aside-${stamp(clock())}`;
  renameSync(log, aside);
  rmSync(`${path}-shm`, { force: true });
  return `${log} did not belong to ${path}, as where a backup was put back by hand, and was moved to ${aside}. Put backups back ${HOW_TO_RESTORE}.`;
}
