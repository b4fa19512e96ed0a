/** Which candidates the table shows. */
import { CANDIDATE_STATES, type CandidateRow } from "#shared/campaign/candidate.ts";

/** ranked: evaluated, in order; open: still on the way; shortlisted and rejected: by people; the rest as they ended. */
export const VIEWS = ["all", "ranked", "shortlisted", "rejected", "open", "filtered-out", "failed"] as const;
export type View = (typeof VIEWS)[number];

const IN_VIEW: Readonly<Record<View, (row: CandidateRow) => boolean>> = {
  all: () => true,
  ranked: (row) => row.rank !== null,
  shortlisted: (row) => row.review?.verdict === "shortlist",
  open: (row) => CANDIDATE_STATES[row.state].isUnderWay,
  "filtered-out": (row) => row.state === "rejected",
  rejected: (row) => row.review?.verdict === "reject",
  failed: (row) => row.state === "failed",
};

export const countOf = (rows: readonly CandidateRow[], view: View): number =>
  rows.filter(IN_VIEW[view]).length;

/** Why a candidate went no further, e.g. "alert:brenk: aldehyde"; undefined where nothing stopped it. */
export function reasonOf({ rejection, failure }: CandidateRow): string | undefined {
  if (rejection) return rejection.detail ? `${rejection.rule}: ${rejection.detail}` : rejection.rule;
  return failure ? `${failure.stage}: ${failure.reason}` : undefined;
}

/** Every text by which a person might look for a candidate. */
function wordsOf(row: CandidateRow): string {
  return [
    row.identity?.canonicalSmiles,
    row.proposal.smiles,
    row.identity?.inchiKey,
    row.descriptors?.formula,
    row.rejection?.rule,
    row.rejection?.detail,
    row.failure?.stage,
    row.failure?.reason,
  ]
    .filter(Boolean)
    .join("\n");
}

/** Rows in the view that contain the text; capitals matter once the text has one, so that "CO" does not find "co". */
export function select(rows: readonly CandidateRow[], view: View, text: string): CandidateRow[] {
  const wanted = text.trim();
  const exact = wanted !== wanted.toLowerCase();
  return rows.filter(IN_VIEW[view]).filter((row) => {
    const words = wordsOf(row);
    return exact ? words.includes(wanted) : words.toLowerCase().includes(wanted);
  });
}
