/** Comma-separated values for spreadsheets and scripts. */
import { stringify } from "csv-stringify/sync";
import { type Cell, COLUMNS, type ExportRow } from "./columns.ts";

/** A spreadsheet takes text that begins with one of these for a formula. */
const FORMULA_START = /^[=+\-@\t\r\n]/;

/**
 * One line a row under a line of column names; UTF-8 without a byte-order mark, lines end in LF, null is empty.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
 */
export function toCsv(rows: readonly ExportRow[]): string {
  const lines = rows.map((row) => COLUMNS.map(({ value }) => guarded(value(row))));
  return stringify([COLUMNS.map(({ name }) => name), ...lines]);
}

const guarded = (cell: Cell): Cell =>
  typeof cell === "string" && FORMULA_START.test(cell) ? `'${cell}` : cell;
