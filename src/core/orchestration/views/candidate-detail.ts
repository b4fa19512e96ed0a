/** Everything the notebook knows of a candidate, put together from its records. */

import type { Database } from "#core/notebook/file/database.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { provenanceSteps } from "#core/notebook/tables/executions.ts";
import { linkedIds } from "#core/notebook/tables/records.ts";
import { listReviews } from "#core/notebook/tables/reviews.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import type { CandidateId } from "#shared/ids.ts";
import { readConformer } from "../stages/embed/records.ts";
import { readEvaluation } from "../stages/evaluate/records.ts";
import { climbOf } from "./climbs.ts";

/**
 * Reads a candidate with its geometry, energies, reviews and the steps that led to it; the rank is left to the caller.
 *
 * @throws DomainError not-found; notebook-damaged where a part no longer matches its hash
 */
export function candidateDetail(db: Database, id: CandidateId): CandidateDetail {
  const { row, records } = getCandidate(db, id);
  const { candidate, verdict, conformer, evaluation } = records;
  const runs = [
    ...linkedIds(db, candidate, "sampled-in"),
    ...(verdict === null ? [] : linkedIds(db, verdict, "by")),
  ];
  const climb = climbOf(db, row);
  return {
    ...row,
    ...(climb && { climb }),
    conformer: conformer === null ? null : readConformer(db, conformer),
    evaluation: evaluation === null ? null : readEvaluation(db, evaluation),
    reviews: listReviews(db, id, records.row),
    provenance: provenanceSteps(db, { campaign: row.campaignId, runs, ordinal: row.proposal.index }),
  };
}
