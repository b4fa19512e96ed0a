/** A molecule in 3D. */
import { useEffect, useRef, useState } from "react";
import { FaultBoundary } from "../fault-boundary.tsx";
import { Canvas3d, useViewer3d } from "./canvas-3d.tsx";
import { ViewTools } from "./view-tools.tsx";
import type { Structure, Style, Viewer } from "./viewer.ts";

interface Molecule3dProps {
  structure: Structure;
  /** What the picture shows, for those who cannot see it. */
  label: string;
  /** Is handed the viewer once it shows the structure, to draw into it. */
  onViewer?: (viewer: Viewer | undefined) => void;
  /** Names what moves: structures of one motion are shown as they follow one another, seen from the same side. */
  motion?: string;
}

/** One WebGL context serves all molecules, one after another. */
function Shown({ structure: { format, text }, label, onViewer, motion }: Molecule3dProps) {
  const opened = useViewer3d();
  const { viewer } = opened;
  const [style, setStyle] = useState<Style>("ball-and-stick");
  const shown = useRef<{ viewer: Viewer; motion: string | undefined }>(undefined);
  useEffect(() => {
    const isNext =
      motion !== undefined && shown.current?.viewer === viewer && shown.current?.motion === motion;
    if (isNext) viewer?.move({ format, text });
    else viewer?.show([{ format, text }]);
    shown.current = viewer && { viewer, motion };
    onViewer?.(viewer);
    return () => onViewer?.(undefined);
  }, [viewer, format, text, onViewer, motion]);
  useEffect(() => viewer?.setStyle(style), [viewer, style]);
  return (
    <figure className="molecule-3d">
      <Canvas3d opened={opened} label={label} />
      <div className="molecule-3d-tools">
        <ViewTools style={style} onStyle={setStyle} onReset={() => viewer?.reset()} />
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
