/** What the plots of candidates look like. */
import { histogram } from "#shared/campaign/histogram.ts";
import type { PlotOption } from "./plot-chart.tsx";
import type { PlotColumn } from "./plot-columns.ts";

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

/** From here on points are drawn in bulk. */
const MANY = 1000;
/** Drawn in one frame; the next in the next. */
const CHUNK = 5000;

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

/** Numbers of candidates by place. */
export interface PlotNumbers {
  indices: Int32Array;
  x: Float64Array;
  y: Float64Array;
}

/** The least and the greatest number; infinite where there is none. */
function endsOf(numbers: readonly Float64Array[]): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const all of numbers)
    for (const value of all)
      if (Number.isFinite(value)) [least, most] = [Math.min(least, value), Math.max(most, value)];
  return [least, most];
}

/** x and y in turn: as plain numbers, which a chart takes without an object for each. */
function pairs({ x, y }: PlotNumbers, places: readonly number[]): Float64Array {
  const flat = new Float64Array(2 * places.length);
  places.forEach((place, k) => {
    flat[2 * k] = x[place]!;
    flat[2 * k + 1] = y[place]!;
  });
  return flat;
}

const POINTS = { type: "scatter" as const, dimensions: ["x", "y"] };
/** Below four points across they are drawn as plain rectangles, without a path of circles. */
const SMALL = 3;

/**
 * Points; larger and of another colour where they are chosen; the front as steps, the line of equal numbers dashed.
 *
 * @param drawn places that have both numbers, in the order of the first series
 */
export function scatterOption(
  numbers: PlotNumbers,
  drawn: readonly number[],
  asked: ScatterAsked,
): PlotOption {
  const isMany = drawn.length > MANY;
  const marked = asked.chosen.size === 0 ? [] : drawn.filter((k) => asked.chosen.has(numbers.indices[k]!));
  const ends = asked.hasDiagonal ? endsOf([numbers.x, numbers.y]) : [];
  return {
    grid: GRID,
    tooltip: { trigger: "item" },
    xAxis: axis(asked.x.title, 28),
    yAxis: axis(asked.y.title, 52),
    series: [
      {
        ...POINTS,
        symbolSize: isMany ? SMALL : 7,
        itemStyle: { opacity: isMany ? 0.6 : 0.75 },
        large: isMany,
        largeThreshold: MANY,
        progressive: CHUNK,
        data: pairs(numbers, drawn) as never,
      },
      {
        ...POINTS,
        symbol: marked.length > MANY ? "rect" : "diamond",
        symbolSize: marked.length > MANY ? SMALL : 10,
        large: marked.length > MANY,
        largeThreshold: MANY,
        progressive: CHUNK,
        silent: true,
        data: pairs(numbers, marked) as never,
      },
      {
        type: "line",
        step: asked.x.isMoreBetter === asked.y.isMoreBetter ? "end" : "start",
        symbol: "none",
        silent: true,
        data: asked.front.map((k) => [numbers.x[k]!, numbers.y[k]!]),
      },
      ...(asked.hasDiagonal && drawn.length > 0
        ? [
            {
              type: "line" as const,
              symbol: "none",
              silent: true,
              lineStyle: { type: "dashed" as const, width: 1 },
              data: ends.map((value) => [value, value]),
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
