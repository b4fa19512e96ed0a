/** What the colours and sizes of points say. */
import type { Classes } from "./plot-classes.ts";

interface LegendProps {
  title: string;
  classes: Classes;
  /** Of each class, or of each its diameter. */
  colours?: readonly string[];
  sizes?: readonly number[];
}

export function PlotLegend({ title, classes, colours, sizes }: LegendProps) {
  const hasNone = classes.of.includes(-1);
  return (
    <figure className="plot-legend" aria-label={`${colours ? "Colours" : "Sizes"}: ${title}`}>
      <figcaption title={title}>{title}</figcaption>
      <ul>
        {classes.labels.map((label, k) => (
          <li key={label}>
            <i
              className={colours ? "plot-swatch" : "plot-dot"}
              style={colours ? { background: colours[k] } : { width: sizes?.[k], height: sizes?.[k] }}
            />
            {label}
          </li>
        ))}
        {colours && hasNone && (
          <li>
            <i className="plot-swatch plot-swatch-none" />
            none
          </li>
        )}
      </ul>
    </figure>
  );
}
