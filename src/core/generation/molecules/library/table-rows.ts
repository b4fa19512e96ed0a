/** Rows of tables and of lines of SMILES. */
import { type Entry, readMoleculeLines, readMoleculeTable } from "../molecule-table.ts";
import { type ColumnRoles, columnRoles, dataHeads, said } from "./columns.ts";
import type { FileRow, FileRows, FileText } from "./rows.ts";

/** Of two columns without heads the other one is the name. */
const withoutHead = (smiles: number, entries: readonly Entry[]): ColumnRoles => ({
  smiles,
  name: Math.max(...widths(entries)) === 2 ? 1 - smiles : -1,
  charge: -1,
  multiplicity: -1,
});

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

/** A head for each cell, whether the table has one or not. */
const headsOf = (names: readonly string[] | undefined, entries: readonly Entry[]): string[] =>
  dataHeads(names ?? Array.from({ length: Math.max(0, ...widths(entries)) }, () => ""));

const widths = (entries: readonly Entry[]): number[] => [
  ...new Set(entries.map(({ cells = [] }) => cells.length)),
];

export function tableRows({ rdkit, name, text, reading }: FileText): FileRows {
  const { entries, column, columnIndex, names, comments } = readMoleculeTable(
    rdkit,
    text,
    name,
    reading.smilesColumn,
  );
  const roles = names
    ? columnRoles(names, reading, { smiles: columnIndex, file: name })
    : withoutHead(columnIndex, entries);
  const heads = headsOf(names, entries);
  return {
    rows: rowsOf(entries, { heads, roles }),
    comments,
    smilesColumn: column,
    nameColumn: names ? (heads[roles.name] ?? null) : null,
  };
}

/**
 * Lines of a SMILES and what stands after it. Without a head all of it is the name, as Daylight and RDKit have it; with one it is
 * a table whose cells are as many as the heads.
 */
export function lineRows({ rdkit, name, text, reading }: FileText): FileRows {
  const { entries, columnIndex, names, comments } = readMoleculeLines(rdkit, text);
  if (names && names.length > 2) {
    const roles = columnRoles(names, reading, { smiles: columnIndex, file: name });
    const heads = dataHeads(names);
    const checked = entries.map((entry) =>
      (entry.cells?.length ?? 0) > names.length ? { ...entry, broken: "more cells than the head" } : entry,
    );
    const nameColumn = heads[roles.name] ?? null;
    return {
      rows: rowsOf(checked, { heads, roles }),
      comments,
      smilesColumn: names[columnIndex]!,
      nameColumn,
    };
  }
  const rows = entries.map(({ line, text: smiles, beside = "" }): FileRow => {
    const row = { line, smiles, name: beside || null, data: {} };
    const problem = emptyCell(smiles);
    return problem === undefined ? row : { ...row, problem };
  });
  return {
    rows,
    comments,
    smilesColumn: names?.[columnIndex] ?? null,
    nameColumn: names?.[1 - columnIndex] ?? null,
  };
}
