/** Where keys lead in a grid of cards that stand in rows. */

export interface GridShape {
  /** Of the card that is open; -1 for none. */
  place: number;
  total: number;
  columns: number;
  /** Rows in sight. */
  rows: number;
}

/** How many cards of a width stand side by side: one at least. */
export const columnsIn = (width: number, card: number): number => Math.max(1, Math.floor(width / card));

/** So many places on; undefined for a key that leads nowhere, 0 at an edge. */
export function gridStep(key: string, { place, total, columns, rows }: GridShape): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: columns * rows,
    PageUp: -columns * rows,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const step = steps[key];
  if (step === undefined || total === 0) return undefined;
  if (place < 0) return 1;
  if (Math.abs(step) <= 1 || !Number.isFinite(step)) return step;
  // Up and down stay in their column; the last row may have none there, and its last card is next then.
  if (place + step < 0) return key === "ArrowUp" ? 0 : -Math.floor(place / columns) * columns;
  if (place + step < total) return step;
  const isLastRow = Math.floor(place / columns) === Math.floor((total - 1) / columns);
  return isLastRow ? 0 : total - 1 - place;
}
