/** A library as a record: what was read, how, and its rows as one part, a line of JSON each. */
import { z } from "zod";
import type { JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import type { Proposal } from "#shared/campaign/candidate.ts";
import { LibraryFile, LibraryReading, LibraryRow } from "#shared/campaign/library.ts";

const ROWS = "rows";

export interface ReadLibrary {
  files: LibraryFile[];
  reading: LibraryReading;
  rows: LibraryRow[];
}

/** "amines.csv and 2 more". */
export function libraryName(files: readonly Pick<LibraryFile, "name">[]): string {
  const [first = { name: "" }, ...others] = files;
  return others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
}

export function libraryRecord({ files, reading, rows }: ReadLibrary): NotebookRecord {
  const lines = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
  // A search that was asked for has members that are undefined: they are left out as it is written.
  const written = files as unknown as JsonObject[];
  const content: JsonObject = {
    name: libraryName(files),
    files: written,
    reading: { ...reading },
    rows: rows.length,
  };
  return seal({ kind: "data-set", content, parts: { [ROWS]: Buffer.from(lines) } });
}

const Content = z.looseObject({ files: z.array(LibraryFile), reading: LibraryReading });

/** What a record says of its files, and how they were read. */
export function libraryContent(content: unknown): Pick<ReadLibrary, "files" | "reading"> {
  const { files, reading } = Content.parse(content);
  return { files, reading };
}

/** Reads a record's rows back. @param part its bytes by name */
export const libraryRows = (part: (name: string) => Uint8Array): LibraryRow[] =>
  Buffer.from(part(ROWS))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => LibraryRow.parse(JSON.parse(line)));

/** A row as a candidate is proposed, with the atoms in space that its `given.coordinates` is the hash of. */
export function drawn(
  { smiles, molblock, ...row }: LibraryRow,
  index: number,
): Proposal & { molblock?: string } {
  const { file: _, line: __, ...given } = row;
  if (molblock === undefined) return { index, smiles, nll: null, given };
  return { index, smiles, nll: null, given: { ...given, coordinates: toHex(sha256(molblock)) }, molblock };
}
