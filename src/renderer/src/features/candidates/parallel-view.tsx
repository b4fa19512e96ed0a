/** Several numbers of each candidate as a line through axes side by side; what is chosen on an axis is a range of the table. */
import { useMemo } from "react";
import { ErrorBanner } from "../../components/error-banner.tsx";
import type { ColumnRange } from "../../hooks/route.ts";
import { useDark } from "../../hooks/use-dark.ts";
import { integer } from "../../text/format.ts";
import { axisEnds, numberAt, partByRanges, thinned } from "./parallel-lines.ts";
import { parallelOption } from "./parallel-option.ts";
import { PlotChart, type Rectangle, type Tint } from "./plot-chart.tsx";
import { classesOf } from "./plot-classes.ts";
import type { PlotColumn } from "./plot-columns.ts";
import { PlotLegend } from "./plot-legend.tsx";
import { COLOUR_CLASSES, coloursOf, pointGroups } from "./plot-looks.ts";
import { RangeFields } from "./plot-ranges.tsx";
import { axesOf } from "./plot-shown.ts";
import { columnOf, type PlotViewProps } from "./plot-view.ts";
import { toStored } from "./range-text.ts";
import { type Range, rangeOf } from "./spread.ts";
import { type NumbersRead, usePlotNumbers } from "./use-plot-numbers.ts";

const OPEN: Range = { from: null, to: null };
/** Lines drawn at most: more are a carpet. */
const MOST_LINES = 4000;

const read = ({ fromStored }: PlotColumn, value: number | null): number | null =>
  value === null ? null : Number(fromStored(value).toPrecision(9));

/** What holds on each axis, as it is read, and how it is changed. */
function useAxisRanges(
  axes: readonly PlotColumn[],
  { tableRanges: { columns, ranges, onRanges } }: PlotViewProps,
) {
  const tableColumn = (axis: PlotColumn) => columns.find(({ id }) => id === axis.id)?.column;
  const now = useMemo(
    () =>
      axes.map((axis): Range => {
        const column = columns.find(({ id }) => id === axis.id)?.column;
        const held = ranges.find((range) => range.column === column);
        return held ? { from: read(axis, held.from), to: read(axis, held.to) } : OPEN;
      }),
    [axes, columns, ranges],
  );
  const set = (axis: PlotColumn, { from, to }: Range) => {
    const column = tableColumn(axis);
    if (column === undefined) return;
    const others = ranges.filter((range) => range.column !== column);
    const stored = (end: number | null) => (end === null ? null : toStored(axis, end));
    const next: ColumnRange = { column, from: stored(from), to: stored(to) };
    onRanges(from === null && to === null ? others : [...others, next]);
  };
  return { now, set };
}

/** What is drawn of the numbers: some of the lines, evenly over all. */
function useLines(numbers: NumbersRead | undefined, count: number, ranges: readonly Range[]) {
  return useMemo(() => {
    if (!numbers) return undefined;
    const columns = numbers.columns.slice(0, count);
    const { within, outside } = partByRanges(columns, ranges);
    return { columns, ends: columns.map(axisEnds), within, outside };
  }, [numbers, count, ranges]);
}

export function ParallelView(props: PlotViewProps) {
  const { campaign, asked, columns, shown, selected, onHandle } = props;
  const isDark = useDark();
  const axes = useMemo(() => axesOf(shown, columns), [shown, columns]);
  const colour = columnOf(columns, shown.colour);
  const wanted = useMemo(() => [...axes, ...(colour ? [colour] : [])], [axes, colour]);
  // Without the ranges: what they leave out is drawn pale.
  const { view, text, viewer } = asked;
  const { numbers, error } = usePlotNumbers(campaign.id, { view, text, ...(viewer && { viewer }) }, wanted);
  const { now: ranges, set } = useAxisRanges(axes, props);
  const lines = useLines(numbers, axes.length, ranges);
  const classes = useMemo(() => {
    const values = colour && numbers?.columns[axes.length];
    return values && classesOf(values, COLOUR_CLASSES);
  }, [colour, numbers, axes.length]);
  const colours = useMemo(() => coloursOf(classes?.labels.length ?? 0, isDark), [classes, isDark]);
  const option = useMemo(() => {
    if (!lines || !numbers) return undefined;
    const drawn = pointGroups(thinned(lines.within, MOST_LINES), { colour: classes });
    const open = selected === null ? -1 : numbers.indices.indexOf(selected);
    const hasAll = lines.columns.every((column) => Number.isFinite(column[open]));
    const made = {
      titles: axes.map(({ title }) => title),
      ...{ columns: lines.columns, ends: lines.ends, ranges },
      outside: thinned(lines.outside, MOST_LINES),
      open: hasAll ? open : -1,
    };
    return (tint: Tint) => {
      const none = tint("--text-muted");
      const groups = drawn.map(({ places, colour: of }) => ({
        places,
        ...(of !== undefined && { colour: colours[of] ?? none }),
      }));
      return parallelOption({ ...made, groups }, tint);
    };
  }, [lines, numbers, classes, colours, axes, ranges, selected]);
  if (error) return <ErrorBanner error={error} />;
  if (!lines || !numbers || !option) return <div className="plot-chart" />;
  const brush = ({ x, y }: Rectangle) => {
    const place = Math.min(axes.length - 1, Math.max(0, Math.round((x[0] + x[1]) / 2)));
    const [low, high] = y.map((height) => numberAt(lines.ends[place]!, height)) as [number, number];
    set(axes[place]!, rangeOf(low, high));
  };
  const [within, all] = [lines.within.length, lines.within.length + lines.outside.length];
  return (
    <>
      <div className="plot-beside">
        <div className="plot-points">
          <PlotChart
            option={option}
            hasBrush
            label={`Parallel coordinates of ${axes.map(({ title }) => title).join(", ")}; ${integer(within)} candidates.`}
            onRectangle={brush}
            onPoint={() => {}}
            onHandle={onHandle}
          />
        </div>
        {colour && classes && (
          <div className="plot-legends">
            <PlotLegend title={colour.title} classes={classes} colours={colours} />
          </div>
        )}
      </div>
      <div className="plot-controls">
        {axes.map((axis, k) => (
          <RangeFields
            key={axis.id}
            title={axis.title}
            range={ranges[k]!}
            onRange={(range) => set(axis, range)}
          />
        ))}
        <span className="muted" role="status">
          {integer(within)} of {integer(numbers.indices.length)} have all numbers
          {within < all && ` and are within the ranges; ${integer(all - within)} are not, drawn pale`}
          {Math.max(within, all - within) > MOST_LINES &&
            `; of each ${integer(MOST_LINES)} are drawn at most, evenly over all`}
        </span>
      </div>
    </>
  );
}
