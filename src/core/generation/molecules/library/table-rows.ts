/** Rows of tables and of lines of SMILES. */
import type { LibraryReading } from "#shared/campaign/library.ts";
import { DomainError } from "#shared/errors.ts";
import { readMoleculeLines } from "../molecule-lines.ts";
import { type Entry, type MoleculeList, noColumn, readMoleculeTable } from "../molecule-table.ts";
import { type ColumnRoles, columnRoles, dataHeads, isNumeric, said } from "./columns.ts";
import type { FileRow, FileRows, FileText } from "./rows.ts";

function* rowsOf(
  entries: readonly Entry[],
  columns: { heads: readonly string[]; roles: ColumnRoles },
): Generator<FileRow> {
  for (const { line, text: smiles, broken, cells = [] } of entries) {
    const { problem = emptyCell(smiles), ...row } = said(cells, columns);
    const why = broken ?? problem;
    yield { line, smiles, ...row, ...(why !== undefined && { problem: why }) };
  }
}

const emptyCell = (smiles: string): string | undefined =>
  smiles === "" ? "no SMILES in the row" : undefined;

/** As many as a sheet of Excel has. */
const MOST_COLUMNS = 16_384;

/** A head for each cell that any row has: cells beyond the head are kept too. @throws DomainError invalid-input for too many */
function headsOf({ names = [], entries }: Pick<MoleculeList, "names" | "entries">, file: string): string[] {
  let width = names.length;
  for (const { cells = [] } of entries) width = Math.max(width, cells.length);
  if (width > MOST_COLUMNS)
    throw new DomainError(
      "invalid-input",
      `"${file}": expected at most ${MOST_COLUMNS} columns, got ${width}. Is what stands between its cells a separator?`,
    );
  return dataHeads(Array.from({ length: width }, (_, column) => names[column] ?? ""));
}

/** Of two columns the other one is the name, unless it says something else or its head makes it data. */
function nameBeside(
  { smiles, charge, multiplicity }: ColumnRoles,
  { names, entries }: Pick<MoleculeList, "names" | "entries">,
): number {
  const other = 1 - smiles;
  if (other === charge || other === multiplicity) return -1;
  const cells = entries.map((entry) => entry.cells?.[other] ?? "").filter((cell) => cell !== "");
  return names && cells.every(isNumeric) ? -1 : other;
}

function rows(
  list: Omit<MoleculeList, "column">,
  { file, reading, isTable }: { file: string; reading: LibraryReading; isTable: boolean },
): Pick<FileRows, "rows" | "comments" | "nameColumn"> {
  const { entries, names, columnIndex: smiles, comments } = list;
  const heads = headsOf(list, file);
  const found = columnRoles(names ?? heads, reading, { smiles, file });
  const isPair = heads.length === 2 && found.name < 0 && !(isTable && names);
  const roles = isPair ? { ...found, name: nameBeside(found, list) } : found;
  const nameColumn = names ? (heads[roles.name] ?? null) : null;
  return { rows: rowsOf(entries, { heads, roles }), comments, nameColumn };
}

export function tableRows({ rdkit, name: file, text, reading }: FileText): FileRows {
  const list = readMoleculeTable(rdkit, text, file, reading.smilesColumn);
  const { emptyAtEnd = 0, column: smilesColumn } = list;
  const note = `${emptyAtEnd} row${emptyAtEnd === 1 ? "" : "s"} of empty cells at its end ${emptyAtEnd === 1 ? "is" : "are"} left out.`;
  const read = { ...rows(list, { file, reading, isTable: true }), smilesColumn };
  return emptyAtEnd > 0 ? { ...read, notes: [note] } : read;
}

/**
 * Lines of a SMILES and what stands after it. Without a head all of it is the name, as Daylight and RDKit have it; with one it is
 * a table whose cells are as many as the heads.
 */
export function lineRows({ rdkit, name: file, text, reading }: FileText): FileRows {
  const { smilesColumn: smiles, ...named } = reading;
  const others = [named.nameColumn, named.chargeColumn, named.multiplicityColumn];
  const wanted = { smiles, others: others.filter((head) => head !== undefined) };
  const list = readMoleculeLines(rdkit, text, wanted);
  const { names = [], columnIndex } = list;
  if (smiles !== undefined && (columnIndex < 0 || names.length === 0)) throw noColumn(file, smiles, names);
  return { ...rows(list, { file, reading, isTable: false }), smilesColumn: names[columnIndex] ?? null };
}
