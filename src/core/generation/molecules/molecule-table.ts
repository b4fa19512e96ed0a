/** Which column of a table holds its molecules, what stands between its cells, and whether it has a head. */
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { DomainError } from "#shared/errors.ts";
import { type CsvRow, isBlank, namedSeparator, readCsv, SEPARATORS } from "./read-csv.ts";

export interface Entry {
  line: number;
  text: string;
  /** Why it cannot be read, known from the table alone. */
  broken?: string;
  /** All cells of its row, that of the molecule among them. */
  cells?: readonly string[];
}

export interface MoleculeList {
  entries: Entry[];
  /** The head of the column, or its number from 1. */
  column: string;
  /** Which column it is, from 0. */
  columnIndex: number;
  /** Heads of all columns; absent where the table has no head. */
  names?: readonly string[];
  /** Lines that begin with # and hold no molecule, and titles above the head. */
  comments: number;
  /** Rows of separators alone after the last that holds something: spreadsheets write them, and they are no rows. */
  emptyAtEnd?: number;
}

/** Why a row between others holds nothing. */
export const EMPTY_ROW = "an empty row";

/** Rows by which column and separator are chosen. */
export const LOOKED_AT = 50;
/** Characters that hold them. */
const SAMPLE_LENGTH = 200_000;
/** So much of a row is shown in a message. */
const HEAD_LENGTH = 200;

/** How much the name of a column speaks for its holding the molecules; the first that fits counts. */
const NAMES: readonly (readonly [RegExp, number])[] = [
  [/^smiles$/, 8],
  [
    /^(?:canonical|isomeric|iso|can|std|standard|standardi[sz]ed|clean|rdkit)?[ _-]?smiles?(?:[ _-]?(?:string|code|canonical|isomeric))?$|^smi$/,
    6,
  ],
  [/smiles/, 3],
  [/struct|strukt|estruct|strutt|^mol$|mol[eé][ck]/, 2],
];
export const weightOf = (name: string): number =>
  NAMES.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1] ?? 1;
/** From here on a name alone tells that its column holds molecules. */
export const CERTAIN = 6;

interface Choice {
  column: number;
  /** Whether the first row is a head. */
  hasHead: boolean;
  /** Of different molecules in the column, times the weight of its name. */
  score: number;
  names: readonly string[];
}

/**
 * The column whose molecules and name speak most for it, by the separator that makes that most.
 *
 * @param wanted head of the column, where a person says it: upper and lower case are alike
 * @throws DomainError invalid-input where there is no such column, and where none holds molecules
 */
export function readMoleculeTable(rdkit: RDKit, text: string, file: string, wanted?: string): MoleculeList {
  const separator = namedSeparator(text);
  const sample = text.slice(0, SAMPLE_LENGTH);
  const choices = (separator === undefined ? SEPARATORS : [separator]).map((separator) => {
    const filledRows = readCsv(sample, separator).filter((row) => !isBlank(row));
    const rows = withoutComments(filledRows).rows.slice(0, LOOKED_AT);
    return {
      separator,
      choice: wanted === undefined ? choose(rdkit, rows) : named(rdkit, rows, wanted),
      rows,
    };
  });
  const best = choices.reduce((one, other) => (other.choice.score > one.choice.score ? other : one));
  const { column, hasHead, names, score } = best.choice;
  if (wanted !== undefined && column < 0) throw noColumn(file, wanted, names);
  if (score === 0 && wanted === undefined && names.length > 1 && weightOf(names[column] ?? "") < CERTAIN)
    throw new DomainError(
      "invalid-input",
      `${file}: expected a column of SMILES, best with "smiles" in its head, got none in the first ${best.rows.length} rows; the first is: ${(best.rows[0]?.cells ?? []).join(" | ").slice(0, HEAD_LENGTH)}.`,
      { columns: [...names] },
    );
  const { rows: all, comments } = withoutComments(readCsv(text, best.separator), column);
  const { rows, after } = withoutBlankEnds(all, isBlank);
  const emptyAtEnd = after.filter(({ cells }) => cells.length > 1).length;
  return {
    entries: rows
      .slice(hasHead ? 1 : 0)
      .map((row) => entryOf(row, column, hasHead ? names.length : undefined)),
    column: hasHead ? names[column]! : String(column + 1),
    columnIndex: column,
    ...(hasHead && { names }),
    comments,
    ...(emptyAtEnd > 0 && { emptyAtEnd }),
  };
}

/** Rows from the first to the last that holds something: blank ones between them are rows, those around them are not. */
export function withoutBlankEnds<T>(
  all: readonly T[],
  isBlankRow: (row: T) => boolean,
): { rows: T[]; after: T[] } {
  const first = all.findIndex((row) => !isBlankRow(row));
  const end = all.findLastIndex((row) => !isBlankRow(row)) + 1;
  return { rows: all.slice(Math.max(first, 0), end), after: all.slice(end) };
}

/** Where a head is, whatever its case and the blanks round it; -1 where it is not. */
export const columnNamed = (names: readonly string[], wanted: string): number => {
  const plain = (name: string) => name.trim().toLowerCase();
  const exact = names.indexOf(wanted);
  return exact >= 0 ? exact : names.findIndex((name) => plain(name) === plain(wanted));
};

export const noColumn = (file: string, wanted: string, names: readonly string[]): DomainError =>
  new DomainError(
    "invalid-input",
    `${file}: expected a column "${wanted}", got ${names.map((name) => `"${name}"`).join(", ") || "none"}.`,
    { columns: [...names] },
  );

