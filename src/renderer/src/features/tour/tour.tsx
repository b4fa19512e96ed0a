/** A walk through the sample: a card beside what it tells of. The page stays as usable as it is. */
import { Button } from "@blueprintjs/core";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { toastError } from "../../components/toaster.ts";
import { navigate } from "../../hooks/route.ts";
import { openSample } from "../shelf/sample-dialog.tsx";
import { isTourWanted, START_TOUR, wantTour } from "../shelf/wanted-tour.ts";
import { findSample } from "./find-sample.ts";
import { placeBeside } from "./place-beside.ts";
import { TOUR, type TourPlace } from "./steps.ts";
import { useTarget } from "./use-target.ts";

interface CardProps {
  at: number;
  onAt(at: number): void;
  onEnd(): void;
}

/** Escape ends the tour and nothing else. */
function useEscape(onEnd: () => void): void {
  useEffect(() => {
    const end = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || document.querySelector("[role=dialog][aria-modal=true]")) return;
      event.stopPropagation();
      event.preventDefault();
      onEnd();
    };
    document.addEventListener("keydown", end, { capture: true });
    return () => document.removeEventListener("keydown", end, { capture: true });
  }, [onEnd]);
}

function TourCard({ at, onAt, onEnd }: CardProps) {
  const step = TOUR[at];
  const box = useTarget(step?.target ?? "body");
  const card = useRef<HTMLElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  useEscape(onEnd);
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    const size = { width: element.offsetWidth, height: element.offsetHeight };
    const { left, top } = placeBeside(box, size, { width: innerWidth, height: innerHeight });
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keyboard goes along with each step.
  useEffect(() => next.current?.focus(), [at]);
  if (!step) return null;
  const isLast = at === TOUR.length - 1;
  return (
    <>
      {box && (
        <div
          className="tour-ring"
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
        />
      )}
      <section
        ref={card}
        className="tour-card"
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
      >
        <h2 id="tour-title">{step.title}</h2>
        <p id="tour-text">{step.text}</p>
        <footer>
          <span className="muted">
            {at + 1} of {TOUR.length}
          </span>
          <Button size="small" variant="minimal" text="Leave the tour" onClick={onEnd} />
          <Button size="small" text="Back" disabled={at === 0} onClick={() => onAt(at - 1)} />
          <Button
            ref={next}
            size="small"
            intent="primary"
            text={isLast ? "Done" : "Next"}
            onClick={() => (isLast ? onEnd() : onAt(at + 1))}
          />
        </footer>
      </section>
    </>
  );
}

/** Stands in the page and leads through the sample when it is asked for; without one, offers to make it. */
export function Tour() {
  const [walk, setWalk] = useState<{ place: TourPlace; at: number }>();
  useEffect(() => {
    const begin = async (isAsked: boolean) => {
      wantTour(false);
      const place = await findSample();
      if (!place) {
        if (isAsked) openSample();
        return;
      }
      const [first] = TOUR;
      if (first) navigate(first.go(place));
      setWalk({ place, at: 0 });
    };
    const show = () => void begin(true).catch(toastError);
    window.addEventListener(START_TOUR, show);
    if (isTourWanted()) void begin(false).catch(toastError);
    return () => window.removeEventListener(START_TOUR, show);
  }, []);
  if (!walk) return null;
  const { place, at } = walk;
  const goTo = (next: number) => {
    const step = TOUR[next];
    if (!step) return;
    navigate(step.go(place), { replace: true });
    setWalk({ place, at: next });
  };
  return <TourCard at={at} onAt={goTo} onEnd={() => setWalk(undefined)} />;
}
