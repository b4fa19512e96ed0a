/** Points of candidates that can be chosen by a rectangle or by ranges, opened by a click, and walked through by arrow keys. */
import { Button } from "@blueprintjs/core";
import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { useDark } from "../../hooks/use-dark.ts";
import { integer } from "../../text/format.ts";
import { PlotChart, type PlotHandle, type Tint } from "./plot-chart.tsx";
import { classesOf } from "./plot-classes.ts";
import { PlotLegend } from "./plot-legend.tsx";
import { COLOUR_CLASSES, coloursOf, diametersOf, pointGroups, SIZE_CLASSES } from "./plot-looks.ts";
import { type PlotNumbers, pointsOption } from "./plot-options.ts";
import { RangeFields } from "./plot-ranges.tsx";
import { isStep, stepTo } from "./plot-steps.ts";
import { placesWithin, type Range, rangeOf } from "./spread.ts";

/** A number that points are coloured or sized by. */
export interface NumberBeside {
  title: string;
  /** By place. */
  values: Float64Array;
}

export interface PointsViewProps {
  /** The same object as long as they are the same. */
  numbers: PlotNumbers;
  x: { id: string; title: string };
  y: { id: string; title: string };
  colour: NumberBeside | undefined;
  size: NumberBeside | undefined;
  /** Places of the Pareto front, and whether it falls while x rises. */
  front: { places: readonly number[]; isFalling: boolean };
  hasDiagonal: boolean;
  /** Whether the axes mean nothing: they are not drawn, and of one scale. */
  isBare?: boolean;
  /** What is said at the side. */
  beside?: ReactNode;
  chosen: ReadonlySet<number>;
  onChoose(indices: ReadonlySet<number>): void;
  /** Index of the candidate that is open. */
  open: number | null;
  onOpen(index: number): void;
  onHandle(handle: PlotHandle | undefined): void;
  label(drawn: number): string;
  /** What stands beside the ranges. */
  note(drawn: number): ReactNode;
}

const OPEN: Range = { from: null, to: null };
const EVERYWHERE = { x: OPEN, y: OPEN };

const digits = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(6))) : "none";

/** What is drawn, by look, and how. */
function usePoints({ numbers, x, y, colour, size, front, hasDiagonal, isBare, chosen }: PointsViewProps) {
  const isDark = useDark();
  const drawn = useMemo(() => placesWithin(numbers.x, numbers.y, EVERYWHERE), [numbers]);
  const colourClasses = useMemo(() => colour && classesOf(colour.values, COLOUR_CLASSES), [colour]);
  const sizeClasses = useMemo(() => size && classesOf(size.values, SIZE_CLASSES), [size]);
  const groups = useMemo(
    () => pointGroups(drawn, { colour: colourClasses, size: sizeClasses }),
    [drawn, colourClasses, sizeClasses],
  );
  const colours = useMemo(
    () => coloursOf(colourClasses?.labels.length ?? 0, isDark),
    [colourClasses, isDark],
  );
  const option = useMemo(() => {
    const lines = [
      ...(isBare
        ? []
        : [
            { title: x.title, values: numbers.x },
            { title: y.title, values: numbers.y },
          ]),
      ...[colour, size].filter((one) => one !== undefined),
    ];
    const wordsOf = (place: number): string =>
      [
        `Candidate ${numbers.indices[place]}`,
        ...lines.map(({ title, values }) => `${title}: ${digits(values[place]!)}`),
      ].join("\n");
    const asked = { x, y, groups, colours, chosen, front, hasDiagonal, isBare, wordsOf };
    return (tint: Tint) => pointsOption(numbers, asked, tint);
  }, [numbers, x, y, colour, size, groups, colours, chosen, front, hasDiagonal, isBare]);
  return { drawn, groups, colours, colourClasses, sizeClasses, option };
}

export function PointsView(props: PointsViewProps) {
  const { numbers, x, y, colour, size, front, onChoose, open, onOpen } = props;
  const { drawn, groups, colours, colourClasses, sizeClasses, option } = usePoints(props);
  const axes = `${x.id} ${y.id}`;
  const [kept, setRanges] = useState({ axes, x: OPEN, y: OPEN });
  // Those of other numbers say nothing of these.
  const ranges = kept.axes === axes ? kept : { axes, x: OPEN, y: OPEN };
  const ring = useMemo((): [number, number] | undefined => {
    const place = open === null ? -1 : numbers.indices.indexOf(open);
    return place < 0 ? undefined : [numbers.x[place]!, numbers.y[place]!];
  }, [open, numbers]);
  const choose = (places: readonly number[]) => onChoose(new Set(places.map((k) => numbers.indices[k]!)));
  const chooseWithin = (next: typeof ranges) => {
    setRanges(next);
    const isAll = [next.x, next.y].every(({ from, to }) => from === null && to === null);
    choose(isAll ? [] : placesWithin(numbers.x, numbers.y, next));
  };
  const walk = (event: KeyboardEvent) => {
    if (!isStep(event.key)) return;
    event.preventDefault();
    const from = open === null ? -1 : numbers.indices.indexOf(open);
    const next = stepTo(numbers, drawn, { key: event.key, from });
    if (next !== undefined) onOpen(numbers.indices[next]!);
  };
  const openPoint = (series: number, point: number) => {
    const place = groups[series]?.places[point];
    if (place !== undefined) onOpen(numbers.indices[place]!);
  };
  return (
    <>
      <div className="plot-beside">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here. */}
        <div
          className={props.isBare ? "plot-points plot-square" : "plot-points"}
          role="group"
          aria-label="Points. Arrow keys open the nearest in their direction."
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the arrow keys.
          tabIndex={0}
          onKeyDown={walk}
        >
          <PlotChart
            option={option}
            hasBrush
            ring={ring}
            label={props.label(drawn.length)}
            onRectangle={({ x: [x0, x1], y: [y0, y1] }) =>
              chooseWithin({ axes, x: rangeOf(x0, x1), y: rangeOf(y0, y1) })
            }
            onPoint={openPoint}
            onHandle={props.onHandle}
          />
        </div>
        {(colourClasses || sizeClasses || props.beside) && (
          <div className="plot-legends">
            {colour && colourClasses && (
              <PlotLegend title={colour.title} classes={colourClasses} colours={colours} />
            )}
            {size && sizeClasses && (
              <PlotLegend title={size.title} classes={sizeClasses} sizes={diametersOf(drawn.length)} />
            )}
            {props.beside}
          </div>
        )}
      </div>
      <div className="plot-controls">
        <RangeFields
          title={x.title}
          range={ranges.x}
          onRange={(range) => chooseWithin({ ...ranges, x: range })}
        />
        <RangeFields
          title={y.title}
          range={ranges.y}
          onRange={(range) => chooseWithin({ ...ranges, y: range })}
        />
        {front.places.length > 0 && (
          <Button
            size="small"
            text={`Choose the front (${integer(front.places.length)})`}
            onClick={() => choose(front.places)}
          />
        )}
        <span className="muted" role="status">
          {props.note(drawn.length)}
        </span>
      </div>
    </>
  );
}
