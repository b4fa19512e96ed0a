/** Candidates with their ranks: a view over scores and objective, made anew each time and never stored. */
import { getCampaign } from "#core/notebook/campaigns.ts";
import { listCandidates, listKoopmans, listScores } from "#core/notebook/candidates.ts";
import type { Database } from "#core/notebook/database.ts";
import { rankByObjective, rankCandidates } from "#core/ranking/rank.ts";
import type { CandidateDetail, CandidateRow } from "#shared/candidate.ts";
import type { CampaignId, CandidateId } from "#shared/ids.ts";
import { spearman } from "#shared/statistics.ts";
import { candidateDetail } from "./candidate-detail.ts";

/** Every candidate of a campaign, in order of proposal, with its rank. @throws DomainError not-found */
export function rankedCandidates(db: Database, id: CampaignId): CandidateRow[] {
  const { direction } = getCampaign(db, id).settings.ranking;
  return rankCandidates(listCandidates(db, id), direction);
}

/** Fewer candidates say nothing of an order. */
const FEWEST_TO_COMPARE = 3;

/**
 * How far the ranking says more than orbital energies do: Spearman's correlation of IE(VQE) with Koopmans' −ε(HOMO) over
 * the ranked candidates; null for fewer than three or where one side is constant.
 *
 * @throws DomainError not-found
 */
export function koopmansCorrelation(db: Database, id: CampaignId): number | null {
  const pairs = listKoopmans(db, getCampaign(db, id).id).map(
    ({ vertical_hartree, koopmans_hartree }) => [vertical_hartree, koopmans_hartree] as const,
  );
  return pairs.length < FEWEST_TO_COMPARE ? null : spearman(pairs);
}

/** One candidate with its rank among those of its campaign. @throws DomainError not-found, notebook-damaged */
export function rankedDetail(db: Database, id: CandidateId): CandidateDetail {
  const detail = candidateDetail(db, id);
  if (detail.verticalIonisation_hartree === null) return detail;
  const { direction } = getCampaign(db, detail.campaignId).settings.ranking;
  const scores = listScores(db, detail.campaignId);
  const { ranked } = rankByObjective(scores, {
    direction,
    value: ({ vertical_hartree }) => vertical_hartree,
  });
  const own = ranked.find(({ row }) => row.index === detail.proposal.index);
  return { ...detail, rank: own?.rank ?? null };
}
