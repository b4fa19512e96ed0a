/** Two numbers of candidates against each other, their Pareto front, and their spread. */
import { useMemo, useState } from "react";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { integer } from "../../text/format.ts";
import { PlotChart } from "./plot-chart.tsx";
import { distributionOption } from "./plot-options.ts";
import { RangeFields } from "./plot-ranges.tsx";
import { isMoreBetter } from "./plot-shown.ts";
import { axisOf, columnOf, type PlotViewProps } from "./plot-view.ts";
import { PointsView } from "./points-view.tsx";
import { paretoPlaces, placesWithin, type Range } from "./spread.ts";
import { besideOf, usePlotNumbers } from "./use-plot-numbers.ts";

export function ScatterView({ campaign, asked, columns, shown, ...view }: PlotViewProps) {
  const x = axisOf(columns, shown.x);
  const y = axisOf(columns, shown.y);
  const [colour, size] = [columnOf(columns, shown.colour), columnOf(columns, shown.size)];
  const wanted = useMemo(
    () => [x, y, ...[colour, size].filter((one) => one !== undefined)],
    [x, y, colour, size],
  );
  const { numbers: read, error } = usePlotNumbers(campaign.id, asked, wanted);
  const drawn = useMemo(() => {
    const [xs, ys] = read?.columns ?? [];
    if (!read || !xs || !ys) return undefined;
    return {
      numbers: { indices: read.indices, x: xs, y: ys },
      colour: besideOf(read, wanted, colour),
      size: besideOf(read, wanted, size),
    };
  }, [read, wanted, colour, size]);
  const better = { x: isMoreBetter(shown, x), y: isMoreBetter(shown, y) };
  const front = useMemo(
    () => ({
      places:
        drawn && shown.front
          ? paretoPlaces(drawn.numbers.x, drawn.numbers.y, { x: better.x, y: better.y })
          : [],
      isFalling: better.x === better.y,
    }),
    [drawn, shown.front, better.x, better.y],
  );
  if (error) return <ErrorBanner error={error} />;
  if (!drawn) return <div className="plot-chart" />;
  const all = integer(drawn.numbers.indices.length);
  const best = (["x", "y"] as const).map((of) => `${better[of] ? "higher" : "lower"} ${{ x, y }[of].title}`);
  return (
    <PointsView
      {...view}
      {...drawn}
      {...{ x, y, front }}
      open={view.selected}
      hasDiagonal={shown.diagonal}
      label={(count) => `${y.title} against ${x.title}, ${integer(count)} candidates.`}
      note={(count) => (
        <>
          {integer(count)} of {all} have both numbers
          {front.places.length > 0 && `; best: ${best.join(" and ")}`}
          {count === 0 && ". Choose other numbers, or another view."}
        </>
      )}
    />
  );
}

const OPEN: Range = { from: null, to: null };

export function DistributionView({ campaign, asked, columns, shown, onHandle, onChoose }: PlotViewProps) {
  const x = axisOf(columns, shown.x);
  const wanted = useMemo(() => [x], [x]);
  const { numbers, error } = usePlotNumbers(campaign.id, asked, wanted);
  const [kept, setRange] = useState({ column: x.id, range: OPEN });
  const range = kept.column === x.id ? kept.range : OPEN;
  const values = numbers?.columns[0];
  const option = useMemo(() => {
    const made = values && distributionOption(values, x);
    return made && (() => made);
  }, [values, x]);
  if (error) return <ErrorBanner error={error} />;
  if (!numbers || !values || !option) return <div className="plot-chart" />;
  const count = values.filter(Number.isFinite).length;
  const chooseWithin = (next: Range) => {
    setRange({ column: x.id, range: next });
    const isAll = next.from === null && next.to === null;
    const places = isAll ? [] : placesWithin(values, null, { x: next, y: OPEN });
    onChoose(new Set(places.map((k) => numbers.indices[k]!)));
  };
  return (
    <>
      <PlotChart
        option={option}
        hasBrush={false}
        label={`Distribution of ${x.title}, ${integer(count)} candidates.`}
        onRectangle={() => {}}
        onPoint={() => {}}
        onHandle={onHandle}
      />
      <div className="plot-controls">
        <RangeFields title={x.title} range={range} onRange={chooseWithin} />
        <span className="muted" role="status">
          {integer(count)} of {integer(values.length)} have the number
        </span>
      </div>
    </>
  );
}
