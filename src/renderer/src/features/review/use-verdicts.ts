/** Verdicts of this window: given, withdrawn, undone, done again. */
import type { NewReview, Verdict } from "#shared/campaign/review.ts";
import { type CandidateId, parseCandidateId } from "#shared/ids.ts";
import { useReviewer } from "../../components/reviewer.tsx";
import { JUDGEMENTS } from "../../components/state-tag.tsx";
import { toast, toastError } from "../../components/toaster.ts";
import { openCandidate } from "../../hooks/route.ts";
import { client } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { useReviewChanged } from "./queries.ts";
import {
  EMPTY_HISTORY,
  forgotten,
  type HistoryMove,
  isCurrent,
  moved,
  nextSteps,
  reviewOf,
  type Said,
  type Step,
  saidBy,
  withStep,
} from "./verdict-history.ts";

let history = EMPTY_HISTORY;
/** One after the other: each step is about what the one before has left. */
let last: Promise<unknown> = Promise.resolve();

const inTurn = (work: () => Promise<void>): Promise<void> => {
  const mine = last.then(work).catch(toastError);
  last = mine;
  return mine;
};

const TITLES: Readonly<Record<HistoryMove, string>> = { undo: "Undone", redo: "Done again" };
const shortOf = (id: CandidateId): string => `candidate ${parseCandidateId(id).index}`;

/** Whether it was taken: what was judged anew elsewhere is left as it is, and forgotten. */
async function take(direction: HistoryMove, step: Step): Promise<boolean> {
  const { candidateId, reviewer } = step;
  const { reviews } = await client.candidates.get({ id: candidateId, viewer: reviewer });
  if (!isCurrent(step, direction, saidBy(reviews, reviewer))) {
    history = forgotten(history, step);
    return false;
  }
  await client.candidates.review(reviewOf(step, direction));
  history = moved(history, direction, step);
  return true;
}

/** What became of one verdict, or of several that were given together. */
function told(direction: HistoryMove, steps: readonly Step[], taken: number): string {
  const [first] = steps;
  const left = steps.length - taken;
  if (first && steps.length === 1) {
    const wanted = direction === "undo" ? first.before : first.after;
    return left > 0
      ? `Your verdict on ${shortOf(first.candidateId)} has changed since: it was left as it is.`
      : `${TITLES[direction]}: ${shortOf(first.candidateId)} is ${JUDGEMENTS[wanted?.verdict ?? "withdrawn"].now}`;
  }
  return `${TITLES[direction]}: ${integer(taken)} verdicts${left > 0 ? `; ${integer(left)} have changed since and were left as they are` : ""}`;
}

/** Undoes, or does again, the last verdict of whoever reviews in this window, and shows the candidate; or all that were given together. */
export function useUndo(): (direction: HistoryMove) => void {
  const [reviewer] = useReviewer();
  const changed = useReviewChanged();
  return (direction) =>
    void inTurn(async () => {
      const steps = nextSteps(history, direction, reviewer);
      const [first] = steps;
      if (!first) return toast({ message: `There is no verdict of yours to ${direction} in this window.` });
      let taken = 0;
      try {
        for (const step of steps) if (await take(direction, step)) taken++;
      } finally {
        changed();
      }
      if (steps.length === 1 && taken === 1) openCandidate(first.candidateId);
      void toast({
        message: told(direction, steps, taken),
        intent: taken < steps.length ? "warning" : "none",
      });
    });
}

/** One verdict on several candidates, which is undone as one; where one is refused, those before it stand. */
export function useJudgeAll(): (
  ids: readonly CandidateId[],
  verdict: Verdict,
  reviewer: string,
) => Promise<void> {
  const changed = useReviewChanged();
  const undo = useUndo();
  return (ids, verdict, reviewer) =>
    inTurn(async () => {
      const batch = crypto.randomUUID();
      const after = { verdict, reason: "", comment: "" };
      try {
        for (const candidateId of ids) {
          const { reviews } = await client.candidates.get({ id: candidateId, viewer: reviewer });
          await client.candidates.review({ candidateId, reviewer, ...after });
          const before = saidBy(reviews, reviewer);
          history = withStep(history, { candidateId, reviewer, before, after, batch });
        }
      } finally {
        changed();
      }
      void toast({
        message: `${JUDGEMENTS[verdict].done} by ${reviewer}: ${integer(ids.length)}`,
        timeout: 4_000,
        action: { text: "Undo", onClick: () => undo("undo") },
      });
    });
}

/** Stores a verdict, so that it can be undone, and refreshes whatever shows it, or a lock that came in between. */
export function useJudge(): (review: NewReview, before: Said, onDone: () => void) => Promise<void> {
  const changed = useReviewChanged();
  const undo = useUndo();
  return (review, before, onDone) =>
    inTurn(async () => {
      const { verdict, reason, comment, reviewer, candidateId } = await client.candidates
        .review(review)
        .finally(changed);
      const after = verdict === "withdrawn" ? null : { verdict, reason, comment };
      history = withStep(history, { candidateId, reviewer, before, after });
      onDone();
      void toast({
        message: `${JUDGEMENTS[verdict].done} by ${reviewer}`,
        timeout: 2_500,
        action: { text: "Undo", onClick: () => undo("undo") },
      });
    });
}
