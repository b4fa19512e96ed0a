/** A chart in the page's own colours and type. */
import { LineChart, type LineSeriesOption } from "echarts/charts";
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from "echarts/components";
import { type ComposeOption, type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef, useState } from "react";
import { useDark } from "../hooks/use-dark.ts";
import { FaultBoundary } from "./fault-boundary.tsx";

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<
  LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

interface ChartProps {
  option: ChartOption;
  /** What it shows, for those who cannot see it. */
  label: string;
}

/** Reads the page's colours, so that a chart follows the theme. */
export function themeOf(element: HTMLElement) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const text = { color: colour("--text-muted"), fontFamily: style.fontFamily, fontSize: 11 };
  const axis = {
    nameTextStyle: text,
    axisLabel: text,
    axisLine: { lineStyle: { color: colour("--line-strong") } },
    axisTick: { lineStyle: { color: colour("--line-strong") } },
    splitLine: { lineStyle: { color: colour("--line") } },
  };
  return {
    color: [colour("--series-1"), colour("--series-2"), colour("--series-3")],
    textStyle: text,
    legend: { textStyle: text, itemWidth: 14, itemHeight: 8 },
    valueAxis: axis,
    logAxis: axis,
    line: { lineStyle: { width: 1.75 }, symbol: "circle" },
    tooltip: {
      backgroundColor: colour("--surface"),
      borderColor: colour("--line-strong"),
      textStyle: { ...text, color: colour("--text") },
    },
  };
}

function Drawn({ option, label }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const [chart, setChart] = useState<EChartsType>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's colours are read anew when it changes.
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = init(element, themeOf(element), { renderer: "canvas" });
    const sizes = new ResizeObserver(() => made.resize());
    sizes.observe(element);
    setChart(made);
    return () => {
      sizes.disconnect();
      made.dispose();
    };
  }, [dark]);
  useEffect(() => {
    if (!chart || chart.isDisposed()) return;
    // Drawn as text on the canvas: an HTML tooltip has style attributes, which the page's policy refuses.
    const tooltip = Array.isArray(option.tooltip) ? option.tooltip[0] : option.tooltip;
    const all = { animation: false, ...option, tooltip: { ...tooltip, renderMode: "richText" as const } };
    // After the next frame: what stands beside it, a molecule among it, is seen first.
    let later: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      later = setTimeout(() => {
        if (!chart.isDisposed()) chart.setOption(all, { notMerge: true });
      }, 0);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(later);
    };
  }, [chart, option]);
  return <div className="chart" ref={place} role="img" aria-label={label} />;
}

export function Chart(props: ChartProps) {
  return (
    <FaultBoundary of="This chart" place={props.label}>
      <Drawn {...props} />
    </FaultBoundary>
  );
}
