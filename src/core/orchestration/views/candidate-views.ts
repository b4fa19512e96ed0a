/** Candidates with their ranks: a view over scores and objective, made anew each time and never stored. */

import type { Database } from "#core/notebook/file/database.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { listCandidates, listScores } from "#core/notebook/tables/candidates.ts";
import { rankBy, rankCandidates } from "#core/ranking/rank.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import type { CampaignId, CandidateId } from "#shared/ids.ts";
import { candidateDetail } from "./candidate-detail.ts";

/** Every candidate of a campaign, in order of proposal, with its rank. @throws DomainError not-found */
export function rankedCandidates(db: Database, id: CampaignId): CandidateRow[] {
  return rankCandidates(listCandidates(db, id), orderOf(db, id));
}

/** What a campaign ranks by. @throws DomainError not-found */
function orderOf(db: Database, id: CampaignId) {
  const { evaluation, ranking } = campaignSettings(db, id);
  return { property: evaluation.property, direction: ranking.direction };
}

/** The ranks of a campaign's scored candidates by order of proposal: one read, however many are looked up. */
export function ranksOf(db: Database, id: CampaignId): ReadonlyMap<number, number> {
  const { property, direction } = orderOf(db, id);
  const { ranked } = rankBy(listScores(db, id, property), { direction, value: ({ value }) => value });
  return new Map(ranked.map(({ rank, row }) => [row.index, rank]));
}

/** Candidates of any campaigns in the order given, each with its rank among all of its own campaign. */
export function withRanks<T extends CandidateRow>(db: Database, rows: readonly T[]): T[] {
  const known = new Map<CampaignId, ReadonlyMap<number, number>>();
  return rows.map((row) => {
    const { campaignId, proposal, values } = row;
    if (Object.keys(values).length === 0) return row;
    const ranks = known.get(campaignId) ?? ranksOf(db, campaignId);
    known.set(campaignId, ranks);
    return { ...row, rank: ranks.get(proposal.index) ?? null };
  });
}

/** One candidate with its rank among those of its campaign. @throws DomainError not-found, notebook-damaged */
export function rankedDetail(db: Database, id: CandidateId): CandidateDetail {
  const detail = candidateDetail(db, id);
  const [ranked = detail] = withRanks(db, [detail]);
  return ranked;
}
