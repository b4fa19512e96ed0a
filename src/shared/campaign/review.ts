/** People's verdicts: append-only; the latest of each person counts, until that person withdraws it. */
import { z } from "zod";
import { CandidateId } from "../ids.ts";

export const Verdict = z.enum(["shortlist", "maybe", "reject"]);
export type Verdict = z.infer<typeof Verdict>;

/** What a review says: a verdict, or that the reviewer's own of before holds no more. */
export const Judgement = z.enum([...Verdict.options, "withdrawn"]);
export type Judgement = z.infer<typeof Judgement>;

export const Review = z.strictObject({
  candidateId: CandidateId,
  verdict: Judgement,
  /** Why, in a word or a line: what lists show and people search by. Empty in earlier reviews. */
  reason: z.string().max(1_000).default(""),
  /** Whatever else there is to say. */
  comment: z.string().max(10_000),
  reviewer: z.string().min(1).max(200),
  at: z.iso.datetime(),
});
export type Review = z.infer<typeof Review>;

/** A verdict that holds. */
export const HeldReview = Review.extend({ verdict: Verdict });
export type HeldReview = z.infer<typeof HeldReview>;

const isHeld = (review: Review): review is HeldReview => review.verdict !== "withdrawn";

/** The verdict of each reviewer that holds, in the order in which they first spoke. @param reviews in order of giving */
export const heldReviews = (reviews: readonly Review[]): HeldReview[] =>
  [...new Map(reviews.map((review) => [review.reviewer, review])).values()].filter(isHeld);

/** The last given of the verdicts that hold. @param reviews in order of giving */
export function latestHeld(reviews: readonly Review[]): HeldReview | null {
  const held = new Set<Review>(heldReviews(reviews));
  return reviews.filter(isHeld).findLast((review) => held.has(review)) ?? null;
}

/** A name as a person gives it. */
export const PersonName = z.string().trim().min(1).max(200);

/** A verdict as a person gives it; the reason may be left out. */
export const NewReview = Review.omit({ at: true }).extend({ reviewer: PersonName });
export type NewReview = z.input<typeof NewReview>;
