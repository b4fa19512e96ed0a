/** Writes into the notebook that something left it, so that a file on someone's desk can be traced back. */

import type { Notebook } from "#core/notebook/notebook.ts";
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { type Link, seal } from "#core/notebook/proof/record.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import { ExportRecord } from "#shared/campaign/export.ts";
import type { Sha256 } from "#shared/ids.ts";

interface RecordedFile extends Omit<ExportRecord, "sha256" | "size_bytes" | "log" | "at"> {
  bytes: Uint8Array;
  links?: readonly Link[];
}

/**
 * The hash of the record; null where the notebook is open read-only and cannot take one.
 *
 * @throws DomainError notebook-damaged where the file was taken away: what was exported is of no notebook
 */
export function recordExport(
  { notebook, clock }: { notebook: Notebook; clock: () => Date },
  { bytes, links = [], ...said }: RecordedFile,
): Sha256 | null {
  notebook.requireInPlace();
  if (notebook.readonly) return null;
  const { seq, hash } = chainHead(notebook.db);
  const content = ExportRecord.parse({
    ...said,
    sha256: toHex(sha256(bytes)),
    size_bytes: bytes.length,
    log: { seq, hash: toHex(hash) },
    at: clock().toISOString(),
  });
  const record = seal({ kind: "export", content, links });
  notebook.append({ kind: "exported", record: record.hash }, [record]);
  return record.hash;
}
