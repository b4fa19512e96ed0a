/** People's verdicts, in order of giving. */

import { Review } from "#shared/campaign/review.ts";
import type { CandidateId } from "#shared/ids.ts";
import { type Database, template } from "../file/database.ts";

const byCandidate = template((sql, row: number) =>
  sql
    .selectFrom("review")
    .select(["verdict", "reason", "comment", "reviewer", "at"])
    .where("candidate", "=", row)
    .orderBy("id"),
);

export function listReviews(db: Database, candidateId: CandidateId, row: number): Review[] {
  return db.all(byCandidate(row)).map((review) => Review.parse({ candidateId, ...review }));
}

/** The records of a candidate's reviews. */
export const reviewRecords = (db: Database, row: number): number[] =>
  db
    .all(db.sql.selectFrom("review").select("record").where("candidate", "=", row).orderBy("id"))
    .map(({ record }) => record);