/** A column that a person named; of two separators the one by which more of its cells are molecules. */
function named(rdkit: RDKit, rows: readonly CsvRow[], wanted: string): Choice {
  const [first, ...others] = rows;
  const names = first ? headOf(first.cells, others) : [];
  const column = columnNamed(names, wanted);
  const found = others.filter(({ cells }) => isSmiles(rdkit, cells[column] ?? "")).length;
  return { column, hasHead: true, score: column < 0 ? -1 : found, names };
}

/**
 * Lines that begin with # are comments above the head, and below it where they have no cell for the molecule: a name may begin
 * with # too. A head may itself begin with it.
 */
function withoutComments(all: readonly CsvRow[], column = 1): { rows: CsvRow[]; comments: number } {
  const isMarked = ({ cells: [first = ""] }: CsvRow) => first.startsWith("#");
  const unmarked = ({ line, cells: [first = "", ...others] }: CsvRow): CsvRow => ({
    line,
    cells: [first.replace(/^#\s*/, ""), ...others],
  });
  const isHead = (row: CsvRow) => unmarked(row).cells.some((name) => weightOf(name) >= CERTAIN);
  const titles = titleRows(all);
  const rows = all.filter((row, k) => k >= titles || isBlank(row));
  const kept: CsvRow[] = [];
  let head: CsvRow | undefined;
  for (const row of rows) {
    if (!isMarked(row)) kept.push(row);
    else if (!head && isHead(row)) kept.push(unmarked(row));
    else if (head && (row.cells[column] ?? "") !== "" && row.cells.length >= head.cells.length)
      kept.push(row);
    if (!head && !isBlank(row)) head = kept.at(-1);
  }
  return { rows: kept, comments: all.length - kept.length };
}

/** Titles and notes stand no further down. */
const MAX_TITLE_ROWS = 20;

/** Rows above a head that is certain where each of them has fewer cells than it, as spreadsheets have titles there. */
function titleRows(rows: readonly CsvRow[]): number {
  const head = rows
    .slice(0, MAX_TITLE_ROWS)
    .findIndex(({ cells }) => cells.some((name) => weightOf(name) >= CERTAIN));
  const isShorter = ({ cells }: CsvRow) => filled(cells) < filled(rows[head]!.cells);
  return head > 0 && rows.slice(0, head).every(isShorter) ? head : 0;
}

function choose(rdkit: RDKit, rows: readonly CsvRow[]): Choice {
  const [first, ...others] = rows;
  if (!first) return { column: 0, hasHead: false, score: 0, names: [] };
  const names = headOf(first.cells, others);
  const molecules = new Map<string, boolean>();
  const isMolecule = (text = ""): boolean => {
    const known = molecules.get(text) ?? isSmiles(rdkit, text);
    molecules.set(text, known);
    return known;
  };
  const scores = names.map((name, column) => {
    const found = new Set(others.map(({ cells }) => cells[column] ?? "").filter(isMolecule));
    if (isMolecule(first.cells[column])) found.add(first.cells[column]!);
    return found.size * weightOf(name);
  });
  // Names that are certain win over other columns unless those hold molecules in half of the rows and they none.
  const certain = names.findIndex((name) => weightOf(name) >= CERTAIN);
  const best = scores.indexOf(Math.max(...scores));
  const column = certain >= 0 && scores[certain] === 0 && scores[best]! < others.length / 2 ? certain : best;
  const hasHead =
    !isMolecule(first.cells[column]) &&
    (weightOf(names[column]!) > 1 || isHeadOfNumbers(first.cells, others));
  return { column, hasHead, score: scores[column]!, names };
}

/** A head without a name for the numbers of the rows, as R writes it, gets an empty one. */
function headOf(cells: readonly string[], others: readonly CsvRow[]): readonly string[] {
  const isShort = others.length > 0 && others.every((row) => filled(row.cells) === cells.length + 1);
  return isShort ? ["", ...cells] : cells;
}

/** Cells up to the last that is not empty. */
const filled = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell !== "") + 1;

const isNumber = (text = ""): boolean => /^[+-]?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?$/i.test(text);

/** Whether a column is of numbers but for its first row. */
const isHeadOfNumbers = (cells: readonly string[], others: readonly CsvRow[]): boolean =>
  others.length > 0 &&
  cells.some(
    (name, column) => name !== "" && !isNumber(name) && others.every((row) => isNumber(row.cells[column])),
  );

/** More cells than the head has, before or after the molecule, leave open which is it; after the first cell they do not. */
function entryOf({ line, cells }: CsvRow, column: number, width: number | undefined): Entry {
  if (isBlank({ cells })) return { line, text: "", cells: [], broken: EMPTY_ROW };
  const text = plainCell(cells[column] ?? "");
  const isWide = width !== undefined && column > 0 && filled(cells) > width;
  return { line, text, cells, ...(isWide && { broken: "more cells than the head" }) };
}

/** A cell without single quotes around it and what CXSMILES appends: models learn neither labels nor enhanced stereo. */
const plainCell = (cell: string): string => cell.replace(/\s+\|[^|]*\|$/, "").replace(/^'(.*)'$/, "$1");

export function isSmiles(rdkit: RDKit, text: string): boolean {
  if (text === "") return false;
  const parsed = parseSmiles(rdkit, plainCell(text));
  if (isInvalid(parsed)) return false;
  parsed[Symbol.dispose]();
  return true;
}
