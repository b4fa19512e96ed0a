/** Which numbers stand side by side in parallel coordinates, and in which order. */
import { Button, Checkbox, PopoverNext, PopupKind } from "@blueprintjs/core";
import { ArrowDown, ArrowUp } from "@blueprintjs/icons";
import type { PlotColumn } from "./plot-columns.ts";
import { withMoved } from "./reorder.ts";

/** As many numbers as one question takes, but for the one that colours lines. */
export const MOST_AXES = 7;

interface AxesChoiceProps {
  columns: readonly PlotColumn[];
  /** Ids, in order. */
  axes: readonly string[];
  onAxes(axes: readonly string[]): void;
}

export function AxesChoice({ columns, axes, onAxes }: AxesChoiceProps) {
  const titleOf = (id: string) => columns.find((one) => one.id === id)?.title ?? id;
  const others = columns.filter(({ id }) => !axes.includes(id));
  const form = (
    <div className="axes-form">
      <b>Axes, from left to right</b>
      <ol>
        {axes.map((id, place) => (
          <li key={id}>
            <Checkbox
              label={titleOf(id)}
              checked
              disabled={axes.length <= 2}
              onChange={() => onAxes(axes.filter((one) => one !== id))}
            />
            <Button
              size="small"
              variant="minimal"
              icon={<ArrowUp size={12} />}
              aria-label={`${titleOf(id)} to the left`}
              disabled={place === 0}
              onClick={() => onAxes(withMoved(axes, place, place - 1))}
            />
            <Button
              size="small"
              variant="minimal"
              icon={<ArrowDown size={12} />}
              aria-label={`${titleOf(id)} to the right`}
              disabled={place === axes.length - 1}
              onClick={() => onAxes(withMoved(axes, place, place + 1))}
            />
          </li>
        ))}
      </ol>
      {axes.length >= MOST_AXES && <span className="muted">No more than {MOST_AXES}.</span>}
      {others.map(({ id, title }) => (
        <Checkbox
          key={id}
          label={title}
          checked={false}
          disabled={axes.length >= MOST_AXES}
          onChange={() => onAxes([...axes, id])}
        />
      ))}
    </div>
  );
  return (
    <PopoverNext
      content={form}
      placement="bottom-start"
      animation="minimal"
      arrow={false}
      popupKind={PopupKind.DIALOG}
    >
      <Button size="small" text={`Axes: ${axes.length}`} endIcon="caret-down" />
    </PopoverNext>
  );
}
