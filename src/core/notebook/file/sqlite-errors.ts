/** What SQLite and the file system say, in words a person can act on. */
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { DomainError } from "#shared/errors.ts";

/** Messages name the command: a backup that is copied by hand would have a left-over log read into it. */
export const HOW_TO_RESTORE = "with `ansatz notebook restore`";

/** @throws DomainError not-found where the folder of the notebook is missing or is no folder. */
export function requireFolderOf(path: string): void {
  const folder = dirname(path);
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  throw new DomainError(
    "not-found",
    `The folder of the notebook does not exist: expected a folder at ${folder}. Make it, or choose another place for the notebook.`,
    { path, folder },
  );
}

/** The DomainError for a failure of the file system. */
function explainedByCode({ code, message: said }: NodeJS.ErrnoException, path: string): DomainError {
  const isFull = code === "ENOSPC" || code === "EDQUOT";
  const message = isFull
    ? `The disk with ${path} is full (${said}). Make room and try again.`
    : `${path} cannot be written (${said}). Check the permissions of its folder and what lies there.`;
  return new DomainError(isFull ? "disk-full" : "conflict", message, { path });
}

/** The DomainError for a failure of SQLite or of the file system that a person can act on; anything else unchanged. */
export function explained(error: unknown, path: string): unknown {
  if (error instanceof Error && "syscall" in error)
    return explainedByCode(error as NodeJS.ErrnoException, path);
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const { code } = error;
  const data = { path, sqlite: code };
  if (code === "SQLITE_FULL" || code === "SQLITE_IOERR_WRITE" || code === "SQLITE_IOERR_FSYNC") {
    const message = `The disk with ${path} is full or cannot be written (${code}: ${error.message}). Nothing already stored is lost; make room and the work goes on.`;
    return new DomainError("disk-full", message, data);
  }
  const lacksParts = code === "SQLITE_ERROR" && /^no such (table|column)/.test(error.message);
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB" || lacksParts) {
    const message = `${path} is damaged or is no notebook (${code}: ${error.message}). Save what can be read with \`ansatz notebook salvage\`, or restore a backup ${HOW_TO_RESTORE}.`;
    return new DomainError("notebook-damaged", message, data);
  }
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"))
    return locked(path, "another process");
  if (code === "SQLITE_CANTOPEN" || code.startsWith("SQLITE_READONLY")) {
    const message = `${path} cannot be opened for writing (${code}: ${error.message}). Check the permissions of the file and of its folder.`;
    return new DomainError("conflict", message, data);
  }
  if (code.startsWith("SQLITE_IOERR")) {
    const message = `${path} cannot be read or written (${code}: ${error.message}). Check the disk, and what lies beside the file under its name.`;
    return new DomainError("conflict", message, data);
  }
  return error;
}

export const locked = (path: string, holder: string): DomainError =>
  new DomainError("notebook-locked", `${path} is open for writing in ${holder}. Close it there first.`, {
    path,
    holder,
  });
