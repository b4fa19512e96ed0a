import type { LineSeriesOption } from "echarts/charts";
import { useMemo } from "react";
import { type Evaluation, stateOf } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { KCAL_PER_MOL_PER_HARTREE, READABLE_PER_HARTREE } from "#shared/units.ts";
import { Chart, type ChartOption } from "../../components/chart.tsx";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import type { ReadableUnit } from "../../text/energy-unit.ts";
import { integer } from "../../text/format.ts";
import { convergencePoints } from "./gap.ts";

/** 1 kcal/mol, the customary "chemical accuracy". */
const CHEMICAL_ACCURACY_HARTREE = 1 / KCAL_PER_MOL_PER_HARTREE;

const seriesOf = (result: Evaluation) =>
  declarationOf(result).states.flatMap(({ name, title }) => {
    const { vqe, casci } = stateOf(result, name);
    return vqe && casci ? [{ name: title, vqe, casci }] : [];
  });

/** "10⁻³" for an axis. */
function power(value: number): string {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const exponent = Math.round(Math.log10(value));
  const raised = [...String(Math.abs(exponent))].map((digit) => digits[Number(digit)]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${raised}`;
}

/** The lines of both states, and a dashed one at what chemists call accurate. */
function linesOf(series: ReturnType<typeof seriesOf>, perHartree: number): LineSeriesOption[] {
  const last = Math.max(...series.map(({ vqe }) => vqe.trace_hartree.length - 1));
  return [
    ...series.map(
      ({ name, vqe, casci }): LineSeriesOption => ({
        name,
        type: "line",
        symbolSize: 5,
        showSymbol: vqe.trace_hartree.length < 60,
        data: convergencePoints(vqe, casci).map(({ iteration, shown }) => [iteration, shown * perHartree]),
      }),
    ),
    {
      name: "1 kcal/mol",
      type: "line",
      symbol: "none",
      silent: true,
      lineStyle: { type: "dashed", width: 1 },
      data: [0, last].map((iteration) => [iteration, CHEMICAL_ACCURACY_HARTREE * perHartree]),
    },
  ];
}

function optionOf(series: ReturnType<typeof seriesOf>, unit: ReadableUnit): ChartOption {
  return {
    legend: { top: 0, right: 0 },
    grid: { left: 58, right: 16, top: 30, bottom: 40 },
    tooltip: { trigger: "axis", valueFormatter: (value) => `${Number(value).toExponential(2)} ${unit}` },
    xAxis: {
      type: "value",
      name: "Iteration",
      nameLocation: "middle",
      nameGap: 24,
      minInterval: 1,
      min: 0,
      max: "dataMax",
    },
    yAxis: {
      type: "log",
      name: `VQE − CASCI / ${unit}`,
      nameLocation: "middle",
      nameGap: 42,
      axisLabel: { formatter: power },
    },
    series: linesOf(series, READABLE_PER_HARTREE[unit]),
  };
}

/** How the VQE energy came down to the exact one. */
export function Convergence({ result }: { result: Evaluation }) {
  const series = useMemo(() => seriesOf(result), [result]);
  const [choice] = useEnergyUnit();
  const option = useMemo(() => optionOf(series, choice === "usual" ? "Eh" : choice), [series, choice]);
  if (series.length === 0) return null;
  const summary = series
    .map(({ name, vqe }) => `${name}: ${integer(vqe.iterations)} iterations, ${vqe.outcome}`)
    .join("; ");
  return (
    <section>
      <h3>VQE convergence</h3>
      <Chart option={option} label={`VQE minus CASCI energy by iteration, logarithmic. ${summary}.`} />
      <p className="caption muted">{summary}</p>
    </section>
  );
}
