/** Puts a backup in the place of a notebook: by hand it is easily destroyed by the log that a crash left there. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import type { Verification } from "#shared/notebook/verification.ts";
import { removeSecondName } from "../evidence/left-over-log.ts";
import { verifyNotebook } from "../evidence/verify.ts";
import { openDatabase } from "../file/database.ts";
import { breakSeal, sealFile } from "../file/file-seal.ts";
import { lockForWriting } from "../file/lock.ts";
import { fileAt, makePrivate, realPath, requireOneName } from "../file/place.ts";
import { explained, requireFolderOf } from "../file/sqlite-errors.ts";
import { stamp } from "../file/stamp.ts";

interface Restored {
  /** The notebook, which is now what the backup was. */
  path: string;
  /** Where the notebook that lay there is now, with its log; null where there was none. */
  replaced: string | null;
  /** What the backup holds. */
  verification: Verification;
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** A copy of a notebook in one file, flushed to the disk; a log that belongs to it is in it. */
function copyWhole(from: string, to: string): void {
  makePrivate(to);
  using db = openDatabase(from, { readonly: true });
  db.guard((connection) => connection.prepare("VACUUM INTO ?").run(to));
  const file = openSync(to, "r+");
  fsyncSync(file);
  closeSync(file);
}

/** Moves a notebook's file with all that lies beside it to another name, so that it can still be opened there. */
function moveAside(path: string, aside: string): void {
  for (const ending of ["", "-wal", "-journal", "-seal"])
    if (exists(`${path}${ending}`)) renameSync(`${path}${ending}`, `${aside}${ending}`);
  rmSync(`${path}-shm`, { force: true });
}

/** @throws DomainError notebook-damaged for a file that cannot even be read as a notebook */
function verifiedBackup(source: string, backup: string): Verification {
  try {
    return verifyNotebook(source);
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "notebook-damaged")) throw error;
    const message = `${backup} is no backup: expected a notebook's file, got one that is another's or damaged. Nothing was changed.`;
    throw new DomainError("notebook-damaged", message, { backup });
  }
}

/**
 * Checks a backup and puts it in a notebook's place. What lay there is kept under another name; the backup stays as it is.
 *
 * @throws DomainError notebook-damaged where the backup is not as it was written, notebook-locked where the notebook is open,
 * conflict where the two are one file, not-found, disk-full
 */
export function restoreNotebook(backup: string, path: string, now: Date): Restored {
  requireFolderOf(path);
  const [source, target] = [realPath(backup), realPath(path)];
  if (!exists(source)) {
    const message = `There is no backup at ${backup}: expected a notebook's file. The scheduled ones lie in ${target}-backups.`;
    throw new DomainError("not-found", message, { backup });
  }
  if (fileAt(source) === fileAt(target)) {
    const message = `${backup} is the notebook itself: expected a backup of it.`;
    throw new DomainError("conflict", message, { backup });
  }
  const verification = verifiedBackup(source, backup);
  const [first] = verification.findings;
  if (first) {
    const message = `${backup} is not as it was written (${first.where}: ${first.what}) and was not put back. Choose another backup, or save what it holds with \`ansatz notebook salvage\`.`;
    throw new DomainError("notebook-damaged", message, { backup });
  }
  using _lock = lockForWriting(target);
  removeSecondName(target);
  if (exists(target)) requireOneName(target);
  const unfinished = `${target}.restored.part`;
  const aside = `${target}-replaced-${stamp(now)}`;
  if (exists(aside)) {
    const message = `${aside} exists already: a notebook was replaced this very second. Wait a second and restore again.`;
    throw new DomainError("conflict", message, { path: aside });
  }
  const hadOne = exists(target);
  rmSync(unfinished, { force: true });
  try {
    copyWhole(source, unfinished);
    moveAside(target, aside);
    renameSync(unfinished, target);
  } catch (error) {
    throw explained(error, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
  breakSeal(target);
  sealFile(target);
  return { path: target, replaced: hadOne ? aside : null, verification };
}
