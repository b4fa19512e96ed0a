/** What the command line prints: one JSON document or a table on stdout; progress and remarks on stderr. */

import type { Progress } from "#shared/campaign/job.ts";
import { leftText } from "#shared/campaign/span-text.ts";
import { decimal } from "#shared/decimals.ts";

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const remark = (text: string): void => void process.stderr.write(`${text}\n`);

/** What a document that tells of a cancellation has under `error`. */
export const CANCELLED = { code: "cancelled", message: "Cancelled." } as const;

let hasDocument = false;
/** Whether stdout has its document. */
export const hasPrintedJson = (): boolean => hasDocument;

export function printJson(value: unknown): void {
  hasDocument = true;
  print(JSON.stringify(value, null, 2));
}

/** "embedding CCO (2 of 5 done, about 3 min left)"; without the count where nobody knows how many there will be. */
export function progressWords({ done, total, message, secondsLeft }: Progress): string {
  if (total === null) return message;
  const left = secondsLeft === undefined ? "" : `, ${leftText(secondsLeft)}`;
  return `${message} (${Math.floor(done)} of ${total} done${left})`;
}

/** Progress as one rewritten line on a terminal; elsewhere a line when the phase or its count changes, or work pauses. */
export function progressLine(): (progress: Progress) => void {
  let last = "";
  return (progress) => {
    const { phase, done, message } = progress;
    const text = progressWords(progress);
    const step = message.startsWith("Paused") ? message : `${phase} ${Math.floor(done)}`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
    else if (step !== last) remark(text);
    last = step;
  };
}

/** Ends a rewritten progress line. */
export const endProgress = (): void => {
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
};

export interface TextColumn<Row> {
  title: string;
  align?: "left" | "right";
  text: (row: Row) => string;
}

/** A name of a file may be as long as the file: a screen takes its beginning, JSON and exports all of it. */
const MOST_SHOWN = 500;

export const beginningOf = (text: string): string =>
  text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;

/** Rows as aligned plain text. */
export function formatTable<Row>(columns: readonly TextColumn<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => beginningOf(column.text(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((cell, index) =>
          columns[index]?.align === "right"
            ? cell.padStart(widths[index] ?? 0)
            : cell.padEnd(widths[index] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** A number with fixed decimals, zero without a sign, or a dash where there is none. */
export const fixed = (value: number | null | undefined, decimals: number): string =>
  value === null || value === undefined ? "–" : decimal(value, decimals);
