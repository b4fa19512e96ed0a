/** What a viewer may see of a campaign that is reviewed blind: no verdict on a candidate that the viewer has not judged. */
import { z } from "zod";
import type { Database } from "#core/notebook/file/database.ts";
import { candidateAt, getCandidate } from "#core/notebook/tables/candidates.ts";
import { listStandings, reviewPolicy, signOffOf } from "#core/notebook/tables/review-process.ts";
import { listReviews } from "#core/notebook/tables/reviews.ts";
import type { LeftOut } from "#core/notebook/tables/search.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import { ExportRecord } from "#shared/campaign/export.ts";
import { heldReviews, latestHeld, type Review } from "#shared/campaign/review.ts";
import type { ReviewStanding } from "#shared/campaign/review-process.ts";
import type { SearchHit, SearchQuery } from "#shared/campaign/search.ts";
import { DomainError } from "#shared/errors.ts";
import { type CampaignId, CandidateId, parseCandidateId } from "#shared/ids.ts";
import type { ProvenanceGraph, ProvenanceNode } from "#shared/notebook/provenance.ts";
import type { Search } from "../views/searching.ts";

/** The reviewer who looks; undefined for someone without a name. */
type Viewer = string | undefined;

/** As much of a review's record as says whose it is. */
const ReviewOf = z.looseObject({ candidateId: CandidateId });

/** Until the sign-off. */
export const isBlind = (db: Database, campaign: CampaignId): boolean =>
  reviewPolicy(db, campaign).blind && signOffOf(db, campaign) === undefined;

/** Where each reviewed candidate stands; under a blind policy only those that the viewer has spoken on. */
export function seenStandings(db: Database, campaign: CampaignId, viewer: Viewer): ReviewStanding[] {
  const all = listStandings(db, campaign);
  if (!isBlind(db, campaign)) return all;
  return all.filter(({ verdicts }) => verdicts.some(({ reviewer }) => reviewer === viewer));
}

/** Whether a verdict of the viewer holds: who withdraws the only one sees no more than before it. */
const hasSpoken = (reviews: readonly Review[], viewer: Viewer): boolean =>
  heldReviews(reviews).some(({ reviewer }) => reviewer === viewer);

/** A candidate's reviews as one of its reviewers may see them. */
const visible = (reviews: readonly Review[], viewer: Viewer): Review[] =>
  hasSpoken(reviews, viewer) ? [...reviews] : reviews.filter(({ reviewer }) => reviewer === viewer);

const seesReviews = (db: Database, id: CandidateId, viewer: Viewer): boolean =>
  hasSpoken(listReviews(db, id, getCandidate(db, id).records.row), viewer);

/** Whether verdicts of a campaign are hidden from a viewer, who has not judged all that others have. */
const hides = (db: Database, campaign: CampaignId, viewer: Viewer): boolean =>
  isBlind(db, campaign) &&
  listStandings(db, campaign).some(({ verdicts }) => !verdicts.some(({ reviewer }) => reviewer === viewer));

/** Whether an export's record would tell a viewer what others put on a shortlist. */
const tellsShortlist = (db: Database, { campaignId, selection }: ExportRecord, viewer: Viewer): boolean =>
  selection === "shortlist" && campaignId !== null && hides(db, campaignId, viewer);

/** For what cannot leave verdicts out. @throws DomainError conflict where one is hidden from the viewer */
export function requireNothingHidden(db: Database, campaigns: readonly Campaign[], viewer: Viewer): void {
  const closed = campaigns.find(({ id }) => hides(db, id, viewer));
  if (!closed) return;
  const message = `This export would show verdicts of "${closed.settings.name}", which is reviewed blind, that ${viewer ?? "someone without a name"} may not see yet: expected a verdict of your own on each candidate that others have judged. Give them, or wait for the sign-off.`;
  throw new DomainError("conflict", message, { campaign: closed.id });
}

/** A campaign without the length of its shortlist, as long as a blind review hides it. */
export const blindCampaign = (db: Database, campaign: Campaign): Campaign =>
  isBlind(db, campaign.id) ? { ...campaign, counts: { ...campaign.counts, shortlisted: null } } : campaign;

/** A campaign's rows as a viewer may see them. */
export function blindRows(
  db: Database,
  campaign: CampaignId,
  rows: CandidateRow[],
  viewer: Viewer,
): CandidateRow[] {
  if (!isBlind(db, campaign)) return rows;
  return rows.map((row) =>
    row.review === null || seesReviews(db, row.id, viewer) ? row : { ...row, review: null },
  );
}

export function blindDetail(db: Database, detail: CandidateDetail, viewer: Viewer): CandidateDetail {
  if (!isBlind(db, detail.campaignId)) return detail;
  const reviews = visible(detail.reviews, viewer);
  return { ...detail, reviews, review: latestHeld(reviews) };
}

/**
 * What a search finds as a viewer may see it, as many as its limit says; what was found by a verdict or words that are still hidden is no
 * hit.
 */
export async function blindSearch(
  db: Database,
  search: Pick<Search, "run">,
  query: SearchQuery,
  leftOut: LeftOut = {},
): Promise<SearchHit[]> {
  const { verdict, text, viewer } = query;
  const blind = new Map<CampaignId, boolean>();
  const hidesReview = ({ id, campaignId, review }: CandidateRow): boolean => {
    if (review === null) return false;
    if (!blind.has(campaignId)) blind.set(campaignId, isBlind(db, campaignId));
    return blind.get(campaignId) === true && !seesReviews(db, id, viewer);
  };
  const byReview = verdict !== undefined || text !== undefined;
  const isHidden = (row: number): boolean => hidesReview(candidateAt(db, row));
  const hits = await search.run(query, { ...leftOut, ...(byReview && { isHidden }) });
  return hits.map((hit) =>
    hidesReview(hit.candidate) ? { ...hit, candidate: { ...hit.candidate, review: null } } : hit,
  );
}

/** A record of an export as anyone may see it: without the length of a shortlist that a blind review hides. */
export const blindExport = (db: Database, made: ExportRecord): ExportRecord =>
  tellsShortlist(db, made, undefined) ? { ...made, rows: null } : made;

function isHidden(db: Database, { kind, content }: ProvenanceNode, viewer: Viewer): boolean {
  if (kind === "export") return tellsShortlist(db, ExportRecord.parse(content), viewer);
  if (kind !== "review") return false;
  const { candidateId } = ReviewOf.parse(content);
  return isBlind(db, parseCandidateId(candidateId).campaign) && !seesReviews(db, candidateId, viewer);
}

/** A graph as a viewer may see it: without the reviews that are still hidden, and without shortlists made of them. */
export function blindGraph(db: Database, graph: ProvenanceGraph, viewer: Viewer): ProvenanceGraph {
  const hidden = new Set(graph.nodes.filter((node) => isHidden(db, node, viewer)).map(({ hash }) => hash));
  return {
    ...graph,
    nodes: graph.nodes.filter(({ hash }) => !hidden.has(hash)),
    links: graph.links.filter(({ source, target }) => !hidden.has(source) && !hidden.has(target)),
  };
}
