/** Files that a person named: what is wrong with them is told, not thrown as a bug. */
import { accessSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { getSystemErrorMessage } from "node:util";
import { DomainError } from "#shared/errors.ts";
import { decodeText } from "#shared/molecule/decode-text.ts";

/** "no such file or directory". */
function reasonOf(error: unknown): string {
  const { errno, code } = error as NodeJS.ErrnoException;
  // "illegal operation on a directory" says what was tried.
  if (code === "EISDIR") return "a folder";
  if (errno !== undefined) return getSystemErrorMessage(errno);
  return error instanceof Error ? error.message : String(error);
}

/** The text of a file in any usual encoding, its lines ended by \n. @throws DomainError "invalid-input" where the path is a folder, is not allowed or cannot be read */
export function readTextFile(path: string): string {
  try {
    return decodeText(readFileSync(path)).text.replace(/\r\n?/g, "\n");
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `"${path}" cannot be read: expected a text file, got ${reasonOf(error)}.`,
    );
  }
}

/** @throws DomainError "invalid-input" where the path is a folder, is not allowed or cannot be read */
export function readBinaryFile(path: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `"${path}" cannot be read: expected a file, got ${reasonOf(error)}.`,
    );
  }
}

/** A file as the engine takes it. @throws DomainError "invalid-input" as readBinaryFile */
export const fileOf = (path: string): File => new File([readBinaryFile(path)], basename(path));

/** Makes a folder for results before anything is computed for it. */
export function makeFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `"${folder}" cannot hold the results: expected a folder to write to, got ${reasonOf(error)}.`,
    );
  }
  return folder;
}

/**
 * Looks, before anything is computed for it, whether a file can be written.
 *
 * @throws DomainError "invalid-input" where it is a folder, or its folder is not there or not writable
 */
export function checkTarget(path: string): void {
  try {
    const target = resolve(path);
    const there = statSync(target, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Error("a folder");
    accessSync(there ? target : dirname(target), constants.W_OK);
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `"${path}" cannot be written: expected a file in a folder that is there, got ${reasonOf(error)}.`,
    );
  }
}

/** As checkTarget, of files that one command writes. @throws DomainError "invalid-input" also where two of them are the same file */
export function checkTargets(paths: readonly string[]): void {
  paths.forEach(checkTarget);
  const isSame = (path: string) => (other: string) => resolve(other) === resolve(path);
  const twice = paths.find((path, i) => paths.slice(0, i).some(isSame(path)));
  if (twice === undefined) return;
  throw new DomainError("invalid-input", `"${twice}" would be written twice: expected a file for each.`);
}

/** @throws DomainError "invalid-input" where the file cannot be written */
export function writeTextFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `"${path}" cannot be written: expected a writable file, got ${reasonOf(error)}.`,
    );
  }
}
