/** A notebook made of exported evidence: same hashes, verdicts and signatures. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { DomainError } from "#shared/errors.ts";
import { openDatabase } from "../file/database.ts";
import { sealFile } from "../file/file-seal.ts";
import { migrate } from "../file/migrate.ts";
import { makePrivate } from "../file/place.ts";
import { requireFolderOf } from "../file/sqlite-errors.ts";
import { keysElsewhere } from "../migrations/0006-keys.ts";
import { loadEvidence } from "./evidence-files.ts";
import { verifyEvidence } from "./verify.ts";

/**
 * Verifies the evidence and writes it into a new notebook.
 *
 * @throws DomainError conflict where the file exists; notebook-damaged where the evidence does not hold together, with the
 * first findings; invalid-input where it cannot be read
 */
export function importEvidence(files: Readonly<Record<string, Uint8Array>>, path: string): void {
  requireFolderOf(path);
  if (existsSync(path)) {
    const message = `${path} exists already: evidence is imported into a new notebook. Choose another name.`;
    throw new DomainError("conflict", message, { path });
  }
  const { ok, findings } = verifyEvidence(files);
  if (!ok) {
    const named = findings.slice(0, 5).map(({ where, what }) => `${where}: ${what}`);
    const message = `The archive does not hold together and was not imported. ${named.join("; ")}`;
    throw new DomainError("notebook-damaged", message, { findings: named });
  }
  // A process that ends in the middle leaves no notebook that lacks something.
  const unfinished = `${path}.part`;
  const remove = (): void => {
    for (const ending of ["", "-journal", "-wal", "-shm"]) rmSync(`${unfinished}${ending}`, { force: true });
  };
  remove();
  makePrivate(unfinished);
  try {
    writeEvidence(files, unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    remove();
    throw error;
  }
  sealFile(path);
}

function writeEvidence(files: Readonly<Record<string, Uint8Array>>, path: string): void {
  using db = openDatabase(path, { readonly: false });
  db.guard((connection) => {
    connection.pragma("journal_mode = WAL");
    migrate(connection, 0);
  });
  loadEvidence(db, files);
  db.guard((connection) => connection.exec(keysElsewhere));
}
