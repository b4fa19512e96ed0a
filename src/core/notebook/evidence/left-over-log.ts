/**
 * The log (-wal) that a process which was killed leaves beside a notebook, and the journal (-journal) that another program leaves there,
 * or leaves beside a backup. SQLite reads them into whichever file lies there under the name: into a backup that was put back, too,
 * which they destroy. So both are looked at before SQLite does.
 */
import { closeSync, existsSync, linkSync, openSync, readSync, renameSync, rmSync, statSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import { type Database, openDatabase } from "../file/database.ts";
import { hasWriter } from "../file/lock.ts";
import { schemaVersion } from "../file/migrate.ts";
import { fileAt, requireFile } from "../file/place.ts";
import { HOW_TO_RESTORE } from "../file/sqlite-errors.ts";
import { stamp } from "../file/stamp.ts";
import { toHex } from "../proof/hash.ts";
import { chainHead } from "../tables/events.ts";
import { checkChain } from "./verify-evidence.ts";

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The two bytes of SQLite's header that say how changes are kept: 2 with a log, 1 without (www.sqlite.org/fileformat.html). */
const VERSIONS_AT = 18;
const WITHOUT_LOG = 1;

function bytesAt(path: string, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, { position });
  } finally {
    closeSync(file);
  }
  return bytes;
}

/** Whether a file says of itself that it was closed without a log, as backups do: a log beside it is another file's. */
const saysNoLog = (path: string): boolean =>
  bytesAt(path, VERSIONS_AT, 2).every((version) => version === WITHOUT_LOG);

/** The first bytes of a journal that SQLite takes for one (www.sqlite.org/fileformat.html, section 3). */
const JOURNAL = Buffer.from("d9d505f920a163d7", "hex");

/** Whether SQLite would write what a journal holds back into the file beside it. */
const isHot = (journal: string): boolean =>
  statSync(journal).isFile() && bytesAt(journal, 0, JOURNAL.length).equals(JOURNAL);

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

/** Looks at the file without what lies beside it: under a second name SQLite looks for another log and another journal. */
function lookAlone<T>(path: string, look: (alone: string) => T): T | undefined {
  const alone = aloneOf(path);
  removeAlone(path);
  try {
    linkSync(path, alone);
    return look(alone);
  } catch {
    // A file system without second names: nothing can be said.
    return undefined;
  } finally {
    removeAlone(path);
  }
}

const chainAlone = (path: string): Map<number, string> | undefined => lookAlone(path, soundChain);

/** Whether another program is writing to a file without a log; its journal is in use. */
const isAtWork = (path: string): boolean =>
  lookAlone(path, (alone) => {
    using db = openDatabase(alone, { readonly: false });
    try {
      db.guard((connection) => connection.exec("BEGIN IMMEDIATE; ROLLBACK"));
      return false;
    } catch {
      return true;
    }
  }) ?? true;

/** Whether a journal is another file's: one with a log has none, and one that is sound as it is needs none. */
const isForeignJournal = (path: string): boolean =>
  !existsSync(path) || !saysNoLog(path) || (!isAtWork(path) && chainAlone(path) !== undefined);

/** Whether a log continues the file: together they are sound, and hold the last event that the file has alone. */
function belongs(path: string): boolean {
  const alone = chainAlone(path);
  // Alone it may lack what only the log holds: then there is nothing better than the two together.
  if (!alone) return true;
  const together = soundChain(path);
  return together?.get(alone.size) === alone.get(alone.size);
}

const isForeign = (path: string): boolean => sizeOf(path) === 0 || saysNoLog(path);

/** Who reads cannot say whose a journal is: neither its program nor SQLite has put the file right yet. */
function requireNoJournal(path: string): void {
  const journal = `${path}-journal`;
  // A writer of ours that begins with a backup has one for a moment.
  if (sizeOf(journal) === 0 || (statSync(journal).isFile() && !isHot(journal)) || hasWriter(path)) return;
  const message = `${journal} was left by another program, or by a file that lay here before, and SQLite would write it into ${path}. Close that program, or open the notebook for writing, which looks whose it is; put backups back ${HOW_TO_RESTORE}.`;
  throw new DomainError("notebook-damaged", message, { path });
}

/**
 * For those who only read; cheap.
 *
 * @throws DomainError notebook-damaged where the log or the journal beside a file may be another's, invalid-input for what is no file
 */
export function requireOwnLog(path: string): void {
  if (path === ":memory:" || !existsSync(path)) return;
  requireFile(path);
  requireNoJournal(path);
  if (sizeOf(`${path}-wal`) === 0 || !isForeign(path)) return;
  const message = `${path}-wal does not belong to ${path}: it was left by a notebook that lay here before, and SQLite would read it into this one. Put backups back ${HOW_TO_RESTORE}; or open the notebook for writing, which moves that log aside.`;
  throw new DomainError("notebook-damaged", message, { path });
}

/**
 * Moves a log and a journal aside that do not belong to the file they lie beside. For the holder of the write lock, before the file is
 * opened. After a crash the file and its log are read once: about a second for 100 MB.
 *
 * @returns what was done, a sentence each
 */
export function setForeignLogAside(path: string, clock: () => Date): string[] {
  const moved: string[] = [];
  const moveAside = (log: string) => {
    const aside = `${log}-aside-${stamp(clock())}`;
    renameSync(log, aside);
    rmSync(`${path}-shm`, { force: true });
    moved.push(
      `${log} did not belong to ${path}, as where a backup was put back by hand, and was moved to ${aside}. Put backups back ${HOW_TO_RESTORE}.`,
    );
  };
  const journal = `${path}-journal`;
  if (sizeOf(journal) > 0 && isForeignJournal(path)) moveAside(journal);
  const log = `${path}-wal`;
  if (sizeOf(log) > 0 && (isForeign(path) || !belongs(path))) moveAside(log);
  return moved;
}
