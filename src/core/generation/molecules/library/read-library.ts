/** A person's molecules, with all that is said of them: a row for each entry of the files, whether it holds a molecule or not. */
import { createHash } from "node:crypto";
import type { RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import type { LibraryFile, LibraryFormat, LibraryReading, LibraryRow } from "#shared/campaign/library.ts";
import { MAX_LIBRARY_ROWS } from "#shared/campaign/sources/library.ts";
import { abortError, DomainError } from "#shared/errors.ts";
import { Sha256 } from "#shared/ids.ts";
import { fileText, firstLines, formatOf } from "../molecule-file.ts";
import { SEPARATORS } from "../read-csv.ts";
import { type FileRows, type FileText, namedColumns } from "./rows.ts";
import { sdfRows } from "./sdf-rows.ts";
import { lineRows, tableRows } from "./table-rows.ts";
import { xyzRows } from "./xyz-rows.ts";

type FileFormat = Exclude<LibraryFormat, "notebook">;

const READERS: Readonly<Record<FileFormat, (file: FileText) => FileRows>> = {
  smiles: lineRows,
  csv: tableRows,
  sdf: sdfRows,
  xyz: xyzRows,
};

const isXyz = (name: string, text: string): boolean =>
  /\.(?:ext)?xyz(?:\.gz)?$/i.test(name) ||
  /^\s*\d+\s*\n[^\n]*\n\s*[A-Z][a-z]?\d*(?:\s+-?\d*\.\d+){3}/.test(text);

/** Heads that a person names are those of a table where its cells are told apart by more than blanks. */
function formatOfLibrary({ name, text, reading }: FileText): FileFormat {
  if (isXyz(name, text)) return "xyz";
  const format = formatOf(name, text);
  const [first = ""] = firstLines(text);
  const isTable =
    Object.keys(namedColumns(reading)).length > 0 && SEPARATORS.some((between) => first.includes(between));
  return format === "smiles" && isTable ? "csv" : format;
}

export interface NamedFile {
  name: string;
  bytes: Uint8Array;
}

/**
 * Reads files of SMILES, CSV and the like, SDF or XYZ, also packed by gzip. SMILES of tables are kept as they stand and parsed by
 * nobody here; structures of SDF and XYZ are.
 *
 * @param isCancelled asked before each row
 * @param onRow told how many there are so far
 * @throws DomainError invalid-input for binary data, an empty file, a table without the columns named or without molecules, and more
 * than MAX_LIBRARY_ROWS; AbortError
 */
export function readLibrary(
  rdkit: RDKit,
  given: readonly NamedFile[],
  {
    reading,
    isCancelled = () => false,
    onRow = () => {},
  }: { reading: LibraryReading; isCancelled?: () => boolean; onRow?: (rows: number) => void },
): { files: LibraryFile[]; rows: LibraryRow[] } {
  const rows: LibraryRow[] = [];
  const files = given.map(({ name, bytes }, file): LibraryFile => {
    const { text, encoding } = fileText(name, bytes);
    const opened: FileText = { rdkit, name, text, reading };
    const format = formatOfLibrary(opened);
    const { rows: found, ...rest } = READERS[format](opened);
    const before = rows.length;
    for (const row of found) {
      if (isCancelled()) throw abortError();
      rows.push({ file, ...row });
      if (rows.length > MAX_LIBRARY_ROWS) throw tooMany();
      onRow(rows.length);
    }
    const sha256 = Sha256.parse(createHash("sha256").update(bytes).digest("hex"));
    return { name, bytes: bytes.length, sha256, format, encoding, rows: rows.length - before, ...rest };
  });
  if (rows.length === 0 && given.length > 0)
    throw new DomainError(
      "invalid-input",
      `Expected molecules, got none in ${given.map(({ name }) => name).join(", ")}.`,
    );
  return { files, rows };
}

export const tooMany = (): DomainError =>
  new DomainError(
    "invalid-input",
    `Expected at most ${MAX_LIBRARY_ROWS} rows, got more. Split the files over several campaigns.`,
  );
