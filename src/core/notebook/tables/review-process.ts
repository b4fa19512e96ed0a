/** Reviews of a campaign together: who said what last, what is agreed, what is signed. */
import { sql } from "kysely";
import type { Judgement, Verdict } from "#shared/campaign/review.ts";
import { type ReviewPolicy, type ReviewStanding, SignOff } from "#shared/campaign/review-process.ts";
import type { CampaignId } from "#shared/ids.ts";
import { candidateId } from "#shared/ids.ts";
import type { Database } from "../file/database.ts";
import { readRecord } from "./records.ts";

export function reviewPolicy(db: Database, campaign: CampaignId): ReviewPolicy {
  const columns = ["second_reviewer", "blind"] as const;
  const row = db.one(db.sql.selectFrom("campaign").select(columns).where("uuid", "=", campaign));
  return policyOf(row ?? { second_reviewer: 0, blind: 0 });
}

export const policyOf = (row: { second_reviewer: number; blind: number }): ReviewPolicy => ({
  secondReviewer: row.second_reviewer === 1,
  blind: row.blind === 1,
});

/** The sign-off that locks a campaign's shortlist; undefined where it is open. */
export function signOffOf(db: Database, campaign: CampaignId): (SignOff & { record: number }) | undefined {
  const row = db.one(db.sql.selectFrom("campaign").select("signed_off").where("uuid", "=", campaign));
  if (!row || row.signed_off === null) return undefined;
  return { ...SignOff.parse(readRecord(db, row.signed_off).content), record: row.signed_off };
}

/** Where a candidate stands by the verdict of each reviewer that holds. */
export function standing(
  verdicts: readonly { reviewer: string; verdict: Verdict }[],
  { secondReviewer }: ReviewPolicy,
): Pick<ReviewStanding, "state" | "verdict"> {
  const [first] = verdicts;
  if (!first) return { state: "unreviewed", verdict: null };
  if (verdicts.some(({ verdict }) => verdict !== first.verdict))
    return { state: "disagreement", verdict: null };
  if (secondReviewer && verdicts.length < 2) return { state: "awaiting-second", verdict: null };
  return { state: "agreed", verdict: first.verdict };
}

/** What each reviewer said last of the candidates that a query counts: JSON objects, one a candidate, joined by commas. */
export const latestVerdicts = sql<string | null>`group_concat(
  (SELECT json_group_object(review.reviewer, review.verdict ORDER BY review.id) FROM review WHERE review.candidate = candidate.id), ',')
  FILTER (WHERE candidate.review IS NOT NULL)`;

/** On how many of them it is agreed that they deserve a verdict. */
export function countAgreed(latest: string | null, verdict: Verdict, policy: ReviewPolicy): number {
  const candidates: Record<string, Judgement>[] = JSON.parse(`[${latest ?? ""}]`);
  return candidates.filter((candidate) => {
    const verdicts = Object.entries(candidate).flatMap(([reviewer, verdict]) =>
      verdict === "withdrawn" ? [] : [{ reviewer, verdict }],
    );
    return standing(verdicts, policy).verdict === verdict;
  }).length;
}

/** Where every candidate of a campaign stands of which a verdict holds, in order of proposal. */
export function listStandings(db: Database, campaign: CampaignId): ReviewStanding[] {
  const policy = reviewPolicy(db, campaign);
  const query = db.sql
    .selectFrom("review")
    .innerJoin("candidate", "candidate.id", "review.candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .select(["candidate.idx", "review.reviewer", "review.verdict", "review.reason"])
    .where("campaign.uuid", "=", campaign)
    .orderBy("candidate.idx")
    .orderBy("review.id");
  const latest = new Map<number, Map<string, ReviewStanding["verdicts"][number]>>();
  for (const { idx, reviewer, verdict, reason } of db.each(query)) {
    const verdicts = latest.get(idx) ?? new Map<string, ReviewStanding["verdicts"][number]>();
    if (verdict === "withdrawn") verdicts.delete(reviewer);
    else verdicts.set(reviewer, { reviewer, verdict: verdict as Verdict, reason });
    latest.set(idx, verdicts);
  }
  return [...latest]
    .filter(([, byReviewer]) => byReviewer.size > 0)
    .map(([idx, byReviewer]) => {
      const verdicts = [...byReviewer.values()];
      return { candidateId: candidateId(campaign, idx), ...standing(verdicts, policy), verdicts };
    });
}
