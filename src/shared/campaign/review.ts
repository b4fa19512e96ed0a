/** People's verdicts: append-only; the latest counts. */
import { z } from "zod";
import { CandidateId } from "../ids.ts";

export const Verdict = z.enum(["shortlist", "maybe", "reject"]);
export type Verdict = z.infer<typeof Verdict>;

export const Review = z.strictObject({
  candidateId: CandidateId,
  verdict: Verdict,
  /** Why, in a word or a line: what lists show and people search by. Empty in earlier reviews. */
  reason: z.string().max(1_000).default(""),
  /** Whatever else there is to say. */
  comment: z.string().max(10_000),
  reviewer: z.string().min(1).max(200),
  at: z.iso.datetime(),
});
export type Review = z.infer<typeof Review>;

/** A verdict as a person gives it; the reason may be left out. */
export type NewReview = Omit<Review, "at" | "reason"> & Partial<Pick<Review, "reason">>;
