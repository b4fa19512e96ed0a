/** What a person asked a plot to show, as it was left in a campaign. */
import { useMemo } from "react";
import { useStored } from "../../hooks/use-stored.ts";
import type { PlotColumn } from "./plot-columns.ts";

export const PLOT_KINDS = [
  { kind: "scatter", label: "Scatter" },
  { kind: "distribution", label: "Distribution" },
  { kind: "parallel", label: "Parallel" },
  { kind: "map", label: "Map" },
] as const;

export interface PlotShown {
  kind: (typeof PLOT_KINDS)[number]["kind"];
  /** Ids of columns. */
  x: string;
  y: string;
  /** Ids of the columns of parallel coordinates, in order. */
  axes: readonly string[];
  /** By whose numbers points are coloured and sized; empty: by none. */
  colour: string;
  size: string;
  /** Whether the Pareto front is drawn, and the line of equal numbers. */
  front: boolean;
  diagonal: boolean;
  /** Ids of columns for which a person says whether more is better. */
  more: Readonly<Record<string, boolean>>;
}

const FIRST: PlotShown = {
  kind: "scatter",
  x: "molecularWeight_dalton",
  y: "value",
  axes: ["value", "molecularWeight_dalton", "logP", "tpsa_angstrom2"],
  ...{ colour: "", size: "" },
  ...{ front: false, diagonal: false, more: {} },
};

export function usePlotShown(campaign: string): [PlotShown, (change: Partial<PlotShown>) => void] {
  const [stored, remember] = useStored(`plot.${campaign}`);
  const shown = useMemo((): PlotShown => {
    try {
      return { ...FIRST, ...(JSON.parse(stored) as Partial<PlotShown>) };
    } catch {
      return FIRST;
    }
  }, [stored]);
  return [shown, (change) => remember(JSON.stringify({ ...shown, ...change }))];
}

/** Whether more of a column is better, as a person says, or else as the column does. */
export const isMoreBetter = ({ more }: Pick<PlotShown, "more">, column: PlotColumn): boolean =>
  more[column.id] ?? column.isMoreBetter;

/** The columns of parallel coordinates: those that are known, or the first two. */
export function axesOf({ axes }: Pick<PlotShown, "axes">, columns: readonly PlotColumn[]): PlotColumn[] {
  const known = axes.flatMap((id) => columns.find((one) => one.id === id) ?? []);
  return known.length >= 2 ? known : columns.slice(0, 2);
}
