/** A notebook made of exported evidence: same hashes, verdicts and signatures. */
import { DomainError } from "#shared/errors.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import { openDatabase } from "../file/database.ts";
import { migrate } from "../file/migrate.ts";
import { beginNotebook } from "../file/new-notebook.ts";
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
  const made = beginNotebook(path);
  try {
    const { ok, findings } = verifyEvidence(files);
    if (!ok) throw notWhole(findings);
    writeEvidence(files, made.unfinished);
    made.keep();
  } catch (error) {
    made.discard();
    throw error;
  }
}

function notWhole(findings: readonly Finding[]): DomainError {
  const named = findings.slice(0, 5).map(({ where, what }) => `${where}: ${what}`);
  const message = `The archive does not hold together and was not imported. ${named.join("; ")}`;
  return new DomainError("notebook-damaged", message, { findings: named });
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
