import { useMemo } from "react";
import type { LossPoint } from "#shared/model/training.ts";
import { Chart, type ChartOption } from "../../components/chart.tsx";
import { bestPoint } from "./training-text.ts";

const FEW_POINTS = 60;

function optionOf(curve: readonly LossPoint[]): ChartOption {
  const line = (name: string, value: (point: LossPoint) => number | null) => ({
    name,
    type: "line" as const,
    symbolSize: 5,
    showSymbol: curve.length < FEW_POINTS,
    data: curve.map((point) => [point.epoch, value(point)]),
  });
  return {
    legend: { top: 0, right: 0 },
    grid: { left: 58, right: 16, top: 30, bottom: 40 },
    tooltip: { trigger: "axis", valueFormatter: (value) => (value == null ? "–" : Number(value).toFixed(4)) },
    xAxis: {
      type: "value",
      name: "Pass",
      nameLocation: "middle",
      nameGap: 24,
      minInterval: 1,
      min: 0,
      max: "dataMax",
    },
    yAxis: { type: "value", name: "Loss / nats a token", nameLocation: "middle", nameGap: 42, scale: true },
    series: [line("Held back", ({ validation }) => validation), line("Training", ({ training }) => training)],
  };
}

/** The loss on the molecules learned from and on those held back, pass by pass. */
export function LossCurve({ curve }: { curve: readonly LossPoint[] }) {
  const option = useMemo(() => optionOf(curve), [curve]);
  const best = bestPoint(curve);
  // Shown from the first point on.
  const last = curve.at(-1)!;
  const summary = `Pass ${last.epoch}: held back ${last.validation.toFixed(4)} nats a token; best ${best.validation.toFixed(4)} at pass ${best.epoch}; ${last.seconds.toFixed(0)} s`;
  return (
    <div className="loss-curve">
      <Chart option={option} label={`Loss by pass. ${summary}.`} />
      <p className="caption muted">{summary}</p>
    </div>
  );
}
