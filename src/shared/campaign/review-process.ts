/** How a campaign's candidates are reviewed together: rules, where each candidate stands, and the sign-off. */
import { z } from "zod";
import { CampaignId, CandidateId, Sha256 } from "../ids.ts";
import { PersonName, Verdict } from "./review.ts";

export const ReviewPolicy = z.strictObject({
  /** A candidate is on the shortlist only when two people put it there. */
  secondReviewer: z.boolean(),
  /** Nobody sees the others' verdicts of a candidate before giving one. */
  blind: z.boolean(),
});
export type ReviewPolicy = z.infer<typeof ReviewPolicy>;

/** agreed: as many people as the policy asks for say the same; the latest verdict of each counts. */
export const StandingState = z.enum(["unreviewed", "awaiting-second", "agreed", "disagreement"]);
export type StandingState = z.infer<typeof StandingState>;

export const ReviewStanding = z.strictObject({
  candidateId: CandidateId,
  state: StandingState,
  /** What is agreed upon; null otherwise. */
  verdict: Verdict.nullable(),
  /** The latest verdict of each reviewer, with the reason that was given; empty where none was. */
  verdicts: z.array(z.strictObject({ reviewer: z.string(), verdict: Verdict, reason: z.string() })),
});
export type ReviewStanding = z.infer<typeof ReviewStanding>;

export const SignOff = z.strictObject({
  campaignId: CampaignId,
  signer: PersonName,
  /** What the signer states, e.g. "Approved for synthesis". */
  statement: z.string().trim().min(1).max(2000),
  at: z.iso.datetime(),
  /** The shortlist as signed: candidates and the hashes of their scores. */
  shortlist: z.array(z.strictObject({ candidateId: CandidateId, score: Sha256.nullable() })),
});
export type SignOff = z.infer<typeof SignOff>;

export const SignOffRequest = SignOff.pick({ campaignId: true, signer: true, statement: true }).extend({
  /** What the signer saw, in any order: where another shortlist is agreed upon by now, nothing is signed. */
  shortlist: z.array(CandidateId).exactOptional(),
});
export type SignOffRequest = z.infer<typeof SignOffRequest>;

export const ReopenRequest = z.strictObject({
  campaignId: CampaignId,
  by: PersonName,
  reason: z.string().trim().min(1).max(2000),
});
export type ReopenRequest = z.infer<typeof ReopenRequest>;
