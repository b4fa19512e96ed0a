/** People's verdicts: append-only; the latest counts. */
import { z } from "zod";
import { CandidateId } from "./ids.ts";

export const Verdict = z.enum(["shortlist", "maybe", "reject"]);
export type Verdict = z.infer<typeof Verdict>;

export const Review = z.strictObject({
  candidateId: CandidateId,
  verdict: Verdict,
  comment: z.string().max(10_000),
  reviewer: z.string().min(1).max(200),
  at: z.iso.datetime(),
});
export type Review = z.infer<typeof Review>;
