/** Verdicts of this window: given, withdrawn, undone, done again. */
import type { NewReview } from "#shared/campaign/review.ts";
import { type CandidateId, parseCandidateId } from "#shared/ids.ts";
import { useReviewer } from "../../components/reviewer.tsx";
import { JUDGEMENTS } from "../../components/state-tag.tsx";
import { toast, toastError } from "../../components/toaster.ts";
import { openCandidate } from "../../hooks/route.ts";
import { client } from "../../rpc/client.ts";
import { useReviewChanged } from "./queries.ts";
import {
  EMPTY_HISTORY,
  forgotten,
  type HistoryMove,
  isCurrent,
  moved,
  nextStep,
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

async function take(direction: HistoryMove, step: Step): Promise<void> {
  const { candidateId, reviewer } = step;
  const { reviews } = await client.candidates.get({ id: candidateId, viewer: reviewer });
  if (!isCurrent(step, direction, saidBy(reviews, reviewer))) {
    history = forgotten(history, step);
    const message = `Your verdict on ${shortOf(candidateId)} has changed since: it was left as it is.`;
    return toast({ message, intent: "warning" });
  }
  const { verdict } = await client.candidates.review(reviewOf(step, direction));
  history = moved(history, direction, step);
  openCandidate(candidateId);
  void toast({ message: `${TITLES[direction]}: ${shortOf(candidateId)} is ${JUDGEMENTS[verdict].now}` });
}

/** Undoes, or does again, the last verdict of whoever reviews in this window, and shows the candidate. */
export function useUndo(): (direction: HistoryMove) => void {
  const [reviewer] = useReviewer();
  const changed = useReviewChanged();
  return (direction) =>
    void inTurn(async () => {
      const step = nextStep(history, direction, reviewer);
      if (!step) return toast({ message: `There is no verdict of yours to ${direction} in this window.` });
      await take(direction, step).finally(changed);
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
