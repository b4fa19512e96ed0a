/** People at work on a campaign: verdicts, rules, sign-off. Every change is a new record; nothing is taken back. */
import { z } from "zod";
import type { Notebook } from "#core/notebook/notebook.ts";
import { type Link, seal } from "#core/notebook/proof/record.ts";
import { getCampaign } from "#core/notebook/tables/campaigns.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { listStandings, reviewPolicy, signOffOf } from "#core/notebook/tables/review-process.ts";
import { listReviews, reviewRecords } from "#core/notebook/tables/reviews.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import { ExportRecord } from "#shared/campaign/export.ts";
import type { Review } from "#shared/campaign/review.ts";
import {
  ReopenRequest,
  ReviewPolicy,
  type ReviewStanding,
  type SignOff,
  SignOffRequest,
} from "#shared/campaign/review-process.ts";
import type { SearchHit, SearchQuery } from "#shared/campaign/search.ts";
import { DomainError } from "#shared/errors.ts";
import { type CampaignId, CandidateId, parseCandidateId } from "#shared/ids.ts";
import type { ProvenanceGraph, ProvenanceNode } from "#shared/notebook/provenance.ts";

interface ReviewServices {
  notebook: Notebook;
  clock: () => Date;
}

function requireOpen({ db }: Notebook, campaign: CampaignId): void {
  const signed = signOffOf(db, campaign);
  if (!signed) return;
  const message = `The shortlist was signed off by ${signed.signer} on ${signed.at} and is locked. Reopen it, with a reason, to review on.`;
  throw new DomainError("conflict", message, { campaign, signer: signed.signer });
}

/** What keeps a campaign from being signed off, in words; undefined where nothing does. */
function obstacle(standings: readonly ReviewStanding[]): string | undefined {
  const named = (state: ReviewStanding["state"]): string[] =>
    standings.filter((standing) => standing.state === state).map(({ candidateId }) => candidateId);
  const disagreements = named("disagreement");
  if (disagreements.length > 0) return `reviewers disagree on ${disagreements.join(", ")}`;
  const alone = standings.filter(
    ({ state, verdicts }) =>
      state === "awaiting-second" && verdicts.some(({ verdict }) => verdict === "shortlist"),
  );
  if (alone.length > 0) {
    return `a second reviewer has not seen ${alone.map(({ candidateId }) => candidateId).join(", ")}`;
  }
  if (!standings.some(({ verdict }) => verdict === "shortlist")) return "no candidate is on the shortlist";
  return undefined;
}

/** @throws DomainError conflict where the shortlist is not the one that the signer saw */
function requireSeen(seen: ReadonlySet<CandidateId>, agreed: readonly ReviewStanding[]): void {
  const now = new Set(agreed.map(({ candidateId }) => candidateId));
  const changed = [...now, ...seen].filter((id) => !now.has(id) || !seen.has(id));
  if (changed.length === 0) return;
  const message = `The shortlist changed since it was shown (${changed.join(", ")}): expected the ${seen.size} that were seen, got ${now.size}. Look at it again, then sign.`;
  throw new DomainError("conflict", message, { changed });
}

/** The links of a sign-off: what was signed, and the reviews that it rests on. */
function signedLinks({ db }: Notebook, shortlist: readonly ReviewStanding[]): Link[] {
  const seen = new Set<number>();
  return shortlist.flatMap(({ candidateId }) => {
    const { records } = getCandidate(db, candidateId);
    const links: [string, number | null][] = [
      ["candidate", records.candidate],
      ["score", records.score],
    ];
    for (const review of reviewRecords(db, records.row)) links.push(["review", review]);
    return links.flatMap(([role, record]) => {
      if (record === null || seen.has(record)) return [];
      seen.add(record);
      return [{ role, target: readRecord(db, record).hash }];
    });
  });
}

/** As much of a review's record as says whose it is. */
const ReviewOf = z.looseObject({ candidateId: CandidateId });

/** A candidate's reviews as one of its reviewers may see them. */
function visible(reviews: readonly Review[], viewer: string | undefined): Review[] {
  const hasSpoken = reviews.some(({ reviewer }) => reviewer === viewer);
  return hasSpoken ? [...reviews] : [];
}

