/** What a plot shows, as a person chooses it. */
import { Button, Checkbox, HTMLSelect, SegmentedControl } from "@blueprintjs/core";
import { AxesChoice } from "./axes-choice.tsx";
import type { PlotHandle } from "./plot-chart.tsx";
import type { PlotColumn } from "./plot-columns.ts";
import { axesOf, isMoreBetter, PLOT_KINDS, type PlotShown } from "./plot-shown.ts";

interface PlotControlsProps {
  columns: readonly PlotColumn[];
  shown: PlotShown;
  set(change: Partial<PlotShown>): void;
  handle: PlotHandle | undefined;
  /** Of files. */
  name: string;
}

type Chooser = Pick<PlotControlsProps, "columns" | "shown" | "set">;

/** One of the columns for one use. */
function ColumnChooser({ columns, shown, set, of, label, none }: Chooser & ChooserWords) {
  const options = columns.map(({ id, title }) => ({ value: id, label: none ? `${label}: ${title}` : title }));
  return (
    <HTMLSelect
      aria-label={label}
      options={[...(none ? [{ value: "", label: none }] : []), ...options]}
      value={shown[of]}
      onChange={({ currentTarget }) => set({ [of]: currentTarget.value })}
    />
  );
}

interface ChooserWords {
  of: "x" | "y" | "colour" | "size";
  label: string;
  /** What stands for no column; absent: there is always one. */
  none?: string;
}

/** Whether more or less of an axis is better, for the front. */
function Direction({ columns, shown, set, of }: Chooser & { of: "x" | "y" }) {
  const column = columns.find(({ id }) => id === shown[of]);
  if (!column) return null;
  const isMore = isMoreBetter(shown, column);
  return (
    <HTMLSelect
      aria-label={`Better: ${column.title}`}
      options={[
        { value: "more", label: `${of === "x" ? "Across" : "Up"}: more is better` },
        { value: "less", label: `${of === "x" ? "Across" : "Up"}: less is better` },
      ]}
      value={isMore ? "more" : "less"}
      onChange={({ currentTarget }) =>
        set({ more: { ...shown.more, [column.id]: currentTarget.value === "more" } })
      }
    />
  );
}

export function PlotControls({ handle, name, ...chooser }: PlotControlsProps) {
  const { shown, set } = chooser;
  const isScatter = shown.kind === "scatter";
  const hasPoints = isScatter || shown.kind === "map";
  const isParallel = shown.kind === "parallel";
  const hasAcross = isScatter || shown.kind === "distribution";
  const file = (format: "svg" | "png") => (
    <Button
      size="small"
      variant="minimal"
      text={format.toUpperCase()}
      aria-label={`Save as ${format.toUpperCase()}`}
      onClick={() => handle?.save(format, name)}
    />
  );
  return (
    <div className="plot-controls">
      <SegmentedControl
        size="small"
        aria-label="Kind of plot"
        options={PLOT_KINDS.map(({ kind, label }) => ({ value: kind, label }))}
        value={shown.kind}
        onValueChange={(kind) => set({ kind: kind as PlotShown["kind"] })}
      />
      {isParallel && (
        <AxesChoice
          columns={chooser.columns}
          axes={axesOf(shown, chooser.columns).map(({ id }) => id)}
          onAxes={(axes) => set({ axes })}
        />
      )}
      {hasAcross && <ColumnChooser {...chooser} of="x" label="Across" />}
      {isScatter && <ColumnChooser {...chooser} of="y" label="Up" />}
      {(hasPoints || isParallel) && (
        <ColumnChooser {...chooser} of="colour" label="Colour" none="Colour: one for all" />
      )}
      {hasPoints && <ColumnChooser {...chooser} of="size" label="Size" none="Size: one for all" />}
      {isScatter && (
        <>
          <Checkbox
            label="Pareto front"
            checked={shown.front}
            onChange={() => set({ front: !shown.front })}
          />
          {shown.front && <Direction {...chooser} of="x" />}
          {shown.front && <Direction {...chooser} of="y" />}
          <Checkbox
            label="y = x"
            checked={shown.diagonal}
            onChange={() => set({ diagonal: !shown.diagonal })}
          />
        </>
      )}
      <span className="plot-files">
        {file("svg")}
        {file("png")}
      </span>
    </div>
  );
}
