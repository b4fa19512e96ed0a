/** What the plots of candidates look like. */
import type { PlotOption } from "./plot-chart.tsx";
import type { PlotColumn } from "./plot-columns.ts";
import { histogram } from "./spread.ts";

/** What a person asked a plot to show. */
export interface PlotShown {
  kind: "scatter" | "distribution";
  /** Ids of columns. */
  x: string;
  y: string;
  /** Whether the Pareto front is drawn, and the line of equal numbers. */
  front: boolean;
  diagonal: boolean;
}

/** From here on points are drawn in bulk, a part at a time. */
const MANY = 1000;

const axis = (title: string, nameGap: number) => ({
  type: "value" as const,
  name: title,
  nameLocation: "middle" as const,
  nameGap,
  scale: true,
});

const GRID = { left: 70, right: 20, top: 16, bottom: 46 };

interface ScatterAsked {
  x: PlotColumn;
  y: PlotColumn;
  /** Places on the front, by x. */
  front: readonly number[];
  /** By index of candidate. */
  chosen: ReadonlySet<number>;
  hasDiagonal: boolean;
}

const least = (numbers: Float64Array): number =>
  numbers.filter(Number.isFinite).reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
const most = (numbers: Float64Array): number => -least(numbers.map((value) => -value));

/** Points; larger and of another colour where they are chosen; the front as steps, the line of equal numbers dashed. */
export function scatterOption(
  { indices, x, y }: { indices: Int32Array; x: Float64Array; y: Float64Array },
  asked: ScatterAsked,
): PlotOption {
  const points = Array.from(x, (value, k) => [value, y[k]!] as const);
  const marked = points.filter((_, k) => asked.chosen.has(indices[k]!));

  const isMany = points.length > MANY;
  return {
    grid: GRID,
    tooltip: { trigger: "item" },
    xAxis: axis(asked.x.title, 28),
    yAxis: axis(asked.y.title, 52),
    series: [
      {
        type: "scatter",
        symbolSize: isMany ? 4 : 7,
        itemStyle: { opacity: isMany ? 0.5 : 0.75 },
        large: isMany,
        largeThreshold: MANY,
        progressive: MANY,
        data: points as never,
      },
      {
        type: "scatter",
        symbol: "diamond",
        symbolSize: 10,
        silent: true,
        data: marked as never,
      },
      {
        type: "line",
        step: asked.x.isMoreBetter === asked.y.isMoreBetter ? "end" : "start",
        symbol: "none",
        silent: true,
        data: asked.front.map((k) => [...points[k]!]),
      },
      ...(asked.hasDiagonal && points.length > 0
        ? [
            {
              type: "line" as const,
              symbol: "none",
              silent: true,
              lineStyle: { type: "dashed" as const, width: 1 },
              data: [Math.min(least(x), least(y)), Math.max(most(x), most(y))].map((value) => [value, value]),
            },
          ]
        : []),
    ],
  };
}

/** A histogram. */
export function distributionOption(x: Float64Array, { title }: PlotColumn): PlotOption {
  const { edges, counts } = histogram(x);
  const digits = (value: number): string => Number(value.toPrecision(4)).toString();
  return {
    grid: GRID,
    tooltip: { trigger: "item" },
    xAxis: {
      type: "category",
      name: title,
      nameLocation: "middle",
      nameGap: 28,
      data: counts.map((_, k) => `${digits(edges[k]!)} – ${digits(edges[k + 1]!)}`),
    },
    yAxis: { ...axis("Candidates", 52), minInterval: 1, scale: false },
    series: [{ type: "bar", barCategoryGap: "4%", data: [...counts] }],
  };
}
