/** Ends of what is chosen in a plot, typed. */
import { InputGroup } from "@blueprintjs/core";
import type { Range } from "./spread.ts";

const numberIn = (text: string): number | null => (text.trim() === "" ? null : Number(text));

interface RangeFieldsProps {
  title: string;
  range: Range;
  onRange(range: Range): void;
}

export function RangeFields({ title, range, onRange }: RangeFieldsProps) {
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
