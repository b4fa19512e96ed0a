/** The place that a viewer draws in, turned by mouse and by arrow keys. */
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { messageOf } from "#shared/errors.ts";
import { openViewer } from "./open-viewer.ts";
import type { Viewer } from "./viewer.ts";

interface Opened {
  place: RefObject<HTMLDivElement | null>;
  /** Undefined until it is open. */
  viewer: Viewer | undefined;
  /** Why there is none. */
  failure: string;
}

/** A viewer as long as its place is in the page: a WebGL context of its own, of which browsers allow few. */
export function useViewer3d(): Opened {
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

const TURN_DEGREES = 15;
const TURNS: Readonly<Record<string, [axis: "x" | "y", sign: number]>> = {
  ArrowLeft: ["y", -1],
  ArrowRight: ["y", 1],
  ArrowUp: ["x", -1],
  ArrowDown: ["x", 1],
};

/** @param label what the picture shows, for those who cannot see it */
export function Canvas3d({ opened: { place, viewer, failure }, label }: { opened: Opened; label: string }) {
  const turn = (event: KeyboardEvent) => {
    const [axis, sign] = TURNS[event.key] ?? [];
    if (!axis || !sign) return;
    event.preventDefault();
    event.stopPropagation();
    viewer?.turn(axis, sign * TURN_DEGREES);
  };
  return (
    <>
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
    </>
  );
}
