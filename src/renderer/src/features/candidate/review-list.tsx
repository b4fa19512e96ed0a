import type { Review } from "#shared/campaign/review.ts";
import { VerdictTag } from "../../components/state-tag.tsx";
import { when } from "../../text/format.ts";

/** Every verdict that was ever given, newest first; none is ever changed. */
export function ReviewList({ reviews }: { reviews: readonly Review[] }) {
  if (reviews.length === 0) return null;
  const newestFirst = reviews.toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <section className="records">
      <h3>Verdicts</h3>
      <ul className="review-list">
        {newestFirst.map((review) => (
          <li key={`${review.at}-${review.reviewer}-${review.verdict}`}>
            <VerdictTag verdict={review.verdict} />
            <b>{review.reviewer}</b>
            {review.reason && <span className="review-list-reason">{review.reason}</span>}
            <time className="muted" dateTime={review.at}>
              {when(review.at)}
            </time>
            {review.comment && <p>{review.comment}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
