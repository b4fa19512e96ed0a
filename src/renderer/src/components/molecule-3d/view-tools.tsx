/** How atoms are drawn, and the way back to the first view. */
import { Button, ButtonGroup } from "@blueprintjs/core";
import { Reset } from "@blueprintjs/icons";
import type { Style } from "./viewer.ts";

const STYLES: readonly { style: Style; text: string }[] = [
  { style: "ball-and-stick", text: "Balls" },
  { style: "stick", text: "Sticks" },
  { style: "space-filling", text: "Spheres" },
];

interface ViewToolsProps {
  style: Style;
  onStyle(style: Style): void;
  onReset(): void;
}

export function ViewTools({ style, onStyle, onReset }: ViewToolsProps) {
  return (
    <ButtonGroup variant="minimal">
      {STYLES.map((choice) => (
        <Button
          key={choice.style}
          size="small"
          text={choice.text}
          active={style === choice.style}
          aria-pressed={style === choice.style}
          onClick={() => onStyle(choice.style)}
        />
      ))}
      <Button size="small" icon={<Reset />} aria-label="Reset the view" onClick={onReset} />
    </ButtonGroup>
  );
}
