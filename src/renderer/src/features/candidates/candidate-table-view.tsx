import { NonIdealState } from "@blueprintjs/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { RankingDirection } from "#shared/campaign/campaign.ts";
import type { RegisteredProperty } from "#shared/properties/find.ts";
import type { Sort } from "../../hooks/route.ts";
import { bestOf } from "../../text/summary.ts";
import { withColumnStep, withPlaceOf } from "./column-order.ts";
import { explanations } from "./columns.tsx";
import { sortsAfter, sortWords } from "./sorts.ts";
import type { RowsInSight } from "./use-candidate-pages.ts";
import type { CandidateTableModel } from "./use-candidate-table.ts";

const ROW_HEIGHT = 84;
const HEADER_HEIGHT = 32;
const OVERSCAN = 6;

export interface CandidateTableViewProps {
  table: CandidateTableModel;
  sorts: readonly Sort[];
  onSorts(sorts: readonly Sort[]): void;
  /** Of columns from left to right. */
  onColumns(order: readonly string[]): void;
  /** The filter of a column's numbers; null of a column of none. */
  rangeFilter(column: string): ReactNode;
  /** Whether a person chose the columns: all of them are shown then, however narrow the table. */
  hasOwnColumns: boolean;
  pages: RowsInSight;
  /** What the order is by. */
  property: RegisteredProperty;
  /** What rank 1 is. */
  direction: RankingDirection;
  /** Index of the proposal that is open beside the table. */
  selected: number | null;
  onSelect(index: number): void;
  /** Indices of those that are chosen, for what is done with several. */
  chosen: ReadonlySet<number>;
  /** Chooses one, or no more. */
  onToggle(index: number): void;
  /** So many places on. */
  onWalk(step: number): void;
  /** What to say while there is no row. */
  empty: string;
}

/** What is drawn by the mouse from one head to another. */
const COLUMN = "application/x-ansatz-column";

const STEP_OF: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** How a head is moved: drawn to another's place, or by Alt with an arrow key. */
function moving(id: string, order: readonly string[], onColumns: (order: readonly string[]) => void) {
  return {
    draggable: true,
    onDragStart: ({ dataTransfer }: DragEvent) => dataTransfer.setData(COLUMN, id),
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(COLUMN)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      onColumns(withPlaceOf(order, event.dataTransfer.getData(COLUMN), id));
    },
    onKeyDown: (event: KeyboardEvent) => {
      const step = event.altKey ? STEP_OF[event.key] : undefined;
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      onColumns(withColumnStep(order, id, step));
    },
  };
}

const SORT_HINT = "Sorts; with Shift, those that are equal by what they are sorted by already";
const MOVE_HINT = "Alt with ← or → moves the column";

type Header = ReturnType<CandidateTableModel["getHeaderGroups"]>[number]["headers"][number];
type Row = ReturnType<CandidateTableModel["getRowModel"]>["rows"][number];

interface HeaderCellProps
  extends Pick<
    CandidateTableViewProps,
    "table" | "sorts" | "onSorts" | "onColumns" | "rangeFilter" | "property" | "direction"
  > {
  header: Header;
}

/** The mark of a column that the order is by, numbered where it is by several. */
function SortMark({ sorts, place }: { sorts: readonly Sort[]; place: number }) {
  const { descending = false } = sorts[place] ?? {};
  const mark = place < 0 ? "" : descending ? "▼" : "▲";
  return (
    <>
      <span className="sort-mark" aria-hidden="true">
        {mark}
        {mark !== "" && sorts.length > 1 && <small>{place + 1}</small>}
      </span>
      <span className="unseen">{sortWords(place, descending)}</span>
    </>
  );
}

function HeaderCell({
  table,
  header,
  sorts,
  onSorts,
  onColumns,
  rangeFilter,
  property,
  direction,
}: HeaderCellProps) {
  const order = table.getAllLeafColumns().map(({ id }) => id);
  const { column } = header;
  const place = sorts.findIndex((sort) => sort.column === column.id);
  // Of one column at a time: the first key.
  const ariaSort = place === 0 ? (sorts[0]?.descending ? "descending" : "ascending") : undefined;
  const explanation = explanations(property)[column.id];
  return (
    <th
      className={`cell-${column.id}`}
      scope="col"
      aria-sort={ariaSort}
      {...moving(column.id, order, onColumns)}
      title={[explanation, column.getCanSort() && SORT_HINT, MOVE_HINT].filter(Boolean).join("\n")}
    >
      <span className="head-parts">
        {column.getCanSort() ? (
          <button
            type="button"
            className="sort-button"
            onClick={({ shiftKey }) => onSorts(sortsAfter(sorts, column.id, shiftKey))}
          >
            <table.FlexRender header={header} />
            {column.id === "rank" && <small className="rank-hint">{bestOf(property, direction)}</small>}
            <SortMark sorts={sorts} place={place} />
          </button>
        ) : (
          <table.FlexRender header={header} />
        )}
        {rangeFilter(column.id)}
      </span>
    </th>
  );
}

