/** Everything the notebook knows of a candidate, put together from its records. */
import { getCandidate } from "#core/notebook/candidates.ts";
import type { Database } from "#core/notebook/database.ts";
import { provenanceSteps } from "#core/notebook/executions.ts";
import { linkedFrom } from "#core/notebook/records.ts";
import { listReviews } from "#core/notebook/reviews.ts";
import type { CandidateDetail } from "#shared/candidate.ts";
import type { CandidateId } from "#shared/ids.ts";
import { readEvaluation } from "./evaluation-records.ts";
import { readConformer } from "./steps/embed.ts";

/**
 * Reads a candidate with its geometry, energies, reviews and the steps that led to it; the rank is left to the caller.
 *
 * @throws DomainError not-found; notebook-damaged where a part no longer matches its hash
 */
export function candidateDetail(db: Database, id: CandidateId): CandidateDetail {
  const { row, records } = getCandidate(db, id);
  const { candidate, verdict, conformer, evaluation } = records;
  const runs = [
    ...linkedFrom(db, candidate, "sampled-in"),
    ...(verdict === null ? [] : linkedFrom(db, verdict, "by")),
  ].map((record) => record.id);
  return {
    ...row,
    conformer: conformer === null ? null : readConformer(db, conformer),
    evaluation: evaluation === null ? null : readEvaluation(db, evaluation),
    reviews: listReviews(db, id, records.row),
    provenance: provenanceSteps(db, { campaign: row.campaignId, runs, ordinal: row.proposal.index }),
  };
}
