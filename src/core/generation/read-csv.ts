/** Tables as text: comma, semicolon or tabulator between the cells (RFC 4180 but for the separator). */

export interface CsvRow {
  /** Where the row begins, from 1. */
  line: number;
  cells: string[];
}

/** A quote that is not closed after so many characters is a character like others, such as the inches of a tube. */
const LONGEST_QUOTED = 10_000;

/**
 * The rows that hold something and are no comment; the separator is the first of the three in the first of them.
 *
 * A cell that begins with a quote ends at the next single one; it may hold separators and line ends, and two quotes for one.
 */
export function readCsv(text: string): CsvRow[] {
  const head = text.split(/\r\n|\n|\r/).find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
  const separator = /[,;\t]/.exec(head)?.[0] ?? ",";
  const quoted = `[ ]*"((?:[^"]|""){0,${LONGEST_QUOTED}})"[ ]*(?=[${separator}\r\n]|$)`;
  const cell = new RegExp(`(?:${quoted}|([^${separator}\r\n]*))(${separator}|\r\n|\n|\r|$)`, "y");
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let line = 1;
  while (cell.lastIndex < text.length) {
    const [whole, inQuotes, plain, end] = cell.exec(text)!;
    row.cells.push((inQuotes?.replaceAll('""', '"') ?? plain!).trim());
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === separator) continue;
    rows.push(row);
    row = { line, cells: [] };
  }
  if (row.cells.length > 0) rows.push(row);
  return rows.filter(({ cells }) => cells.some((one) => one !== "") && !cells[0]!.startsWith("#"));
}
