/** People at work on a campaign: verdicts, rules, sign-off. Every change is a new record; nothing is taken back. */
import type { Database } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { type Link, seal } from "#core/notebook/proof/record.ts";
import { getCampaign } from "#core/notebook/tables/campaigns.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { reviewPolicy } from "#core/notebook/tables/review-process.ts";
import { listReviews } from "#core/notebook/tables/reviews.ts";
import { heldReviews, type Review } from "#shared/campaign/review.ts";
import type {
  ReopenRequest,
  ReviewPolicy,
  ReviewStanding,
  SignOff,
  SignOffRequest,
} from "#shared/campaign/review-process.ts";
import { DomainError } from "#shared/errors.ts";
import { type CampaignId, parseCandidateId } from "#shared/ids.ts";
import { seenStandings } from "./blind.ts";
import { type ReviewServices, reopen, requireOpen, signedOff, signOff } from "./sign-off.ts";

interface OneCampaign {
  campaignId: CampaignId;
}

/** @throws DomainError conflict where no verdict of the reviewer holds */
function requireHeld(db: Database, row: number, { candidateId, reviewer }: Review): void {
  const held = heldReviews(listReviews(db, candidateId, row));
  if (held.some((review) => review.reviewer === reviewer)) return;
  const message = `${reviewer} has no verdict on ${candidateId} to withdraw: expected one that holds, found none. Names are told apart letter by letter.`;
  throw new DomainError("conflict", message, { candidateId, reviewer });
}

/** Adds a review of a candidate as it now stands; earlier reviews stay. */
function addReview(notebook: Notebook, review: Review): Review {
  const { db } = notebook;
  const { records } = getCandidate(db, review.candidateId);
  requireOpen(notebook, parseCandidateId(review.candidateId).campaign);
  if (review.verdict === "withdrawn") requireHeld(db, records.row, review);
  const link = (role: string, record: number | null): Link[] =>
    record === null ? [] : [{ role, target: readRecord(db, record).hash }];
  const links = [...link("candidate", records.candidate), ...link("score", records.score)];
  const record = seal({ kind: "review", content: { ...review }, links });
  notebook.append({ kind: "reviewed", candidate: review.candidateId, record: record.hash }, [record]);
  return review;
}

export function createReviewDesk(services: ReviewServices) {
  const { notebook } = services;
  const { db } = notebook;
  return {
    review: (review: Review): Review => addReview(notebook, review),
    policy: async ({ campaignId: campaign }: OneCampaign): Promise<ReviewPolicy> =>
      reviewPolicy(db, getCampaign(db, campaign).id),
    async setPolicy({
      campaignId: campaign,
      policy,
      by,
    }: OneCampaign & { policy: ReviewPolicy; by: string }): Promise<void> {
      getCampaign(db, campaign);
      requireOpen(notebook, campaign);
      notebook.append({ kind: "review-policy", campaign, by, ...policy });
    },
    standings: async ({ campaignId, viewer }: OneCampaign & { viewer?: string }): Promise<ReviewStanding[]> =>
      seenStandings(db, getCampaign(db, campaignId).id, viewer),
    signOff: async (request: SignOffRequest, sign?: () => void): Promise<SignOff> =>
      signOff(services, request, sign),
    signedOff: async ({ campaignId }: OneCampaign): Promise<SignOff | null> => signedOff(db, campaignId),
    reopen: async (request: ReopenRequest): Promise<void> => reopen(notebook, request),
  };
}
