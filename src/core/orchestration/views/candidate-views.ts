/** Candidates with their ranks: a view over scores and objective, made anew each time and never stored. */

import type { Database } from "#core/notebook/file/database.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { listCandidates, listScores } from "#core/notebook/tables/candidates.ts";
import { rankByRungs, rankCandidates } from "#core/ranking/rank.ts";
import type { CandidateDetail, CandidateRow } from "#shared/campaign/candidate.ts";
import { rungOrders } from "#shared/campaign/rungs.ts";
import type { CampaignId, CandidateId } from "#shared/ids.ts";
import { candidateDetail } from "./candidate-detail.ts";

/** Every candidate of a campaign, in order of proposal, with its rank. @throws DomainError not-found */
export function rankedCandidates(db: Database, id: CampaignId): CandidateRow[] {
  return rankCandidates(listCandidates(db, id), ordersOf(db, id));
}

/** What a campaign ranks by, the dearest rung first. @throws DomainError not-found */
const ordersOf = (db: Database, id: CampaignId) => rungOrders(campaignSettings(db, id));

/** The ranks of a campaign's scored candidates by order of proposal: one read, however many are looked up. */
export function ranksOf(db: Database, id: CampaignId): ReadonlyMap<number, number> {
  const ranked = rankByRungs(listScores(db, id), ordersOf(db, id), (row, property) =>
    row.property === property ? row.value : null,
  );
  return new Map(ranked.map(({ rank, row }) => [row.index, rank]));
}

type RanksIn = (id: CampaignId) => ReadonlyMap<number, number>;

/** Candidates of any campaigns in the order given, each with its rank among all of its own campaign. @param ranksIn where they are kept */
export function withRanks<T extends CandidateRow>(
  db: Database,
  rows: readonly T[],
  ranksIn: RanksIn = (id) => ranksOf(db, id),
): T[] {
  const known = new Map<CampaignId, ReadonlyMap<number, number>>();
  return rows.map((row) => {
    const { campaignId, proposal, values } = row;
    if (Object.keys(values).length === 0) return row;
    const ranks = known.get(campaignId) ?? ranksIn(campaignId);
    known.set(campaignId, ranks);
    return { ...row, rank: ranks.get(proposal.index) ?? null };
  });
}

/** One candidate with its rank among those of its campaign. @param ranksIn as of withRanks @throws DomainError not-found, notebook-damaged */
export function rankedDetail(db: Database, id: CandidateId, ranksIn?: RanksIn): CandidateDetail {
  const detail = candidateDetail(db, id);
  const [ranked = detail] = withRanks(db, [detail], ranksIn);
  return ranked;
}
