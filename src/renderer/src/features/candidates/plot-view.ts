/** What every plot of candidates is given. */
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { ColumnRange } from "../../hooks/route.ts";
import type { PlotHandle } from "./plot-chart.tsx";
import type { PlotColumn } from "./plot-columns.ts";
import type { PlotShown } from "./plot-shown.ts";
import type { RangeColumn } from "./range-filter.tsx";
import type { PlotAsked } from "./use-plot-numbers.ts";

export interface PlotPanelProps {
  campaign: Campaign;
  asked: PlotAsked;
  /** Index of the candidate that is open. */
  selected: number | null;
  chosen: ReadonlySet<number>;
  onChoose(indices: ReadonlySet<number>): void;
  onOpen(index: number): void;
  /** Ranges of the table, and the columns that can have one. */
  tableRanges: {
    columns: readonly RangeColumn[];
    ranges: readonly ColumnRange[];
    onRanges(ranges: readonly ColumnRange[]): void;
  };
}

export interface PlotViewProps extends PlotPanelProps {
  columns: readonly PlotColumn[];
  shown: PlotShown;
  onHandle(handle: PlotHandle | undefined): void;
}

export const columnOf = (columns: readonly PlotColumn[], id: string): PlotColumn | undefined =>
  columns.find((one) => one.id === id);

/** The column of an axis: one that is gone, as another notebook's, is the first, which every campaign has. */
export const axisOf = (columns: readonly PlotColumn[], id: string): PlotColumn =>
  columnOf(columns, id) ?? columns[0]!;
