/** What can be done with a notebook's file or an archive without opening an engine on it: it may be damaged. */
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { lockBox, openBox } from "#core/notebook/checkpoints/secret-box.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { hasWriter } from "#core/notebook/file/lock.ts";
import { realPath } from "#core/notebook/file/place.ts";
import { restoreNotebook } from "#core/notebook/recovery/restore.ts";
import { salvageNotebook } from "#core/notebook/recovery/salvage.ts";
import { requirePassphrase } from "#core/notebook/signing.ts";
import { verifyArchive } from "#core/orchestration/files/archive.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { DomainError } from "#shared/errors.ts";
import type { Finding, Verification } from "#shared/notebook/verification.ts";

const ZIP_START = "PK\u0003\u0004";

function beginning(path: string): string {
  const bytes = Buffer.alloc(ZIP_START.length);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, bytes);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    const message = `${path} cannot be read (${reason}): expected a notebook or an .eln archive. Check the path.`;
    throw new DomainError("not-found", message, { path });
  }
  return bytes.toString("latin1");
}

/**
 * Verifies a notebook's file or an .eln archive, whichever it is, on this thread.
 *
 * @param resources the folder with filters/, for the fingerprints of molecules
 * @throws DomainError not-found; notebook-damaged where it cannot be opened at all; notebook-newer; not-supported
 */
export async function verifyFile(path: string, { resources }: { resources: string }): Promise<Verification> {
  if (beginning(path) === ZIP_START) return verifyArchive(readFileSync(path));
  const { fingerprints } = await threadChemistry(resources);
  return verifyNotebook(path, { fingerprints });
}

/**
 * Writes a new notebook of all that can still be read of a damaged one, which stays as it is.
 *
 * @returns how many rows of each table were saved, and what was lost
 * @throws DomainError conflict where the target exists; not-found
 */
export const salvageFile = (
  path: string,
  target: string,
): { saved: Record<string, number>; lost: Finding[] } => salvageNotebook(path, target);

/**
 * Puts a backup in the place of a notebook; what lay there is kept under another name.
 *
 * @returns where the notebook and what it replaced are now, and what the backup holds
 * @throws DomainError notebook-damaged where the backup is not as it was written, notebook-locked, conflict, not-found, disk-full
 */
export const restoreFile = (
  backup: string,
  path: string,
  now: Date,
): { path: string; replaced: string | null; verification: Verification } =>
  restoreNotebook(backup, path, now);

/** Whether a process writes to a notebook now; undefined where that cannot be asked. */
export const isBeingWritten = (path: string): boolean | undefined => hasWriter(realPath(path));

/** The key of a provider of devices under a passphrase, as the notebook keeps its own. @throws DomainError invalid-input */
export async function lockKey(key: string, passphrase: string): Promise<string> {
  requirePassphrase(passphrase);
  return lockBox(Buffer.from(key), passphrase);
}

/** @throws DomainError invalid-input for a wrong passphrase; notebook-damaged for what is no locked key */
export const unlockKey = async (box: string, passphrase: string): Promise<string> =>
  (await openBox(box, passphrase, "the provider's key")).toString("utf8");
