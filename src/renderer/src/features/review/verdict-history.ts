/** What a person judged in this window, so that it can be undone: each step back or forth is a verdict of its own in the notebook. */
import { heldReviews, type NewReview, type Review } from "#shared/campaign/review.ts";
import type { CandidateId } from "#shared/ids.ts";

/** What a person says of a candidate; null: nothing, or nothing any more. */
export type Said = Pick<Review, "verdict" | "reason" | "comment"> | null;

/** One verdict that was given or withdrawn. */
export interface Step {
  candidateId: CandidateId;
  reviewer: string;
  before: Said;
  after: Said;
  /** Those that were given together are undone together. */
  batch?: string;
}

/** Past steps, the last one last, and those that were undone, the next one last. */
export interface History {
  done: readonly Step[];
  undone: readonly Step[];
}

export const EMPTY_HISTORY: History = { done: [], undone: [] };
/** Steps that are kept. */
const MOST = 1_000;

/** The verdict of one reviewer that holds. @param reviews of a candidate, in order of giving */
export function saidBy(reviews: readonly Review[], reviewer: string): Said {
  const own = heldReviews(reviews).find((review) => review.reviewer === reviewer);
  return own ? { verdict: own.verdict, reason: own.reason, comment: own.comment } : null;
}

const isSame = (a: Said, b: Said): boolean =>
  a?.verdict === b?.verdict && a?.reason === b?.reason && a?.comment === b?.comment;

/** Takes a step; what was undone before it can be done again no more. */
export const withStep = ({ done }: History, step: Step): History => ({
  done: [...done, step].slice(-MOST),
  undone: [],
});

export type HistoryMove = "undo" | "redo";

/** The steps that undo or redo is about, of this person, the next one first. */
export function nextSteps(history: History, direction: HistoryMove, reviewer: string): Step[] {
  const own = history[direction === "undo" ? "done" : "undone"].filter((step) => step.reviewer === reviewer);
  const last = own.at(-1);
  if (last?.batch === undefined) return last ? [last] : [];
  return own.filter(({ batch }) => batch === last.batch).reverse();
}

/** The verdict that makes it so. */
export function reviewOf({ candidateId, reviewer, before, after }: Step, direction: HistoryMove): NewReview {
  const wanted = direction === "undo" ? before : after;
  return { candidateId, reviewer, ...(wanted ?? { verdict: "withdrawn", reason: "", comment: "" }) };
}

/** Whether the person said nothing else of it meanwhile, elsewhere. @param now what they say of it now */
export const isCurrent = ({ before, after }: Step, direction: HistoryMove, now: Said): boolean =>
  isSame(now, direction === "undo" ? after : before);

/** After a step was undone or done again. */
export function moved({ done, undone }: History, direction: HistoryMove, step: Step): History {
  const without = (steps: readonly Step[]) => steps.filter((one) => one !== step);
  return direction === "undo"
    ? { done: without(done), undone: [...undone, step] }
    : { done: [...done, step], undone: without(undone) };
}

/** Forgets a step that cannot be taken any more. */
export const forgotten = ({ done, undone }: History, step: Step): History => ({
  done: done.filter((one) => one !== step),
  undone: undone.filter((one) => one !== step),
});
