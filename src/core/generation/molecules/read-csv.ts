/** Tables as text: one character between the cells (RFC 4180 but for that character). */

export interface CsvRow {
  /** Where the row begins, from 1. */
  line: number;
  cells: string[];
}

/** A quote that is not closed after so many characters is a character like others, such as the inches of a tube. */
const LONGEST_QUOTED = 10_000;

/** Whether nothing stands in a row, be there cells or not. */
export const isBlank = ({ cells }: Pick<CsvRow, "cells">): boolean => cells.every((cell) => cell === "");

/** What stands between the cells of tables; where several fit the first is meant. */
export const SEPARATORS = [",", ";", "\t", "|"] as const;

/** "sep=;": spreadsheets write it above the head. */
const DIRECTIVE = /^\s*"?sep=(.)"?[ \t]*(?:\r\n|\n|\r|$)/i;

/** The separator that the file itself names. */
export const namedSeparator = (text: string): string | undefined => DIRECTIVE.exec(text)?.[1];

/**
 * All rows, those whose cells are empty among them. A cell that begins with a quote ends at the next single one; it may hold separators and line ends,
 * and two quotes for one.
 */
export function readCsv(text: string, separator: string): CsvRow[] {
  const inClass = separator.replace(/[\\\]^-]/, "\\$&");
  const quoted = `[ ]*"((?:[^"]|""){0,${LONGEST_QUOTED}})"[ ]*(?=[${inClass}\r\n]|$)`;
  const cell = new RegExp(`(?:${quoted}|([^${inClass}\r\n]*))([${inClass}]|\r\n|\n|\r|$)`, "y");
  const directive = DIRECTIVE.exec(text)?.[0] ?? "";
  cell.lastIndex = directive.length;
  const rows: CsvRow[] = [];
  let line = directive === "" ? 1 : 2;
  let row: CsvRow = { line, cells: [] };
  while (cell.lastIndex < text.length) {
    // The pattern matches everywhere: a plain cell may be empty.
    const [whole, inQuotes, plain = "", end] = cell.exec(text)!;
    row.cells.push((inQuotes?.replaceAll('""', '"') ?? plain).trim());
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === separator) continue;
    rows.push(row);
    row = { line, cells: [] };
  }
  if (row.cells.length > 0) rows.push(row);
  return rows;
}
