/** Signing off a shortlist, which is locked from then on, and opening it again. */
import type { Database } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { type Link, seal } from "#core/notebook/proof/record.ts";
import { getCampaign } from "#core/notebook/tables/campaigns.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { listStandings, signOffOf } from "#core/notebook/tables/review-process.ts";
import { reviewRecords } from "#core/notebook/tables/reviews.ts";
import {
  ReopenRequest,
  type ReviewStanding,
  type SignOff,
  SignOffRequest,
} from "#shared/campaign/review-process.ts";
import { DomainError } from "#shared/errors.ts";
import type { CampaignId, CandidateId } from "#shared/ids.ts";

export interface ReviewServices {
  notebook: Notebook;
  clock: () => Date;
}

/** @throws DomainError conflict where the shortlist is signed off */
export function requireOpen({ db }: Notebook, campaign: CampaignId): void {
  const signed = signOffOf(db, campaign);
  if (!signed) return;
  const message = `The shortlist was signed off by ${signed.signer} on ${signed.at} and is locked. Reopen it, with a reason, to review on.`;
  throw new DomainError("conflict", message, { campaign, signer: signed.signer });
}

/** What keeps a campaign from being signed off, in words; undefined where nothing does. */
function obstacle(standings: readonly ReviewStanding[]): string | undefined {
  const named = (state: ReviewStanding["state"]): string[] =>
    standings.filter((standing) => standing.state === state).map(({ candidateId }) => candidateId);
  const disagreements = named("disagreement");
  if (disagreements.length > 0) return `reviewers disagree on ${disagreements.join(", ")}`;
  const alone = standings.filter(
    ({ state, verdicts }) =>
      state === "awaiting-second" && verdicts.some(({ verdict }) => verdict === "shortlist"),
  );
  if (alone.length > 0) {
    return `a second reviewer has not seen ${alone.map(({ candidateId }) => candidateId).join(", ")}`;
  }
  if (!standings.some(({ verdict }) => verdict === "shortlist")) return "no candidate is on the shortlist";
  return undefined;
}

/** @throws DomainError conflict where the shortlist is not the one that the signer saw */
function requireSeen(seen: ReadonlySet<CandidateId>, agreed: readonly ReviewStanding[]): void {
  const now = new Set(agreed.map(({ candidateId }) => candidateId));
  const changed = [...now, ...seen].filter((id) => !now.has(id) || !seen.has(id));
  if (changed.length === 0) return;
  const message = `The shortlist changed since it was shown (${changed.join(", ")}): expected the ${seen.size} that were seen, got ${now.size}. Look at it again, then sign.`;
  throw new DomainError("conflict", message, { changed });
}

/** The links of a sign-off: what was signed, and the reviews that it rests on. */
function signedLinks(db: Database, shortlist: readonly ReviewStanding[]): Link[] {
  const seen = new Set<number>();
  return shortlist.flatMap(({ candidateId }) => {
    const { records } = getCandidate(db, candidateId);
    const links: [string, number | null][] = [
      ["candidate", records.candidate],
      ["score", records.score],
    ];
    for (const review of reviewRecords(db, records.row)) links.push(["review", review]);
    return links.flatMap(([role, record]) => {
      if (record === null || seen.has(record)) return [];
      seen.add(record);
      return [{ role, target: readRecord(db, record).hash }];
    });
  });
}

/** What a person signs, once nothing stands in the way. @throws DomainError conflict */
function agreedShortlist(db: Database, { campaignId, shortlist: seen }: SignOffRequest): ReviewStanding[] {
  const standings = listStandings(db, campaignId);
  const reason = obstacle(standings);
  if (reason)
    throw new DomainError("conflict", `The shortlist cannot be signed off: ${reason}.`, { campaignId });
  const agreed = standings.filter(({ verdict }) => verdict === "shortlist");
  if (seen) requireSeen(new Set(seen), agreed);
  return agreed;
}

/**
 * Signs the agreed shortlist.
 *
 * @param sign signs the log with the sign-off in it: both are kept, or neither
 * @throws DomainError not-found, notebook-damaged; conflict where it is signed, not agreed, or not what the signer saw
 */
export function signOff(
  { notebook, clock }: ReviewServices,
  wanted: SignOffRequest,
  sign: (() => void) | undefined,
): SignOff {
  const { db } = notebook;
  const request = SignOffRequest.parse(wanted);
  const { campaignId, signer, statement } = request;
  notebook.requireInPlace();
  getCampaign(db, campaignId);
  requireOpen(notebook, campaignId);
  const agreed = agreedShortlist(db, request);
  const shortlist = agreed.map(({ candidateId }) => {
    const { score } = getCandidate(db, candidateId).records;
    return { candidateId, score: score === null ? null : readRecord(db, score).hash };
  });
  const signed = { campaignId, signer, statement, at: clock().toISOString(), shortlist };
  const record = seal({ kind: "sign-off", content: signed, links: signedLinks(db, agreed) });
  notebook.transaction(() => {
    notebook.append({ kind: "signed-off", campaign: campaignId, record: record.hash }, [record]);
    sign?.();
  });
  return signed;
}

/** The sign-off that locks a campaign's shortlist; null where it is open. */
export function signedOff(db: Database, campaign: CampaignId): SignOff | null {
  const signed = signOffOf(db, getCampaign(db, campaign).id);
  if (!signed) return null;
  const { record: _, ...signOff } = signed;
  return signOff;
}

/** Unlocks a signed shortlist; the sign-off stays in the record. @throws DomainError conflict where it is not signed */
export function reopen(notebook: Notebook, request: ReopenRequest): void {
  const { db } = notebook;
  const { campaignId, by, reason } = ReopenRequest.parse(request);
  if (!signOffOf(db, getCampaign(db, campaignId).id)) {
    throw new DomainError("conflict", "The shortlist is not signed off: there is nothing to reopen.", {
      campaignId,
    });
  }
  notebook.append({ kind: "reopened", campaign: campaignId, by, reason });
}
