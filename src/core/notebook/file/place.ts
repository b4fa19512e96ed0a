/** Where a notebook's file is, by which names, and who may read it. */
import { chmodSync, closeSync, existsSync, lstatSync, openSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DomainError } from "#shared/errors.ts";

/** What lies beside a notebook under its name. */
export const BESIDE = ["-wal", "-shm", "-journal", "-seal", "-lock"] as const;

/** Only its owner may look into a file or a folder of the notebook. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** Paths named in a note; the others are counted. */
const SHOWN = 4;

/**
 * The one path of a file, whichever links lead to it: lock, log, seal and backups lie beside the file itself.
 *
 * @throws DomainError not-found where a link leads nowhere
 */
export function realPath(path: string): string {
  if (path === ":memory:") return path;
  if (existsSync(path)) return realpathSync.native(path);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const message = `${path} is a link to a file that is not there: expected a notebook. Put the file back, or name another.`;
    throw new DomainError("not-found", message, { path });
  }
  const folder = dirname(path);
  return existsSync(folder) ? join(realpathSync.native(folder), basename(path)) : path;
}

/**
 * Refuses what is no file before anybody opens it: a pipe would be waited for without end.
 *
 * @throws DomainError invalid-input for a folder, a pipe, a socket or a device
 */
export function requireFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile()) return;
  const message = `${path} is ${found.isDirectory() ? "a folder" : "a pipe or a device"}: expected a file. Name another, or move it away.`;
  throw new DomainError("invalid-input", message, { path });
}

/** Which file a path leads to; undefined where there is none. */
export function fileAt(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

/**
 * Refuses a file with a second name (a hard link): under it another program would find neither the lock nor the log.
 *
 * @throws DomainError notebook-locked
 */
export function requireOneName(path: string): void {
  const names = statSync(path, { throwIfNoEntry: false })?.nlink ?? 1;
  if (names <= 1) return;
  const message = `${path} has ${names} names (hard links): another program may write to it under another one without either noticing. Remove the other names, or copy the file and write to the copy.`;
  throw new DomainError("notebook-locked", message, { path, names });
}

/** Makes an empty file that nobody else may read, unless it is there; SQLite gives its log and its index the same rights. */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, "a", PRIVATE_FILE));
  } catch {
    // Whoever opens it next says why it cannot be made.
  }
}

/**
 * Takes from all others the right to read files and folders. Those that a group may write are shared with it on purpose and stay
 * open to it, but not to the rest of the world.
 *
 * @returns the paths whose rights were changed
 */
export function tighten(paths: readonly string[]): string[] {
  // Windows keeps a person's files from others by the rights of the folders.
  if (process.platform === "win32") return [];
  return paths.filter((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return false;
    const isShared = (found.mode & 0o020) !== 0;
    const refused = isShared ? 0o007 : 0o077;
    if ((found.mode & refused) === 0) return false;
    try {
      chmodSync(path, found.mode & 0o777 & ~refused);
      return true;
    } catch {
      // It is someone else's file.
      return false;
    }
  });
}

/** The note for people on what was tightened; none where nothing was. */
export const privateNow = (paths: readonly string[]): string[] =>
  paths.length === 0
    ? []
    : [
        `Other users of this computer could read ${paths.slice(0, SHOWN).join(", ")}${paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : ""}: that is for you alone now.`,
      ];
