/** Lines of a SMILES and what stands beside it, with a head or without one. */
import type { RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import {
  CERTAIN,
  columnNamed,
  EMPTY_ROW,
  type Entry,
  isSmiles,
  LOOKED_AT,
  type MoleculeList,
  weightOf,
  withoutBlankEnds,
} from "./molecule-table.ts";

const BETWEEN_CELLS = /[\s,;|]+/;
/** A SMILES with what CXSMILES appends to it. */
const FIRST_CELL = /^[^\s,;|]+(?:[ \t]+\|[^|\s]*\|(?=\s|$))?[\s,;|]*/;
const unquoted = (cell: string): string => cell.replace(/^["']|["']$/g, "");

interface Line {
  line: number;
  text: string;
  cells: string[];
}

const isBlankLine = ({ text }: Pick<Line, "text">): boolean => text === "";

/** Heads that a person named; a first line with one of them is the head. */
export interface WantedColumns {
  smiles?: string | undefined;
  others?: readonly string[];
}

function headOf(rdkit: RDKit, first: Line | undefined, { smiles, others = [] }: WantedColumns) {
  const names = first?.cells ?? [];
  const certain = isSmiles(rdkit, names[0] ?? "") ? -1 : names.findIndex((name) => weightOf(name) >= CERTAIN);
  const isNamed = [smiles ?? [], others].flat().some((wanted) => columnNamed(names, wanted) >= 0);
  return certain < 0 && !isNamed
    ? undefined
    : { names, column: smiles === undefined ? certain : columnNamed(names, smiles) };
}

/**
 * The cells of a line under a head. Blanks cannot say that a cell is empty: a line of fewer cells is clear only where it is the
 * molecule alone. Under one head or two all that follows the molecule is one cell.
 */
function underHead({ line, text, cells }: Line, width: number, column: number): Entry {
  const smiles = cells[column] ?? "";
  if (cells.length === width || (cells.length === 1 && column === 0)) return { line, text: smiles, cells };
  if (width <= 2 && column === 0)
    return { line, text: smiles, cells: [smiles, unquoted(text.replace(FIRST_CELL, ""))] };
  const broken =
    cells.length > width
      ? "more cells than the head"
      : `fewer cells than the head: ${cells.length} of ${width}, and blanks do not tell which is empty (tabs or commas do)`;
  return { line, text: smiles, cells, broken };
}

/** Without a head what follows the molecule is one cell, as Daylight and RDKit have it. */
const withoutHead = ({ line, text, cells }: Line, column: number): Entry => ({
  line,
  text: cells[column] ?? "",
  cells: column === 0 ? [cells[0] ?? "", unquoted(text.replace(FIRST_CELL, ""))] : cells,
});

/**
 * Lines of SMILES and names, in the order that most lines have; blanks, commas, semicolons or bars between them, none of which a
 * SMILES contains.
 *
 * @returns columnIndex -1 where a head lacks the column that is wanted
 */
export function readMoleculeLines(
  rdkit: RDKit,
  text: string,
  wanted: WantedColumns = {},
): Omit<MoleculeList, "column"> & { column?: string } {
  const lines = text.split(/\r\n|\n|\r/).map((line, i) => ({ line: i + 1, text: line.trim() }));
  const uncommented = lines.filter((line) => !line.text.startsWith("#"));
  const rows = withoutBlankEnds(uncommented, isBlankLine).rows.map(
    ({ line, text }): Line => ({ line, text, cells: text.split(BETWEEN_CELLS).map(unquoted) }),
  );
  const looked = rows.filter((row) => !isBlankLine(row)).slice(0, LOOKED_AT);
  const count = (column: number) =>
    new Set(looked.map(({ cells }) => cells[column] ?? "").filter((cell) => isSmiles(rdkit, cell))).size;
  const head = headOf(rdkit, rows[0], wanted);
  const isCertain = head !== undefined && (head.column >= 0 || wanted.smiles !== undefined);
  const column = isCertain ? head.column : Number(count(1) > 2 * count(0));
  const entryOf = (row: Line): Entry => {
    if (isBlankLine(row)) return { line: row.line, text: "", cells: [], broken: EMPTY_ROW };
    return head ? underHead(row, head.names.length, column) : withoutHead(row, column);
  };
  return {
    entries: rows.slice(head ? 1 : 0).map(entryOf),
    ...(column > 0 && { column: String(column + 1) }),
    columnIndex: column,
    ...(head && { names: head.names }),
    comments: lines.length - uncommented.length,
  };
}
