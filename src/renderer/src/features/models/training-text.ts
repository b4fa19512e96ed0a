/** What a training does, and how it ended, in words. */
import type { Ending, LossPoint, Training } from "#shared/model/training.ts";

/** The pass with the lowest loss on what was held back: the one that is kept. */
export const bestPoint = (curve: readonly LossPoint[]): LossPoint =>
  curve.reduce((a, b) => (b.validation < a.validation ? b : a));

const ENDINGS: Readonly<Record<Ending, string>> = {
  epochs: "All passes were made.",
  early: "It ended early, because the loss on the molecules held back no longer fell.",
  stopped: "You stopped it.",
  "cut-off": "The program ended before it did.",
};

/** How a training that made a model came to its end, and what was kept of it. */
export const endingText = (ending: Ending, curve: readonly LossPoint[]): string =>
  `${ENDINGS[ending]} Pass ${bestPoint(curve).epoch} was the best and is kept.`;

/** What is under way until the next point of the curve. */
export function waitingText({
  state,
  curve,
  request,
}: Pick<Training, "state" | "curve" | "request">): string {
  const last = curve.at(-1);
  if (state !== "training") return state === "reading" ? "Reading…" : "Saving…";
  if (!last) return "The model writes molecules of its own, to be rehearsed beside yours…";
  return `Pass ${Math.min(last.epoch + 1, request.epochs)} of at most ${request.epochs}…`;
}
