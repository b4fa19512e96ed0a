/** Energies above their lowest, against the number of what each is of. */
import type { WayPoint } from "#shared/quantum/way.ts";
import { READABLE_PER_HARTREE } from "#shared/units.ts";
import type { ChartOption } from "../../components/chart.tsx";
import type { ReadableUnit } from "../../text/energy-unit.ts";

interface EnergyLine {
  /** What is numbered. */
  readonly name: "Frame" | "Step";
  /** The number of the first. */
  readonly first: 0 | 1;
  /** The number of the last, where there will be more than are here. */
  readonly last?: number;
  /** null: a gap. */
  readonly energies_hartree: readonly (number | null)[];
  readonly unit: ReadableUnit;
}

const numbersOf = ({ name, first, last }: Pick<EnergyLine, "name" | "first" | "last">) => ({
  ...({ type: "value", name, nameLocation: "middle", nameGap: 24 } as const),
  ...({ minInterval: 1, min: first, max: last ?? "dataMax" } as const),
});

const aboveOf = (unit: ReadableUnit) =>
  ({ type: "value", name: `E − lowest / ${unit}`, nameLocation: "middle", nameGap: 48 }) as const;

function pointsAbove({ first, energies_hartree, unit }: EnergyLine): [number, number | null][] {
  const lowest = energies_hartree.reduce<number>(
    (low, energy) => Math.min(low, energy ?? low),
    Number.POSITIVE_INFINITY,
  );
  return energies_hartree.map((energy, k) => [
    first + k,
    energy === null ? null : (energy - lowest) * READABLE_PER_HARTREE[unit],
  ]);
}

export const energyLine = (line: EnergyLine): ChartOption => ({
  grid: { left: 66, right: 16, top: 16, bottom: 40 },
  tooltip: { trigger: "axis" },
  xAxis: numbersOf(line),
  yAxis: aboveOf(line.unit),
  series: [{ type: "line", symbolSize: 5, connectNulls: false, data: pointsAbove(line) }],
});

/** Energies of the points of an optimisation, and how far each is from where it is stationary. */
export function wayLines(points: readonly Omit<WayPoint, "geometry">[], unit: ReadableUnit): ChartOption {
  const line = { name: "Step", first: 0, unit } as const;
  const energies = pointsAbove({
    ...line,
    energies_hartree: points.map(({ energy_hartree }) => energy_hartree),
  });
  // A logarithm has no zero: an atom alone is at rest.
  const gradients = points.map(({ gradient_hartree_per_bohr: gradient }, k) => [
    k,
    gradient > 0 ? gradient : null,
  ]);
  return {
    grid: { left: 66, right: 74, top: 34, bottom: 40 },
    legend: { top: 0 },
    tooltip: { trigger: "axis" },
    xAxis: numbersOf(line),
    yAxis: [
      aboveOf(unit),
      {
        ...{ type: "log", name: "gradient / Eh/bohr", nameLocation: "middle", nameGap: 54 },
        splitLine: { show: false },
        axisLabel: { formatter: (value: number) => value.toExponential(0) },
      },
    ],
    series: [
      { name: "Energy", type: "line", symbolSize: 5, data: energies },
      {
        ...{ name: "Largest gradient", type: "line", symbol: "diamond", symbolSize: 6, yAxisIndex: 1 },
        lineStyle: { type: "dashed" },
        data: gradients as [number, number | null][],
      },
    ],
  };
}
