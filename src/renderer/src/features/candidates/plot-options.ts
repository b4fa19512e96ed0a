/** What the plots of candidates look like. */
import { histogram } from "#shared/campaign/histogram.ts";
import type { PlotOption, Tint } from "./plot-chart.tsx";
import type { PlotColumn } from "./plot-columns.ts";
import { MANY, type PointGroup } from "./plot-looks.ts";

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
/** Around a plot without axes. */
const BARE = { left: 16, right: 16, top: 12, bottom: 12 };

interface PointsAsked {
  x: { title: string };
  y: { title: string };
  /** What each series of points holds. */
  groups: readonly PointGroup[];
  /** Colours of their classes. */
  colours: readonly string[];
  /** Of candidates by index. */
  chosen: ReadonlySet<number>;
  /** Places on the front, by x, and whether y falls from one to the next while x rises. */
  front: { places: readonly number[]; isFalling: boolean };
  hasDiagonal: boolean;
  /** Whether the axes mean nothing: they are not drawn, and of one scale. */
  isBare?: boolean | undefined;
  /** What is said of a point that is pointed at. */
  wordsOf(place: number): string;
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

/** Axes of one length about the middle of both, not drawn. */
function oneScale({ x, y }: PlotNumbers) {
  const [ofX, ofY] = [x, y].map((side) => {
    const ends = endsOf([side]);
    return ends.every(Number.isFinite) ? ends : [0, 1];
  }) as [[number, number], [number, number]];
  const half = 0.52 * Math.max(ofX[1] - ofX[0], ofY[1] - ofY[0], 1e-6);
  const about = ([least, most]: [number, number]) => {
    const middle = (least + most) / 2;
    return { type: "value" as const, show: false, min: middle - half, max: middle + half };
  };
  return { xAxis: about(ofX), yAxis: about(ofY) };
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
const LINE = { type: "line" as const, symbol: "none", silent: true };

/** Many points in turns of which one is drawn a frame, however many series share it. @param all points of all series */
function bulk(all: number, series: number) {
  const progressive = Math.ceil(CHUNK / Math.max(1, series));
  return { large: all > MANY, largeThreshold: 1, progressive, progressiveThreshold: progressive };
}

/** Of those that have no number to be coloured by. */
const PALE = 0.35;

function groupSeries(
  numbers: PlotNumbers,
  { places, colour, size }: PointGroup,
  { colours, all, series, tint }: { colours: readonly string[]; all: number; series: number; tint: Tint },
) {
  const color = colour === undefined ? tint("--series-1") : (colours[colour] ?? tint("--text-muted"));
  const opacity = colour === -1 ? PALE : all > MANY ? 0.6 : 0.75;
  return {
    ...POINTS,
    ...bulk(all, series),
    symbolSize: size,
    itemStyle: { opacity, color },
    data: pairs(numbers, places) as never,
  };
}

/**
 * Points; of another shape and colour where they are chosen; the front as steps, the line of equal numbers
 * dashed. The first series are those of the groups, in order.
 */
export function pointsOption(numbers: PlotNumbers, asked: PointsAsked, tint: Tint): PlotOption {
  const { groups, colours, chosen, front } = asked;
  const all = groups.reduce((sum, { places }) => sum + places.length, 0);
  const drawn = chosen.size === 0 ? [] : groups.flatMap(({ places }) => places);
  const marked = drawn.filter((k) => chosen.has(numbers.indices[k]!));
  const ends = asked.hasDiagonal && groups.length > 0 ? endsOf([numbers.x, numbers.y]) : [];
  const isBulk = marked.length > MANY;
  const second = { itemStyle: { color: tint("--series-2") } };
  const third = tint("--series-3");
  return {
    grid: asked.isBare ? BARE : GRID,
    tooltip: {
      trigger: "item",
      formatter: (point: unknown) => {
        const { seriesIndex, dataIndex } = point as { seriesIndex: number; dataIndex: number };
        const place = groups[seriesIndex]?.places[dataIndex];
        return place === undefined ? "" : asked.wordsOf(place);
      },
    },
    ...(asked.isBare
      ? oneScale(numbers)
      : { xAxis: axis(asked.x.title, 28), yAxis: axis(asked.y.title, 52) }),
    series: [
      ...groups.map((group) => groupSeries(numbers, group, { colours, all, series: groups.length, tint })),
      {
        ...POINTS,
        ...bulk(marked.length, 1),
        symbol: isBulk ? "rect" : "emptyDiamond",
        symbolSize: isBulk ? 3 : 13,
        silent: true,
        ...second,
        data: pairs(numbers, marked) as never,
      },
      {
        ...LINE,
        lineStyle: { color: third },
        step: front.isFalling ? "end" : "start",
        data: front.places.map((k) => [numbers.x[k]!, numbers.y[k]!]),
      },
      {
        ...LINE,
        lineStyle: { type: "dashed" as const, width: 1, color: third },
        data: ends.map((value) => [value, value]),
      },
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
