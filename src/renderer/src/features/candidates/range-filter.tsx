/** Candidates narrowed by a range of a column's numbers, chosen where its histogram is seen. */
import { Button, InputGroup, PopoverNext, PopupKind, Tag } from "@blueprintjs/core";
import { Filter } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import type { CandidateOrder } from "#shared/campaign/candidate-page.ts";
import type { Histogram } from "#shared/campaign/histogram.ts";
import type { ColumnRange } from "../../hooks/route.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import type { PlotColumn } from "./plot-columns.ts";
import { endText, rangeText, toStored } from "./range-text.ts";

/** Which candidates: those of the table, without the range of the column itself. */
export type RangesAsked = Pick<CandidateOrder, "campaignId" | "view" | "text" | "viewer" | "ranges">;

export interface RangeColumn extends PlotColumn {
  /** Of the table's column. */
  readonly column: string;
}

interface RangeFilterProps {
  column: RangeColumn;
  asked: RangesAsked;
  range: ColumnRange | undefined;
  onRange(range: ColumnRange | undefined): void;
}

const WIDTH = 240;
const HEIGHT = 72;

/** Bars of the candidates that are there, those within the range brighter. */
function Bars({
  histogram: { edges, counts },
  range,
}: {
  histogram: Histogram;
  range: ColumnRange | undefined;
}) {
  const most = Math.max(1, ...counts);
  const width = WIDTH / Math.max(1, counts.length);
  return (
    <svg
      className="range-bars"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      {counts.map((count, k) => {
        const height = (count / most) * HEIGHT;
        const [low = 0, high = 0] = [edges[k], edges[k + 1]];
        const isWithin = high >= (range?.from ?? low) && low <= (range?.to ?? high);
        return (
          <rect
            key={low}
            className={isWithin ? "bar-within" : "bar"}
            x={k * width}
            y={HEIGHT - height}
            width={Math.max(1, width - 1)}
            height={height}
          />
        );
      })}
    </svg>
  );
}

function RangeForm({ column, asked, range, onRange }: RangeFilterProps) {
  const { data } = useQuery({
    ...api.candidates.histogram.queryOptions({ input: { ...asked, key: column.key } }),
    ...{ staleTime: 0, gcTime: 60_000 },
  });
  const here = data?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
  const end = (name: "from" | "to") => (
    <InputGroup
      size="small"
      type="number"
      step="any"
      aria-label={`${column.title}, ${name}`}
      placeholder={endText(column, name === "from" ? data?.edges[0] : data?.edges.at(-1), data)}
      defaultValue={endText(column, range?.[name], data)}
      onChange={({ currentTarget: { value } }) => {
        const number = value.trim() === "" ? null : toStored(column, Number(value));
        const next = {
          column: column.column,
          from: range?.from ?? null,
          to: range?.to ?? null,
          [name]: number,
        };
        onRange(next.from === null && next.to === null ? undefined : next);
      }}
    />
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="range-form" role="group" aria-label={`Range of ${column.title}`}>
      <b>{column.title}</b>
      {data && <Bars histogram={data} range={range} />}
      <span className="range-ends">
        {end("from")}–{end("to")}
      </span>
      <span className="muted" role="status">
        {here === 0 ? "None has this number." : `${integer(here)} have this number.`}
      </span>
    </div>
  );
}

/** In the head of a column. */
export function RangeFilter(props: RangeFilterProps) {
  const { column, range } = props;
  return (
    <PopoverNext
      content={<RangeForm {...props} />}
      placement="bottom"
      animation="minimal"
      arrow={false}
      popupKind={PopupKind.DIALOG}
    >
      <Button
        className="range-button"
        size="small"
        variant="minimal"
        icon={<Filter size={10} />}
        intent={range ? "primary" : "none"}
        active={range !== undefined}
        aria-label={`Range of ${column.title}`}
      />
    </PopoverNext>
  );
}

interface RangeTagsProps {
  columns: readonly RangeColumn[];
  ranges: readonly ColumnRange[];
  onRanges(ranges: readonly ColumnRange[]): void;
}

/** The ranges that hold, each with a way to let it go. */
export function RangeTags({ columns, ranges, onRanges }: RangeTagsProps) {
  if (ranges.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="range-tags" role="group" aria-label="Ranges">
      {ranges.map((range) => {
        const column = columns.find((one) => one.column === range.column);
        if (!column) return null;
        return (
          <Tag
            key={range.column}
            minimal
            intent="primary"
            onRemove={() => onRanges(ranges.filter((one) => one !== range))}
          >
            {rangeText(column, range)}
          </Tag>
        );
      })}
    </div>
  );
}
