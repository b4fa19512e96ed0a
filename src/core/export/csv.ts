/** Comma-separated values for spreadsheets and scripts. */
import { stringify } from "csv-stringify/sync";
import type { Cell, ExportRow } from "./cells.ts";
import { columnsOf } from "./columns.ts";

export interface NamedColumn<Row> {
  name: string;
  value: (row: Row) => Cell;
}

/** A spreadsheet takes text that begins with one of these for a formula. */
const FORMULA_START = /^[=+\-@\t\r\n]/;

/**
 * One line a row under a line of column names; UTF-8 without a byte-order mark, lines end in LF, null is empty.
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
 */
export function writeCsv<Row>(rows: readonly Row[], columns: readonly NamedColumn<Row>[]): string {
  const lines = rows.map((row) => columns.map(({ value }) => guarded(value(row))));
  return stringify([columns.map(({ name }) => name), ...lines]);
}

/** Every column of every row. */
export const toCsv = (rows: readonly ExportRow[]): string => writeCsv(rows, columnsOf(rows));

const guarded = (cell: Cell): Cell =>
  typeof cell === "string" && FORMULA_START.test(cell) ? `'${cell}` : cell;
