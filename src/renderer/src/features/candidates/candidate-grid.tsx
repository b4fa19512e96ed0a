/** Candidates as cards: the same rows as the table's, in the same order. */
import { NonIdealState, SegmentedControl } from "@blueprintjs/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { VerdictTag } from "../../components/state-tag.tsx";
import { Structure2d } from "../../components/structure-2d.tsx";
import { Structure3dPicture } from "../../components/structure-3d-picture.tsx";
import { useKeys } from "../../hooks/use-keys.ts";
import { useStored } from "../../hooks/use-stored.ts";
import { NONE } from "../../text/format.ts";
import { smilesOf } from "../../text/smiles-of.ts";
import type { CandidateTableViewProps } from "./candidate-table-view.tsx";
import { CandidateStateCell } from "./columns.tsx";
import { columnsIn, gridStep } from "./grid-steps.ts";
import { OrderChoice } from "./order-choice.tsx";

/** Least width and height of a card, pixels. */
const SIZES = {
  small: { label: "S", width: 132, height: 142 },
  medium: { label: "M", width: 196, height: 216 },
  large: { label: "L", width: 300, height: 316 },
} as const;
type Size = keyof typeof SIZES;
const isSize = (text: string): text is Size => Object.hasOwn(SIZES, text);

const GAP = 8;
const OVERSCAN = 3;

/** Width inside an element, pixels; 0 until it is there. */
function useInnerWidth() {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  return { place, width };
}

interface CardProps extends Pick<CandidateTableViewProps, "table" | "onSelect" | "onToggle"> {
  row: CandidateRow;
  place: number;
  total: number;
  isIn3d: boolean;
  isOpen: boolean;
  isChosen: boolean;
}

/** The number of the property, as the table writes it. */
function Value({ table, index }: { table: CandidateTableViewProps["table"]; index: number }) {
  const row = table.getRowModel().rowsById[String(index)];
  const cell = row?.getAllCells().find(({ column }) => column.id === "value");
  if (!cell) return NONE;
  return (
    <>
      <span className="muted">{String(cell.column.columnDef.header)}</span>
      <table.FlexRender cell={cell} />
    </>
  );
}

function Card({ table, row, place, total, isIn3d, isOpen, isChosen, onSelect, onToggle }: CardProps) {
  const { proposal, identity, rank, review } = row;
  const { index, given } = proposal;
  const flat = identity ? (
    <Structure2d smiles={identity.canonicalSmiles} />
  ) : (
    <span className="structure-2d" />
  );
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys.
    <div
      id={`card-${place}`}
      role="option"
      aria-selected={isChosen}
      aria-current={isOpen || undefined}
      aria-setsize={total}
      aria-posinset={place + 1}
      className={`card row-${row.state}`}
      data-candidate={index}
      onClick={({ ctrlKey, metaKey }) => (ctrlKey || metaKey ? onToggle(index) : onSelect(index))}
    >
      <span className="card-head">
        <span title="Rank">{rank === null ? "" : `#${rank}`}</span>
        {review ? (
          <VerdictTag verdict={review.verdict} />
        ) : (
          row.state !== "evaluated" && <CandidateStateCell row={row} />
        )}
      </span>
      {isIn3d && identity ? (
        <Structure3dPicture id={row.id} label={`3D structure of ${smilesOf(row)}`} instead={flat} />
      ) : (
        flat
      )}
      <span className="card-name" title={smilesOf(row)}>
        {given?.name ?? smilesOf(row)}
      </span>
      <span className="card-value">
        <Value table={table} index={index} />
      </span>
    </div>
  );
}

/** Every candidate, however many: only the cards in sight are in the page. */
export function CandidateGrid({
  table,
  sorts,
  onSorts,
  pages,
  selected,
  onSelect,
  chosen,
  onToggle,
  onWalk,
  empty,
}: CandidateTableViewProps) {
  const { total, place, isAwaited, onSight } = pages;
  const [stored, remember] = useStored("card-size");
  const size = isSize(stored) ? stored : "medium";
  const [depth, rememberDepth] = useStored("card-structures");
  const isIn3d = depth === "3d";
  useKeys([
    {
      combo: "d",
      label: isIn3d ? "Cards with structures in 2D" : "Cards with structures in 3D",
      run: () => rememberDepth(isIn3d ? "" : "3d"),
    },
  ]);
  const { place: scroller, width } = useInnerWidth();
  const columns = columnsIn(width - GAP, SIZES[size].width + GAP);
  const rowHeight = SIZES[size].height + GAP;
  const virtual = useVirtualizer({
    count: Math.ceil(total / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    paddingStart: GAP,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was measured is of the height before.
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  const line = Math.floor(place / columns);
  useEffect(() => {
    if (line >= 0 && width > 0) virtual.scrollToIndex(line, { align: "auto" });
  }, [line, width, virtual]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is another function at each turn and does the same.
  useEffect(() => onSight(first * columns, (last + 1) * columns - 1), [first, last, columns]);
  const walk = (event: KeyboardEvent) => {
    const rows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight));
    const step = gridStep(event.key, { place, total, columns, rows });
    if (step === undefined) return;
    event.preventDefault();
    if (step !== 0) onWalk(step);
  };
  const cards = items.flatMap(({ index, start }) =>
    Array.from({ length: Math.min(columns, total - index * columns) }, (_, k) => ({
      at: index * columns + k,
      top: start,
      left: k,
    })),
  );
  // Scrolled far away, or not yet fetched, the card that is open is not there to be named.
  const isOpenInPage = cards.some(({ at }) => at === place && pages.rows.has(at));
  return (
    <>
      <div className="grid-tools">
        <OrderChoice table={table} sorts={sorts} onSorts={onSorts} />
        <SegmentedControl
          size="small"
          aria-label="Structures of the cards"
          options={[
            { value: "", label: "2D" },
            { value: "3d", label: "3D" },
          ]}
          value={isIn3d ? "3d" : ""}
          onValueChange={rememberDepth}
        />
        <SegmentedControl
          size="small"
          aria-label="Size of the cards"
          options={Object.entries(SIZES).map(([value, { label }]) => ({ value, label }))}
          value={size}
          onValueChange={remember}
        />
      </div>
      <div
        ref={scroller}
        className={`card-scroll cards-${size}`}
        role="listbox"
        aria-label="Candidates. Arrow keys walk through them."
        aria-multiselectable
        aria-activedescendant={isOpenInPage ? `card-${place}` : undefined}
        tabIndex={0}
        onKeyDown={walk}
      >
        <div role="presentation" className="card-space" style={{ height: virtual.getTotalSize() }}>
          {cards.map(({ at, top, left }) => {
            const row = pages.rows.get(at);
            const style = {
              top,
              left: `calc(${GAP}px + ${left} * (100% - ${GAP}px) / ${columns})`,
              width: `calc((100% - ${GAP}px) / ${columns} - ${GAP}px)`,
              height: SIZES[size].height,
            };
            return (
              <div key={at} role="presentation" className="card-place" style={style}>
                {row && (
                  <Card
                    {...{ table, row, total, isIn3d, onSelect, onToggle }}
                    place={at}
                    isOpen={row.proposal.index === selected}
                    isChosen={chosen.has(row.proposal.index)}
                  />
                )}
              </div>
            );
          })}
        </div>
        {total === 0 && !isAwaited && <NonIdealState className="table-empty" description={empty} />}
      </div>
    </>
  );
}
