import { Button, Callout, Checkbox, HTMLSelect, InputGroup, SegmentedControl } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateOrder } from "#shared/campaign/candidate-page.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { useStored } from "../../hooks/use-stored.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { PlotChart, type PlotHandle } from "./plot-chart.tsx";
import { type PlotColumn, plotColumns } from "./plot-columns.ts";
import { distributionOption, type PlotShown, scatterOption } from "./plot-options.ts";
import { paretoPlaces, placesWithin, type Range, rangeOf } from "./spread.ts";

interface PlotPanelProps {
  campaign: Campaign;
  /** Which candidates: those of the table. */
  asked: Pick<CandidateOrder, "view" | "text" | "viewer" | "ranges">;
  chosen: ReadonlySet<number>;
  onChoose(indices: ReadonlySet<number>): void;
  onOpen(index: number): void;
}

const FIRST: PlotShown = {
  kind: "scatter",
  x: "molecularWeight_dalton",
  y: "value",
  front: false,
  diagonal: false,
};

/** As it was left in this campaign. */
function useShown(id: string): [PlotShown, (change: Partial<PlotShown>) => void] {
  const [stored, remember] = useStored(`plot.${id}`);
  const shown = useMemo((): PlotShown => {
    try {
      return { ...FIRST, ...(JSON.parse(stored) as Partial<PlotShown>) };
    } catch {
      return FIRST;
    }
  }, [stored]);
  return [shown, (change) => remember(JSON.stringify({ ...shown, ...change }))];
}

/** The numbers of both axes as they are read; undefined until they are there. */
function useNumbers({
  campaign,
  asked,
  x,
  y,
}: Pick<PlotPanelProps, "campaign" | "asked"> & { x: PlotColumn; y: PlotColumn }) {
  const input = { campaignId: campaign.id, ...asked, keys: [x.key, y.key] };
  const query = useQuery({
    ...api.candidates.numbers.queryOptions({ input, placeholderData: keepPreviousData }),
    staleTime: 0,
    gcTime: 60_000,
  });
  const { data, isPlaceholderData } = query;
  const numbers = useMemo(() => {
    const [first, second] = data?.columns ?? [];
    if (!data || !first || !second || isPlaceholderData) return undefined;
    return { indices: data.indices, x: first.map(x.fromStored), y: second.map(y.fromStored) };
  }, [data, isPlaceholderData, x, y]);
  return { numbers, error: query.error };
}

const numberIn = (text: string): number | null => (text.trim() === "" ? null : Number(text));

function RangeFields({
  title,
  range,
  onRange,
}: {
  title: string;
  range: Range;
  onRange(range: Range): void;
}) {
  const side = (name: "from" | "to") => (
    <InputGroup
      size="small"
      type="number"
      step="any"
      aria-label={`${title}, ${name}`}
      placeholder={name}
      value={range[name] === null ? "" : String(range[name])}
      onValueChange={(text) => onRange({ ...range, [name]: numberIn(text) })}
    />
  );
  return (
    <span className="plot-range">
      <span title={title}>{title}</span>
      {side("from")}
      {side("to")}
    </span>
  );
}

const OPEN: Range = { from: null, to: null };
const EVERYWHERE = { x: OPEN, y: OPEN };

/** A plot of the candidates of the table: what is chosen in the one is chosen in the other. */
export function PlotPanel({ campaign, asked, chosen, onChoose, onOpen }: PlotPanelProps) {
  const [choice] = useEnergyUnit();
  const columns = useMemo(() => plotColumns(campaign, choice), [campaign, choice]);
  const [shown, set] = useShown(campaign.id);
  const columnOf = (id: string, otherwise: number) =>
    columns.find((one) => one.id === id) ?? columns[otherwise];
  const [x, y] = [columnOf(shown.x, 0), columnOf(shown.y, 0)];
  if (!x || !y) return null;
  return <Plot {...{ campaign, asked, chosen, onChoose, onOpen, columns, shown, set, x, y }} />;
}

interface PlotProps extends PlotPanelProps {
  columns: readonly PlotColumn[];
  shown: PlotShown;
  set(change: Partial<PlotShown>): void;
  x: PlotColumn;
  y: PlotColumn;
}

