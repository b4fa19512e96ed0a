/** Which candidates the table shows. */
import { CANDIDATE_STATES, type CandidateRow } from "#shared/campaign/candidate.ts";
import type { Verdict } from "#shared/campaign/review.ts";
import type { ReviewStanding } from "#shared/campaign/review-process.ts";
import type { CandidateId } from "#shared/ids.ts";

/** ranked: evaluated, in order; open: still on the way; shortlisted and rejected: as people agree; the rest as they ended. */
export const VIEWS = ["all", "ranked", "shortlisted", "rejected", "open", "filtered-out", "failed"] as const;
export type View = (typeof VIEWS)[number];

/** What the reviewers agree upon, by candidate; whoever is not there is not agreed upon. */
export type Agreed = ReadonlyMap<CandidateId, Verdict>;

export const agreedIn = (standings: readonly Pick<ReviewStanding, "candidateId" | "verdict">[]): Agreed =>
  new Map(standings.flatMap(({ candidateId, verdict }) => (verdict ? [[candidateId, verdict]] : [])));

const IN_VIEW: Readonly<Record<View, (row: CandidateRow, agreed: Agreed) => boolean>> = {
  all: () => true,
  ranked: (row) => row.rank !== null,
  shortlisted: ({ id }, agreed) => agreed.get(id) === "shortlist",
  open: (row) => CANDIDATE_STATES[row.state].isUnderWay,
  "filtered-out": (row) => row.state === "rejected",
  rejected: ({ id }, agreed) => agreed.get(id) === "reject",
  failed: (row) => row.state === "failed",
};

export const countOf = (rows: readonly CandidateRow[], view: View, agreed: Agreed): number =>
  rows.filter((row) => IN_VIEW[view](row, agreed)).length;

/** Why a candidate went no further, e.g. "alert:brenk: aldehyde"; undefined where nothing stopped it. */
export function reasonOf({ rejection, failure, noValue }: CandidateRow): string | undefined {
  if (rejection) return rejection.detail ? `${rejection.rule}: ${rejection.detail}` : rejection.rule;
  return failure ? `${failure.stage}: ${failure.reason}` : noValue;
}

/** Every text by which a person might look for a candidate. */
function wordsOf(row: CandidateRow): string {
  return [
    row.identity?.canonicalSmiles,
    row.proposal.smiles,
    row.proposal.given?.name,
    ...Object.values(row.proposal.given?.data ?? {}),
    row.identity?.inchiKey,
    row.descriptors?.formula,
    row.rejection?.rule,
    row.rejection?.detail,
    row.failure?.stage,
    row.failure?.reason,
    row.noValue,
  ]
    .filter(Boolean)
    .join("\n");
}

/** Rows in the view that contain the text; capitals matter once the text has one, so that "CO" does not find "co". */
export function select(
  rows: readonly CandidateRow[],
  { view, text, agreed }: { view: View; text: string; agreed: Agreed },
): CandidateRow[] {
  const wanted = text.trim();
  const exact = wanted !== wanted.toLowerCase();
  return rows.filter((row) => {
    if (!IN_VIEW[view](row, agreed)) return false;
    const words = wordsOf(row);
    return exact ? words.includes(wanted) : words.toLowerCase().includes(wanted);
  });
}
