/** What each format's reader is given and finds. */
import type { RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import type { LibraryReading, LibraryRow } from "#shared/campaign/library.ts";
import { DomainError } from "#shared/errors.ts";

/** A row before it is known which of the files it is of. */
export type FileRow = Omit<LibraryRow, "file">;

/** What a format's reader finds. */
export interface FileRows {
  rows: Iterable<FileRow>;
  comments: number;
  smilesColumn: string | null;
  nameColumn: string | null;
  /** What a person should know of how it was read; each a sentence. */
  notes?: string[];
}

export interface FileText {
  rdkit: RDKit;
  /** Of the file, for messages. */
  name: string;
  text: string;
  reading: LibraryReading;
}

/** Heads that a person named, by what their column is of. */
export const namedColumns = ({
  smilesColumn,
  nameColumn,
  chargeColumn,
  multiplicityColumn,
}: LibraryReading): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      SMILES: smilesColumn,
      names: nameColumn,
      charges: chargeColumn,
      multiplicities: multiplicityColumn,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

/** @throws DomainError invalid-input for a column that a format has no place for */
export function refuseColumn(
  file: string,
  column: [of: string, head: string] | undefined,
  mend: string,
): void {
  if (!column) return;
  const [of, head] = column;
  throw new DomainError(
    "invalid-input",
    `${file}: expected no column of ${of} to be named, got "${head}": ${mend}`,
    { head },
  );
}
