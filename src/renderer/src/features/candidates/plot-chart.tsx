/** A plot of many candidates: points that can be chosen by a rectangle and opened by a click, and pictures of it as files. */
import {
  BarChart,
  type BarSeriesOption,
  LineChart,
  LinesChart,
  type LinesSeriesOption,
  ScatterChart,
  type ScatterSeriesOption,
} from "echarts/charts";
import { GridComponent, TooltipComponent, type TooltipComponentOption } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import { useEffect, useRef, useState } from "react";
import { type ChartOption, themeOf } from "../../components/chart.tsx";
import { saveFile } from "../../components/save-file.ts";
import { useDark } from "../../hooks/use-dark.ts";

use([
  ScatterChart,
  BarChart,
  LineChart,
  LinesChart,
  GridComponent,
  TooltipComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export type PlotOption = Omit<ChartOption, "series" | "tooltip"> & {
  tooltip: TooltipComponentOption;
  series: readonly (
    | ScatterSeriesOption
    | BarSeriesOption
    | LinesSeriesOption
    | NonNullable<ChartOption["series"]>
  )[];
};

/** Reads a colour of the page by its name, "--series-1". */
export type Tint = (name: string) => string;

const tintOf =
  (element: HTMLElement): Tint =>
  (name) =>
    getComputedStyle(element).getPropertyValue(name).trim();

/** Ends of a rectangle, in the plot's own numbers. */
export interface Rectangle {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Points an inch where print wants them: three times a screen's. */
const PNG_SCALE = 3;

export interface PlotHandle {
  save(format: "svg" | "png", name: string): void;
}

interface PlotChartProps {
  /** Made anew where the colours of the page change. */
  option(tint: Tint): PlotOption;
  label: string;
  hasBrush: boolean;
  /** Where a ring is drawn, in the plot's own numbers: beside the chart, which would draw all of its points again for it. */
  ring?: readonly [number, number] | undefined;
  onRectangle(rectangle: Rectangle): void;
  /** By its series and its number in that. */
  onPoint(series: number, point: number): void;
  onHandle(handle: PlotHandle | undefined): void;
}

/** The picture as text; drawn anew for it, since the screen has a canvas. */
function svgOf(chart: EChartsType, option: PlotOption, element: HTMLElement): string {
  const [width, height] = [chart.getWidth(), chart.getHeight()];
  const still = init(null, themeOf(element), { renderer: "svg", ssr: true, width, height });
  still.setOption({ animation: false, ...option } as never);
  const text = still.renderToSVGString();
  still.dispose();
  return text;
}

function handleOf(chart: EChartsType, option: PlotOption, element: HTMLElement): PlotHandle {
  return {
    save(format, name) {
      if (format === "svg")
        return saveFile(new File([svgOf(chart, option, element)], `${name}.svg`, { type: "image/svg+xml" }));
      const ground = tintOf(element)("--surface");
      const url = chart.getDataURL({ type: "png", pixelRatio: PNG_SCALE, backgroundColor: ground });
      const bytes = Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
      saveFile(new File([bytes], `${name}.png`, { type: "image/png" }));
    },
  };
}

const inOrder = (a: number, b: number): [number, number] => (a < b ? [a, b] : [b, a]);

/** Shorter drags are clicks, pixels. */
const SHORTEST_DRAG = 5;

/**
 * Lets rectangles be drawn over an element, and calls back with two corners of each, pixels. It is drawn beside the chart, which would
 * draw all of its points again for each movement.
 *
 * @returns what takes it away again
 */
function drawRectangles(
  element: HTMLElement,
  onDrawn: (from: [number, number], to: [number, number]) => void,
): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const box = document.createElement("div");
  box.className = "plot-rectangle";
  box.hidden = true;
  element.append(box);
  let from: [number, number] | undefined;
  const at = ({ clientX, clientY }: PointerEvent): [number, number] => {
    const { left, top } = element.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const isDrag = ([x, y]: [number, number]): boolean =>
    from !== undefined && Math.hypot(x - from[0], y - from[1]) >= SHORTEST_DRAG;
  element.addEventListener("pointerdown", (event) => (from = at(event)), { signal });
  element.addEventListener(
    "pointermove",
    (event) => {
      const to = at(event);
      if (!from || !isDrag(to)) return;
      box.hidden = false;
      const [[left, right], [top, bottom]] = [inOrder(from[0], to[0]), inOrder(from[1], to[1])];
      Object.assign(box.style, {
        left: `${left}px`,
        top: `${top}px`,
        width: `${right - left}px`,
        height: `${bottom - top}px`,
      });
    },
    { signal },
  );
  window.addEventListener(
    "pointerup",
    (event) => {
      const to = at(event);
      if (from && isDrag(to)) onDrawn(from, to);
      from = undefined;
      box.hidden = true;
    },
    { signal },
  );
  return () => {
    gone.abort();
    box.remove();
  };
}

/** Puts a ring where it is asked for, and nowhere where that is out of sight. */
function placeRing(
  chart: EChartsType,
  element: HTMLElement,
  at: readonly [number, number] | undefined,
): void {
  const ring = element.querySelector<HTMLElement>(".plot-ring") ?? document.createElement("div");
  ring.className = "plot-ring";
  element.append(ring);
  ring.hidden = at === undefined || !at.every(Number.isFinite);
  if (ring.hidden) return;
  const [left = 0, top = 0] = chart.convertToPixel({ gridIndex: 0 }, at as [number, number]);
  Object.assign(ring.style, { left: `${left}px`, top: `${top}px` });
}

export function PlotChart({ option, label, hasBrush, ring, onRectangle, onPoint, onHandle }: PlotChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const latest = useRef({ onRectangle, onPoint, hasBrush, ring });
  useEffect(() => {
    latest.current = { onRectangle, onPoint, hasBrush, ring };
  });
  const [chart, setChart] = useState<EChartsType>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read anew when it changes.
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = init(element, themeOf(element), { renderer: "canvas" });
    const toNumbers = (point: [number, number]) =>
      made.convertFromPixel({ gridIndex: 0 }, point) as [number, number];
    const forget = drawRectangles(element, (from, to) => {
      if (!latest.current.hasBrush) return;
      const [a, b] = [toNumbers(from), toNumbers(to)];
      latest.current.onRectangle({ x: inOrder(a[0], b[0]), y: inOrder(a[1], b[1]) });
    });
    made.on("click", ({ seriesIndex = 0, dataIndex }) => latest.current.onPoint(seriesIndex, dataIndex));
    const sizes = new ResizeObserver(() => {
      made.resize();
      placeRing(made, element, latest.current.ring);
    });
    sizes.observe(element);
    setChart(made);
    return () => {
      forget();
      sizes.disconnect();
      made.dispose();
    };
  }, [dark]);
  useEffect(() => {
    const element = place.current;
    if (!chart || chart.isDisposed() || !element) return;
    const made = option(tintOf(element));
    // Drawn as text on the canvas: an HTML tooltip has style attributes, which the page's policy refuses.
    const all = { animation: false, ...made, tooltip: { ...made.tooltip, renderMode: "richText" } };
    // Options are wider than those of one chart: of points, bars and lines.
    chart.setOption(all as never, { notMerge: true });
    onHandle(handleOf(chart, made, element));
    return () => onHandle(undefined);
  }, [chart, option, onHandle]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn anew has other axes.
  useEffect(() => {
    if (chart && !chart.isDisposed() && place.current) placeRing(chart, place.current, ring);
  }, [chart, option, ring]);
  return <div className="chart plot-chart" ref={place} role="img" aria-label={label} />;
}
