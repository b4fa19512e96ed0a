import type { ReactNode } from "react";
import { integer } from "../../text/format.ts";

export interface BookColumn<Row> {
  title: string;
  cell(row: Row): ReactNode;
  isNumber?: boolean;
}

interface BookTableProps<Row> {
  label: string;
  columns: readonly BookColumn<Row>[];
  rows: readonly Row[];
  keyOf(row: Row, k: number): string;
  /** That lists every row. */
  command: string;
  /** Where there are no rows. */
  empty: string;
}

/** A book grows with every circuit; what is drawn of it does not. */
const MOST_ROWS = 500;

/** The newest rows of a book, newest first; what is wide scrolls within it. */
export function BookTable<Row>({ label, columns, rows, command, keyOf, empty }: BookTableProps<Row>) {
  if (rows.length === 0) return <p className="muted">{empty}</p>;
  const shown = rows.slice(-MOST_ROWS).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by key.
    <section className="book" aria-label={label} tabIndex={0}>
      {shown.length < rows.length && (
        <p className="muted">
          The newest {integer(shown.length)} of {integer(rows.length)}; <code>{command}</code> lists all.
        </p>
      )}
      <table className="export-list">
        <thead>
          <tr>
            {columns.map(({ title, isNumber }) => (
              <th key={title} scope="col" className={isNumber ? "book-number" : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, k) => (
            <tr key={keyOf(row, k)}>
              {columns.map(({ title, cell, isNumber }) => (
                <td key={title} className={isNumber ? "book-number" : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Enough to recognise a name or a hash by; the whole one is what is pointed at. */
export const Short = ({ text }: { text: string | null }) =>
  text === null ? "–" : <code title={text}>{text.slice(0, 12)}</code>;