export function createReviewDesk({ notebook, clock }: ReviewServices) {
  const { db } = notebook;
  const isBlind = (campaign: CampaignId): boolean =>
    reviewPolicy(db, campaign).blind && signOffOf(db, campaign) === undefined;
  /** The rows as a viewer may see them: under a blind policy without verdicts of candidates that the viewer has not judged. */
  const blindRows = (
    campaign: CampaignId,
    rows: CandidateRow[],
    viewer: string | undefined,
  ): CandidateRow[] => {
    if (!isBlind(campaign)) return rows;
    return rows.map((row) => {
      if (row.review === null) return row;
      const reviews = listReviews(db, row.id, getCandidate(db, row.id).records.row);
      return visible(reviews, viewer).length > 0 ? row : { ...row, review: null };
    });
  };
  /** Whether verdicts of a campaign are hidden from a viewer, who has not judged all that others have. */
  const hides = (campaign: CampaignId, viewer: string | undefined): boolean =>
    isBlind(campaign) &&
    listStandings(db, campaign).some(({ verdicts }) => !verdicts.some(({ reviewer }) => reviewer === viewer));
  /** Whether an export's record would tell a viewer what others put on a shortlist. */
  const tellsShortlist = ({ campaignId, selection }: ExportRecord, viewer: string | undefined): boolean =>
    selection === "shortlist" && campaignId !== null && hides(campaignId, viewer);
  return {
    blindRows,
    /** For what cannot leave verdicts out. @throws DomainError conflict where one is hidden from the viewer */
    requireNothingHidden(campaigns: readonly Campaign[], viewer: string | undefined): void {
      const closed = campaigns.find(({ id }) => hides(id, viewer));
      if (!closed) return;
      const message = `This export would show verdicts of "${closed.settings.name}", which is reviewed blind, that ${viewer ?? "someone without a name"} may not see yet: expected a verdict of your own on each candidate that others have judged. Give them, or wait for the sign-off.`;
      throw new DomainError("conflict", message, { campaign: closed.id });
    },
    /** A campaign without the length of its shortlist, as long as a blind review hides it. */
    blindCampaign: (campaign: Campaign): Campaign =>
      isBlind(campaign.id) ? { ...campaign, counts: { ...campaign.counts, shortlisted: null } } : campaign,
    /** Adds a review of a candidate as it now stands; earlier reviews stay. */
    review(review: Review): Review {
      const { records } = getCandidate(db, review.candidateId);
      requireOpen(notebook, parseCandidateId(review.candidateId).campaign);
      const link = (role: string, record: number | null): Link[] =>
        record === null ? [] : [{ role, target: readRecord(db, record).hash }];
      const links = [...link("candidate", records.candidate), ...link("score", records.score)];
      const record = seal({ kind: "review", content: { ...review }, links });
      notebook.append({ kind: "reviewed", candidate: review.candidateId, record: record.hash }, [record]);
      return review;
    },
    policy: async (campaign: CampaignId): Promise<ReviewPolicy> =>
      reviewPolicy(db, getCampaign(db, campaign).id),
    async setPolicy(campaign: CampaignId, policy: ReviewPolicy, by: string): Promise<void> {
      getCampaign(db, campaign);
      requireOpen(notebook, campaign);
      notebook.append({ kind: "review-policy", campaign, by, ...ReviewPolicy.parse(policy) });
    },
    /** Where each candidate stands; under a blind policy only those that the viewer has spoken on. */
    async standings(campaign: CampaignId, { viewer }: { viewer?: string } = {}): Promise<ReviewStanding[]> {
      const all = listStandings(db, getCampaign(db, campaign).id);
      if (!isBlind(campaign)) return all;
      return all.filter(({ verdicts }) => verdicts.some(({ reviewer }) => reviewer === viewer));
    },
    /**
     * Signs the agreed shortlist, which is locked from then on.
     *
     * @param sign signs the log with the sign-off in it: both are kept, or neither
     */
    async signOff(request: SignOffRequest, sign?: () => void): Promise<SignOff> {
      const { campaignId, signer, statement, shortlist: seen } = SignOffRequest.parse(request);
      notebook.requireInPlace();
      getCampaign(db, campaignId);
      requireOpen(notebook, campaignId);
      const standings = listStandings(db, campaignId);
      const reason = obstacle(standings);
      if (reason)
        throw new DomainError("conflict", `The shortlist cannot be signed off: ${reason}.`, { campaignId });
      const agreed = standings.filter(({ verdict }) => verdict === "shortlist");
      if (seen) requireSeen(new Set(seen), agreed);
      const shortlist = agreed.map(({ candidateId }) => {
        const { score } = getCandidate(db, candidateId).records;
        return { candidateId, score: score === null ? null : readRecord(db, score).hash };
      });
      const signOff = { campaignId, signer, statement, at: clock().toISOString(), shortlist };
      const record = seal({ kind: "sign-off", content: signOff, links: signedLinks(notebook, agreed) });
      notebook.transaction(() => {
        notebook.append({ kind: "signed-off", campaign: campaignId, record: record.hash }, [record]);
        sign?.();
      });
      return signOff;
    },
    signedOff: async (campaign: CampaignId): Promise<SignOff | null> => {
      const signed = signOffOf(db, getCampaign(db, campaign).id);
      if (!signed) return null;
      const { record: _, ...signOff } = signed;
      return signOff;
    },
    /** Unlocks a signed shortlist; the sign-off stays in the record. */
    async reopen(request: ReopenRequest): Promise<void> {
      const { campaignId, by, reason } = ReopenRequest.parse(request);
      if (!signOffOf(db, getCampaign(db, campaignId).id)) {
        throw new DomainError("conflict", "The shortlist is not signed off: there is nothing to reopen.", {
          campaignId,
        });
      }
      notebook.append({ kind: "reopened", campaign: campaignId, by, reason });
    },
    /** Hits as a viewer may see them; one that was found by a verdict or words that are still hidden is none. */
    blindHits(hits: SearchHit[], { verdict, text, viewer }: SearchQuery): SearchHit[] {
      const byReview = verdict !== undefined || text !== undefined;
      const blind = new Map<CampaignId, boolean>();
      return hits.flatMap((hit) => {
        const { campaignId, review } = hit.candidate;
        if (!blind.has(campaignId)) blind.set(campaignId, isBlind(campaignId));
        if (review === null || !blind.get(campaignId)) return [hit];
        const [candidate] = blindRows(campaignId, [hit.candidate], viewer);
        return candidate === undefined || (byReview && candidate.review === null)
          ? []
          : [{ ...hit, candidate }];
      });
    },
    /** A record of an export as anyone may see it: without the length of a shortlist that a blind review hides. */
    blindExport: (made: ExportRecord): ExportRecord =>
      tellsShortlist(made, undefined) ? { ...made, rows: null } : made,
    /** A graph as a viewer may see it: without the reviews that are still hidden, and without shortlists made of them. */
    blindGraph(graph: ProvenanceGraph, viewer: string | undefined): ProvenanceGraph {
      const isHidden = ({ kind, content }: ProvenanceNode): boolean => {
        if (kind === "export") return tellsShortlist(ExportRecord.parse(content), viewer);
        if (kind !== "review") return false;
        const { candidateId } = ReviewOf.parse(content);
        if (!isBlind(parseCandidateId(candidateId).campaign)) return false;
        return (
          visible(listReviews(db, candidateId, getCandidate(db, candidateId).records.row), viewer).length ===
          0
        );
      };
      const hidden = new Set(graph.nodes.filter(isHidden).map(({ hash }) => hash));
      return {
        ...graph,
        nodes: graph.nodes.filter(({ hash }) => !hidden.has(hash)),
        links: graph.links.filter(({ source, target }) => !hidden.has(source) && !hidden.has(target)),
      };
    },
    blindDetail(detail: CandidateDetail, viewer: string | undefined): CandidateDetail {
      if (!isBlind(detail.campaignId)) return detail;
      const reviews = visible(detail.reviews, viewer);
      return { ...detail, reviews, review: reviews.at(-1) ?? null };
    },
  };
}