function Controls({
  columns,
  shown,
  set,
  handle,
  name,
}: PlotProps & { handle: PlotHandle | undefined; name: string }) {
  const options = columns.map(({ id, title }) => ({ value: id, label: title }));
  const isScatter = shown.kind === "scatter";
  const axis = (of: "x" | "y") => (
    <HTMLSelect
      aria-label={of === "x" ? "Across" : "Up"}
      options={options}
      value={shown[of]}
      onChange={({ currentTarget }) => set({ [of]: currentTarget.value })}
    />
  );
  return (
    <div className="plot-controls">
      <SegmentedControl
        size="small"
        aria-label="Kind of plot"
        options={[
          { value: "scatter", label: "Scatter" },
          { value: "distribution", label: "Distribution" },
        ]}
        value={shown.kind}
        onValueChange={(kind) => set({ kind: kind as PlotShown["kind"] })}
      />
      {axis("x")}
      {isScatter && axis("y")}
      {isScatter && (
        <>
          <Checkbox
            label="Pareto front"
            checked={shown.front}
            onChange={() => set({ front: !shown.front })}
          />
          <Checkbox
            label="y = x"
            checked={shown.diagonal}
            onChange={() => set({ diagonal: !shown.diagonal })}
          />
        </>
      )}
      <span className="plot-files">
        <Button
          size="small"
          variant="minimal"
          text="SVG"
          aria-label="Save as SVG"
          onClick={() => handle?.save("svg", name)}
        />
        <Button
          size="small"
          variant="minimal"
          text="PNG"
          aria-label="Save as PNG"
          onClick={() => handle?.save("png", name)}
        />
      </span>
    </div>
  );
}

function Plot(props: PlotProps) {
  const { campaign, asked, chosen, onChoose, onOpen, shown, x, y } = props;
  const [handle, setHandle] = useState<PlotHandle>();
  const axes = `${x.title} ${y.title}`;
  const [kept, setRanges] = useState({ axes, x: OPEN, y: OPEN });
  // Those of other numbers say nothing of these.
  const ranges = kept.axes === axes ? kept : { axes, x: OPEN, y: OPEN };
  const { numbers, error } = useNumbers({ campaign, asked, x, y });
  const isScatter = shown.kind === "scatter";
  const front = useMemo(
    () =>
      numbers && isScatter && shown.front
        ? paretoPlaces(numbers.x, numbers.y, { x: x.isMoreBetter, y: y.isMoreBetter })
        : [],
    [numbers, isScatter, shown.front, x, y],
  );
  const drawn = useMemo(
    () => (numbers ? placesWithin(numbers.x, isScatter ? numbers.y : null, EVERYWHERE) : []),
    [numbers, isScatter],
  );
  const option = useMemo(() => {
    if (!numbers) return undefined;
    return isScatter
      ? scatterOption(numbers, drawn, { x, y, front, chosen, hasDiagonal: shown.diagonal })
      : distributionOption(numbers.x, x);
  }, [numbers, isScatter, drawn, x, y, front, chosen, shown.diagonal]);
  const choose = (places: readonly number[]) =>
    numbers && onChoose(new Set(places.map((k) => numbers.indices[k]!)));
  const chooseWithin = (next: typeof ranges) => {
    setRanges(next);
    const isAll = [next.x, next.y].every(({ from, to }) => from === null && to === null);
    if (numbers) choose(isAll ? [] : placesWithin(numbers.x, isScatter ? numbers.y : null, next));
  };
  const name = [campaign.settings.name, y.title, x.title].join(" ").replace(/[^\w.-]+/g, "-");
  const better = (column: PlotColumn) => `${column.isMoreBetter ? "higher" : "lower"} ${column.title}`;
  if (error) return <ErrorBanner error={error} />;
  return (
    <section className="plot-panel" aria-label="Plot">
      <Controls {...props} handle={handle} name={name} />
      {option && (
        <PlotChart
          option={option}
          hasBrush={isScatter}
          label={`${isScatter ? `${y.title} against ` : "Distribution of "}${x.title}, ${integer(drawn.length)} candidates.`}
          onRectangle={({ x: [x0, x1], y: [y0, y1] }) =>
            chooseWithin({ axes, x: rangeOf(x0, x1), y: rangeOf(y0, y1) })
          }
          onPoint={(point) => isScatter && numbers && onOpen(numbers.indices[drawn[point]!]!)}
          onHandle={setHandle}
        />
      )}
      <div className="plot-controls">
        <RangeFields
          title={x.title}
          range={ranges.x}
          onRange={(range) => chooseWithin({ ...ranges, x: range })}
        />
        {isScatter && (
          <RangeFields
            title={y.title}
            range={ranges.y}
            onRange={(range) => chooseWithin({ ...ranges, y: range })}
          />
        )}
        {front.length > 0 && (
          <Button
            size="small"
            text={`Choose the front (${integer(front.length)})`}
            onClick={() => choose(front)}
          />
        )}
        <span className="muted" role="status">
          {integer(drawn.length)} of {integer(numbers?.indices.length ?? 0)} have{" "}
          {isScatter ? "both numbers" : "the number"}
          {front.length > 0 && `; best: ${better(x)} and ${better(y)}`}
        </span>
      </div>
      {numbers && drawn.length === 0 && (
        <Callout compact>No candidate of this view has these numbers.</Callout>
      )}
    </section>
  );
}
