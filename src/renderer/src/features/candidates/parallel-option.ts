/** What parallel coordinates look like. */

import { type AxisEnds, flatLines, heightOf, marksOf } from "./parallel-lines.ts";
import type { PlotOption, Tint } from "./plot-chart.tsx";
import type { Range } from "./spread.ts";

export interface ParallelAsked {
  /** By axis, in order. */
  titles: readonly string[];
  columns: readonly Float64Array[];
  ends: readonly AxisEnds[];
  ranges: readonly Range[];
  outside: readonly number[];
  /** By colour; absent where lines have no colour of their own. */
  groups: readonly { places: readonly number[]; colour?: string | undefined }[];
  /** Place of the candidate that is open; -1 for none. */
  open: number;
}

const LINES = {
  type: "lines" as const,
  coordinateSystem: "cartesian2d" as const,
  polyline: true,
  silent: true,
};
/** Above the lines that are drawn in bulk, on a ground of its own. */
const ABOVE = { zlevel: 1 };
/** From here on lines are drawn in bulk. */
const BULK = { large: true, largeThreshold: 200, progressive: 1000 };

/** A line of points of its own, beside those drawn in bulk. */
const single = (coords: readonly (readonly number[])[]) => ({ coords });

/** Pixels; longer titles are broken into lines. */
const TITLE_WIDTH = 150;

/** Texts at points of the chart. */
const labels = (points: readonly { at: readonly [number, number]; text: string }[], style: object) => ({
  type: "scatter" as const,
  ...ABOVE,
  symbolSize: 0,
  silent: true,
  data: points.map(({ at, text }) => ({ value: [...at], label: { show: true, formatter: text, ...style } })),
});

/** The part of an axis that a range lets through, as heights; undefined where it lets all through, or none that there is. */
function openPart(ends: AxisEnds, { from, to }: Range): [number, number] | undefined {
  if (from === null && to === null) return undefined;
  const low = from === null ? 0 : Math.max(0, heightOf(ends, from));
  const high = to === null ? 1 : Math.min(1, heightOf(ends, to));
  return low <= high ? [low, high] : undefined;
}

export function parallelOption(asked: ParallelAsked, tint: Tint): PlotOption {
  const { titles, columns, ends, ranges, outside, groups, open } = asked;
  const all = groups.reduce((sum, { places }) => sum + places.length, 0);
  const opacity = all > 1000 ? 0.25 : all > 100 ? 0.5 : 0.8;
  const text = { color: tint("--text-muted"), fontSize: 11 };
  const brushed = ends.flatMap((one, k) => {
    const part = openPart(one, ranges[k]!);
    return part ? [single(part.map((height) => [k, height]))] : [];
  });
  const bulk = (places: readonly number[], lineStyle: object) => ({
    ...LINES,
    ...BULK,
    lineStyle: { width: 1, ...lineStyle },
    data: flatLines(columns, ends, places) as never,
  });
  return {
    grid: { left: 84, right: 84, top: 40, bottom: 14 },
    tooltip: { show: false },
    xAxis: { type: "value", show: false, min: 0, max: Math.max(1, titles.length - 1) },
    yAxis: { type: "value", show: false, min: 0, max: 1 },
    series: [
      bulk(outside, { color: tint("--text-muted"), opacity: 0.06 }),
      ...groups.map(({ places, colour }) => bulk(places, { color: colour ?? tint("--series-1"), opacity })),
      {
        ...LINES,
        ...ABOVE,
        lineStyle: { width: 1.5, color: tint("--line-strong"), opacity: 1 },
        data: titles.map((_, k) =>
          single([
            [k, 0],
            [k, 1],
          ]),
        ),
      },
      {
        ...LINES,
        ...ABOVE,
        lineStyle: { width: 7, color: tint("--series-2"), opacity: 0.45 },
        data: brushed,
      },
      {
        ...LINES,
        ...ABOVE,
        lineStyle: { width: 2.5, color: tint("--series-2"), opacity: 1 },
        data: open < 0 ? [] : [single(columns.map((column, k) => [k, heightOf(ends[k]!, column[open]!)]))],
      },
      labels(
        ends.flatMap((one, k) =>
          marksOf(one).map((mark) => ({ at: [k, heightOf(one, mark)] as const, text: String(mark) })),
        ),
        { ...text, position: "left", backgroundColor: tint("--surface"), padding: [0, 2] },
      ),
      labels(
        titles.map((title, k) => ({ at: [k, 1] as const, text: title })),
        {
          ...text,
          color: tint("--text"),
          position: "top",
          distance: 10,
          width: TITLE_WIDTH,
          overflow: "break",
        },
      ),
    ] as PlotOption["series"],
  };
}
