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

/** The review with the last given of the verdicts that hold; null where none does. @param row of the candidate */
export function lastHeldReview(db: Database, row: number): number | null {
  const own = db.sql.selectFrom("review").where("candidate", "=", row);
  const latest = own.groupBy("reviewer").select(({ fn }) => fn.max<number>("id").as("id"));
  const held = own.where("verdict", "!=", "withdrawn").where("id", "in", latest);
  return db.one(held.select("id").orderBy("id", "desc").limit(1))?.id ?? null;
}

/** The records of a candidate's reviews. */
export const reviewRecords = (db: Database, row: number): number[] =>
  db
    .all(db.sql.selectFrom("review").select("record").where("candidate", "=", row).orderBy("id"))
    .map(({ record }) => record);
