/** Identifiers as branded strings, so that one kind is never passed for another. */
import { z } from "zod";

export const CampaignId = z.uuid().brand<"CampaignId">();
export type CampaignId = z.infer<typeof CampaignId>;

const UUID = z.regexes.uuid().source.replace(/^\^|\$$/g, "");

/** `<campaign id>/<index of the proposal>`: stable across restarts and equal for equal runs. */
export const CandidateId = z
  .string()
  .regex(new RegExp(`^${UUID}/(0|[1-9]\\d{0,8})$`), "expected <campaign id>/<index>")
  .brand<"CandidateId">();
export type CandidateId = z.infer<typeof CandidateId>;

export const candidateId = (campaign: CampaignId, index: number): CandidateId =>
  CandidateId.parse(`${campaign}/${index}`);

/** Lower-case hexadecimal SHA-256. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<"Sha256">();
export type Sha256 = z.infer<typeof Sha256>;

/** The campaign and the index of the proposal that a candidate's id names. */
export function parseCandidateId(id: CandidateId): { campaign: CampaignId; index: number } {
  const slash = id.indexOf("/");
  return { campaign: CampaignId.parse(id.slice(0, slash)), index: Number(id.slice(slash + 1)) };
}
