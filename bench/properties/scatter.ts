/** Computed values against those of a set, as a picture. */
import { writeFileSync } from "node:fs";
import { LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { type Compared, halfOf } from "./table.ts";

use([LineChart, ScatterChart, GridComponent, LegendComponent, SVGRenderer]);

/** Names beside the points that are farthest off. */
const NAMED = 6;
const FONT = { fontFamily: "Inter, Helvetica, Arial, sans-serif", fontSize: 12, color: "#404854" };
const SHOWN = { fit: { color: "#2d72d2", symbol: "circle" }, test: { color: "#cd4246", symbol: "diamond" } };

/** The smallest range of whole steps that holds all values, the same on both axes. */
function rangeOf(values: readonly number[]): { min: number; max: number; interval: number } {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const rough = (most - least) / 6;
  const decade = 10 ** Math.floor(Math.log10(rough));
  // 10 is no smaller than any rough step of its decade.
  const interval = decade * [1, 2, 5, 10].find((step) => step * decade >= rough)!;
  return {
    min: Math.floor(least / interval) * interval,
    max: Math.ceil(most / interval) * interval,
    interval,
  };
}

/** Writes both halves of a set as an SVG with the line of equal values; the worst are named. @param unit of both axes */
export function plotScatter(path: string, compared: readonly Compared[], unit: string): void {
  const error = ({ computed, reference }: Compared): number => Math.abs(computed - reference);
  const worst = new Set([...compared].sort((a, b) => error(b) - error(a)).slice(0, NAMED));
  const range = rangeOf(compared.flatMap(({ computed, reference }) => [computed, reference]));
  const axis = (name: string, nameGap: number) => ({
    type: "value" as const,
    ...range,
    name: `${name}, ${unit}`,
    nameLocation: "middle" as const,
    nameGap,
    nameTextStyle: FONT,
    axisLabel: FONT,
  });
  const series = (["fit", "test"] as const).map((half) => ({
    type: "scatter" as const,
    name: half,
    symbol: SHOWN[half].symbol,
    symbolSize: 7,
    itemStyle: { color: SHOWN[half].color, opacity: 0.75 },
    data: compared
      .filter(({ smiles }) => halfOf(smiles) === half)
      .map((row) => ({
        value: [row.reference, row.computed],
        label: {
          show: worst.has(row),
          formatter: row.name,
          position: "right" as const,
          ...FONT,
          fontSize: 10,
        },
      })),
  }));
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 520, height: 520 });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    legend: { top: 8, textStyle: FONT },
    grid: { left: 72, right: 24, top: 40, bottom: 56 },
    xAxis: axis("set", 32),
    yAxis: axis("computed", 48),
    series: [...series, equality(range)],
  });
  writeFileSync(path, `${chart.renderToSVGString()}\n`);
  chart.dispose();
}

/** Where computed and set agree. */
const equality = ({ min, max }: { min: number; max: number }) => ({
  type: "line" as const,
  symbol: "none",
  silent: true,
  lineStyle: { color: "#8f99a8", width: 1 },
  data: [
    [min, min],
    [max, max],
  ],
});
