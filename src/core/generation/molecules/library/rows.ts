/** What each format's reader is given and finds. */
import type { RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import type { LibraryReading, LibraryRow } from "#shared/campaign/library.ts";

/** A row before it is known which of the files it is of. */
export type FileRow = Omit<LibraryRow, "file">;

/** What a format's reader finds. */
export interface FileRows {
  rows: Iterable<FileRow>;
  comments: number;
  smilesColumn: string | null;
  nameColumn: string | null;
}

export interface FileText {
  rdkit: RDKit;
  /** Of the file, for messages. */
  name: string;
  text: string;
  reading: LibraryReading;
}
