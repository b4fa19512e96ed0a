/** A new notebook that is made in one piece: under another name until it is whole, so that no process that ends in the middle leaves half of one. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import { sealFile } from "./file-seal.ts";
import { hasWriter } from "./lock.ts";
import { BESIDE, makePrivate } from "./place.ts";
import { requireFolderOf } from "./sqlite-errors.ts";

export interface NewNotebook {
  /** Where it is written to until it is whole; an empty file at first. */
  readonly unfinished: string;
  /** Gives it its name; it must be closed. @throws DomainError conflict where that was taken meanwhile */
  keep(): void;
  /** Removes what was written. */
  discard(): void;
}

function requireUnused(path: string): void {
  if (!existsSync(path)) return;
  const message = `${path} exists already: expected a new notebook. Choose another name.`;
  throw new DomainError("conflict", message, { path });
}

/**
 * Begins a notebook at a path that nothing is at; what an earlier process left of the same is removed.
 *
 * @throws DomainError conflict where there is a file, or where one is being made; not-found where there is no folder
 */
export function beginNotebook(path: string): NewNotebook {
  requireFolderOf(path);
  requireUnused(path);
  const unfinished = `${path}.part`;
  if (hasWriter(unfinished)) {
    const message = `${path} is being made. Wait until it is done, or choose another name.`;
    throw new DomainError("conflict", message, { path });
  }
  const discard = (): void => {
    for (const ending of ["", ...BESIDE]) rmSync(`${unfinished}${ending}`, { force: true });
  };
  discard();
  makePrivate(unfinished);
  return {
    unfinished,
    keep() {
      requireUnused(path);
      renameSync(unfinished, path);
      discard();
      sealFile(path);
    },
    discard,
  };
}
