/** A showcase as a picture: curves of energies, or a bar for each method. */
import { writeFileSync } from "node:fs";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Showcase } from "./cases.ts";
import { type Energies, METHODS } from "./methods.ts";

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

const FONT = { fontFamily: "Inter, Helvetica, Arial, sans-serif", fontSize: 12, color: "#404854" };
const COLOURS = ["#8f99a8", "#cd4246", "#c87619", "#634dbf", "#00a396", "#2d72d2", "#184a90", "#1c2127"];

const axis = (name: string, nameGap: number) => ({
  type: "value" as const,
  name,
  scale: true,
  nameLocation: "middle" as const,
  nameGap,
  nameTextStyle: FONT,
  axisLabel: FONT,
});

/** What is known of the last point. */
const known = ({ literature }: Showcase) => ({
  silent: true,
  symbol: "none",
  lineStyle: { color: "#1c2127", type: "dashed" as const },
  label: { ...FONT, formatter: "reference", position: "insideEndTop" as const },
  data: [{ yAxis: literature.value_eV }],
});

function curves(showcase: Showcase, rows: readonly Energies[]) {
  const { points, axis: along = "" } = showcase;
  const shown = METHODS.filter((method) => rows.some((row) => row[method] !== null));
  return {
    legend: { top: 8, textStyle: FONT, data: [...shown] },
    xAxis: axis(along, 32),
    yAxis: axis("eV above the first", 48),
    series: shown.map((method, k) => ({
      type: "line" as const,
      name: method,
      symbolSize: method === "VQE" ? 9 : 5,
      itemStyle: { color: COLOURS[METHODS.indexOf(method)] ?? "#000000" },
      lineStyle: { width: 2, type: method === "VQE" ? ("dotted" as const) : ("solid" as const) },
      data: rows.flatMap((row, place) =>
        row[method] === null ? [] : [[Number(points[place]?.at), row[method]]],
      ),
      ...(k === 0 && { markLine: known(showcase) }),
    })),
  };
}

function bars(showcase: Showcase, rows: readonly Energies[]) {
  const last = rows.at(-1);
  const shown = METHODS.filter((method) => (last?.[method] ?? null) !== null);
  return {
    xAxis: { type: "category" as const, data: [...shown], axisLabel: { ...FONT, interval: 0, rotate: 30 } },
    yAxis: { ...axis("eV", 48), scale: false },
    series: [
      {
        type: "bar" as const,
        data: shown.map((method) => ({
          value: last?.[method] ?? 0,
          itemStyle: { color: COLOURS[METHODS.indexOf(method)] ?? "#000000" },
        })),
        markLine: known(showcase),
      },
    ],
  };
}

/** Writes it as an SVG. */
export function plotShowcase(path: string, showcase: Showcase, rows: readonly Energies[]): void {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 640, height: 420 });
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    grid: { left: 72, right: 24, top: 64, bottom: 72 },
    ...(showcase.axis === undefined ? bars(showcase, rows) : curves(showcase, rows)),
  });
  writeFileSync(path, `${chart.renderToSVGString()}\n`);
  chart.dispose();
}
