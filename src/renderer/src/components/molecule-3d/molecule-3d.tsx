/** A molecule in 3D; the only place that knows 3Dmol. */
import { Button, ButtonGroup } from "@blueprintjs/core";
import { Reset } from "@blueprintjs/icons";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { messageOf } from "#shared/errors.ts";
import { FaultBoundary } from "../fault-boundary.tsx";
import { openViewer, type Structure, type Style, type Viewer } from "./viewer.ts";

interface Molecule3dProps {
  structure: Structure;
  /** What the picture shows, for those who cannot see it. */
  label: string;
  /** Is handed the viewer once it shows the structure, to draw into it. */
  onViewer?: (viewer: Viewer | undefined) => void;
  /** Names what moves: structures of one motion are shown as they follow one another, seen from the same side. */
  motion?: string;
}

const STYLES: readonly { style: Style; text: string }[] = [
  { style: "ball-and-stick", text: "Balls" },
  { style: "stick", text: "Sticks" },
  { style: "space-filling", text: "Spheres" },
];

const TURN_DEGREES = 15;
const TURNS: Readonly<Record<string, [axis: "x" | "y", sign: number]>> = {
  ArrowLeft: ["y", -1],
  ArrowRight: ["y", 1],
  ArrowUp: ["x", -1],
  ArrowDown: ["x", 1],
};

/** One WebGL context serves all molecules, one after another, because browsers allow few. */
function useViewer() {
  const place = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<Viewer>();
  const [failure, setFailure] = useState("");
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let opened: Viewer | undefined;
    let gone = false;
    openViewer(element).then(
      (made) => {
        if (gone) return made.close();
        opened = made;
        setViewer(made);
      },
      (error: unknown) => setFailure(messageOf(error)),
    );
    return () => {
      gone = true;
      opened?.close();
    };
  }, []);
  return { place, viewer, failure };
}

function Shown({ structure: { format, text }, label, onViewer, motion }: Molecule3dProps) {
  const { place, viewer, failure } = useViewer();
  const [style, setStyle] = useState<Style>("ball-and-stick");
  const shown = useRef<{ viewer: Viewer; motion: string | undefined }>(undefined);
  useEffect(() => {
    const isNext =
      motion !== undefined && shown.current?.viewer === viewer && shown.current?.motion === motion;
    if (isNext) viewer?.move({ format, text });
    else viewer?.show({ format, text });
    shown.current = viewer && { viewer, motion };
    onViewer?.(viewer);
    return () => onViewer?.(undefined);
  }, [viewer, format, text, onViewer, motion]);
  useEffect(() => viewer?.setStyle(style), [viewer, style]);

  const turn = (event: KeyboardEvent) => {
    const [axis, sign] = TURNS[event.key] ?? [];
    if (!axis || !sign) return;
    event.preventDefault();
    event.stopPropagation();
    viewer?.turn(axis, sign * TURN_DEGREES);
  };

  return (
    <figure className="molecule-3d">
      <div
        className="molecule-3d-canvas"
        ref={place}
        role="application"
        aria-label={`${label}. Arrow keys turn it.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys turn the molecule.
        tabIndex={0}
        onKeyDown={turn}
      />
      {failure && (
        <p className="molecule-3d-failure">The 3D view needs WebGL, which is not available here: {failure}</p>
      )}
      <div className="molecule-3d-tools">
        <ButtonGroup variant="minimal">
          {STYLES.map((choice) => (
            <Button
              key={choice.style}
              size="small"
              text={choice.text}
              active={style === choice.style}
              aria-pressed={style === choice.style}
              onClick={() => setStyle(choice.style)}
            />
          ))}
          <Button size="small" icon={<Reset />} aria-label="Reset the view" onClick={() => viewer?.reset()} />
        </ButtonGroup>
      </div>
    </figure>
  );
}

export function Molecule3d(props: Molecule3dProps) {
  return (
    <FaultBoundary of="The 3D view" place={props.motion ?? props.structure.text}>
      <Shown {...props} />
    </FaultBoundary>
  );
}
