/** What people said of a candidate: where several did, all of them. */
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { type HeldReview, heldReviews, type Verdict } from "#shared/campaign/review.ts";
import type { Cell, Column, ExportRow } from "./cells.ts";

/** The review of each reviewer that holds, in the order in which they first spoke. */
export const latestReviews = ({ reviews }: Pick<CandidateDetail, "reviews">): HeldReview[] =>
  heldReviews(reviews);

/** The verdict that all give; "disagreed" where they do not; null where nobody spoke. */
export function commonVerdict(latest: readonly HeldReview[]): Verdict | "disagreed" | null {
  const [first] = latest;
  if (!first) return null;
  return latest.every(({ verdict }) => verdict === first.verdict) ? first.verdict : "disagreed";
}

/** A piece of each latest review; under several reviewers with the name of each. */
const ofEach =
  (piece: (review: HeldReview) => string) =>
  ({ candidate }: ExportRow): Cell => {
    const latest = latestReviews(candidate).filter((review) => piece(review) !== "");
    const named = latestReviews(candidate).length > 1;
    const pieces = latest.map((review) => (named ? `${review.reviewer}: ${piece(review)}` : piece(review)));
    return pieces.join("; ") || null;
  };

export const VERDICT_COLUMNS: readonly Column[] = [
  { name: "verdict", value: ({ candidate }) => commonVerdict(latestReviews(candidate)) },
  { name: "verdicts", value: ofEach(({ verdict }) => verdict) },
  { name: "verdict_reason", value: ofEach(({ reason }) => reason) },
  {
    name: "reviewer",
    value: ({ candidate }) =>
      latestReviews(candidate)
        .map(({ reviewer }) => reviewer)
        .join("; ") || null,
  },
  { name: "reviewed_at", value: ofEach(({ at }) => at) },
  { name: "comment", value: ofEach(({ comment }) => comment) },
];