interface BodyRowProps extends Pick<CandidateTableViewProps, "table" | "onSelect"> {
  isChosen: boolean;
  onChoose(): void;
  row: Row;
  /** From 0 for the first row below the header. */
  place: number;
  isSelected: boolean;
}

function BodyRow({ table, row, place, isSelected, isChosen, onSelect, onChoose }: BodyRowProps) {
  const { proposal, state } = row.original;
  return (
    <tr
      aria-rowindex={place + 2}
      className={isSelected ? "row-selected" : `row-${state}`}
      aria-current={isSelected || undefined}
      data-candidate={proposal.index}
      data-chosen={isChosen || undefined}
      onClick={({ ctrlKey, metaKey }) => (ctrlKey || metaKey ? onChoose() : onSelect(proposal.index))}
    >
      {row.getAllCells().map((cell) => (
        <td key={cell.id} className={`cell-${cell.column.id}`}>
          <table.FlexRender cell={cell} />
        </td>
      ))}
    </tr>
  );
}

/** The places in sight and the heights of those above and below; scrolls to the one that is open, if there is one. */
function useVirtualRows({ total, place, onSight }: RowsInSight) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    // The header is part of what scrolls and stays at the top: rows begin beneath it and must not stop under it.
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  useEffect(() => {
    if (place >= 0) virtual.scrollToIndex(place, { align: "auto" });
  }, [place, virtual]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is another function at each turn and does the same.
  useEffect(() => onSight(first, last), [first, last]);
  const above = (items[0]?.start ?? HEADER_HEIGHT) - HEADER_HEIGHT;
  const below = virtual.getTotalSize() + HEADER_HEIGHT - (items.at(-1)?.end ?? HEADER_HEIGHT);
  return { scroller, items, above, below };
}

/** How many places a key leads on; undefined for a key that leads nowhere. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Every candidate, however many: only the rows in sight are in the page. */
export function CandidateTableView({
  table,
  sorts,
  onSorts,
  onColumns,
  rangeFilter,
  hasOwnColumns,
  pages,
  property,
  direction,
  selected,
  onSelect,
  chosen,
  onToggle,
  onWalk,
  empty,
}: CandidateTableViewProps) {
  const { total, isAwaited } = pages;
  const rows = new Map(table.getRowModel().rows.map((row) => [row.original.proposal.index, row]));
  const { scroller, items, above, below } = useVirtualRows(pages);

  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || total === 0) return;
    event.preventDefault();
    onWalk(step);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region around the table, named for its keys.
    <div
      className="table-scroll"
      ref={scroller}
      role="region"
      aria-label="Candidates. Arrow keys walk through them."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and takes the arrow keys.
      tabIndex={0}
      onKeyDown={walk}
    >
      <table className={`candidate-table ${hasOwnColumns ? "own-columns" : ""}`} aria-rowcount={total + 1}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => (
                <HeaderCell
                  key={header.id}
                  table={table}
                  sorts={sorts}
                  onSorts={onSorts}
                  onColumns={onColumns}
                  rangeFilter={rangeFilter}
                  header={header}
                  property={property}
                  direction={direction}
                />
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {above > 0 && <tr className="spacer" style={{ height: above }} />}
          {items.map((item) => {
            const candidate = pages.rows.get(item.index);
            const row = candidate && rows.get(candidate.proposal.index);
            return row ? (
              <BodyRow
                key={row.id}
                table={table}
                row={row}
                place={item.index}
                isSelected={row.original.proposal.index === selected}
                isChosen={chosen.has(row.original.proposal.index)}
                onChoose={() => onToggle(row.original.proposal.index)}
                onSelect={onSelect}
              />
            ) : (
              <tr key={`at ${item.index}`} className="spacer" style={{ height: ROW_HEIGHT }} />
            );
          })}
          {below > 0 && <tr className="spacer" style={{ height: below }} />}
        </tbody>
      </table>
      {total === 0 && !isAwaited && <NonIdealState className="table-empty" description={empty} />}
    </div>
  );
}
