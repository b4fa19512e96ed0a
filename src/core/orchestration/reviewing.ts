/** People's verdicts into the notebook. */
import { getCandidate } from "#core/notebook/candidates.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { seal } from "#core/notebook/record.ts";
import { readRecord } from "#core/notebook/records.ts";
import type { Review } from "#shared/review.ts";

/** Adds a review of a candidate as it now stands; earlier reviews stay. @throws DomainError not-found */
export function addReview(notebook: Notebook, review: Review): Review {
  const { records } = getCandidate(notebook.db, review.candidateId);
  const link = (role: string, record: number | null) =>
    record === null ? [] : [{ role, target: readRecord(notebook.db, record).hash }];
  const links = [...link("candidate", records.candidate), ...link("score", records.score)];
  const record = seal({ kind: "review", content: { ...review }, links });
  notebook.append({ kind: "reviewed", candidate: review.candidateId, record: record.hash }, [record]);
  return review;
}
