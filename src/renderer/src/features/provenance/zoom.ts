/** How large a graph is drawn. */
interface Size {
  width: number;
  height: number;
}

/** Below this no label can be read. */
export const LEAST_SCALE = 0.2;
const MOST_SCALE = 3;
/** Labels can be read from here on. */
const READABLE = 0.75;
/** Of one step of a button, a key or a wheel. */
export const STEP = 1.25;

const within = (scale: number): number => Math.min(Math.max(scale, LEAST_SCALE), MOST_SCALE);

/** So that all of it is in sight, but no larger than life. */
export const fitting = (graph: Size, view: Size): number =>
  within(Math.min(view.width / graph.width, view.height / graph.height, 1));

/** All in sight where that can be read; otherwise as small as can be read. */
export const opening = (graph: Size, view: Size): number => Math.max(fitting(graph, view), READABLE);

/** @param steps negative for smaller */
export const zoomed = (scale: number, steps: number): number => within(scale * STEP ** steps);
