/** Energies above their lowest, against the number of what each is of. */
import { READABLE_PER_HARTREE } from "#shared/units.ts";
import type { ChartOption } from "../../components/chart.tsx";
import type { ReadableUnit } from "../../text/energy-unit.ts";

interface EnergyLine {
  /** What is numbered. */
  readonly name: "Frame" | "Step";
  /** The number of the first. */
  readonly first: 0 | 1;
  /** null: a gap. */
  readonly energies_hartree: readonly (number | null)[];
  readonly unit: ReadableUnit;
}

export function energyLine({ name, first, energies_hartree, unit }: EnergyLine): ChartOption {
  const lowest = Math.min(...energies_hartree.filter((energy) => energy !== null));
  const data = energies_hartree.map((energy, k) => [
    first + k,
    energy === null ? null : (energy - lowest) * READABLE_PER_HARTREE[unit],
  ]);
  return {
    grid: { left: 66, right: 16, top: 16, bottom: 40 },
    tooltip: { trigger: "axis" },
    xAxis: {
      ...{ type: "value", name, nameLocation: "middle", nameGap: 24 },
      ...{ minInterval: 1, min: first, max: "dataMax" },
    },
    yAxis: { type: "value", name: `E − lowest / ${unit}`, nameLocation: "middle", nameGap: 48 },
    series: [{ type: "line", symbolSize: 5, connectNulls: false, data }],
  };
}
