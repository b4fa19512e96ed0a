/** Files that a person named: what is wrong with them is told, not thrown as a bug. */
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { getSystemErrorMessage } from "node:util";
import { DomainError } from "#shared/errors.ts";
import { decodeText } from "#shared/molecule/decode-text.ts";

/** "no such file or directory". */
function reasonOf(error: unknown): string {
  const { errno } = error as NodeJS.ErrnoException;
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
 * @throws DomainError "invalid-input" where its folder is not there or not writable
 */
export function checkTarget(path: string): void {
  try {
    accessSync(existsSync(path) ? path : dirname(resolve(path)), constants.W_OK);
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `"${path}" cannot be written: expected a file in a folder that is there, got ${reasonOf(error)}.`,
    );
  }
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
