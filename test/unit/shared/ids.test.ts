import { describe, expect, it } from "vitest";
import { CampaignId, CandidateId, candidateId, parseCandidateId } from "#shared/ids.ts";

const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");

describe("a candidate's id", () => {
  it.each([0, 7, 99_999])("names its campaign and its proposal %d", (index) => {
    expect(parseCandidateId(candidateId(campaign, index))).toEqual({ campaign, index });
  });

  it.each([
    `${"0".repeat(36)}/0`,
    `${"-".repeat(36)}/0`,
    `${campaign}/`,
    `${campaign}/-1`,
    `${campaign}/1.5`,
    `${campaign}/007`,
    `${campaign}/${"9".repeat(40)}`,
    `${campaign}/0\n`,
    `x${campaign}/0`,
    "/0",
  ])("is not %j", (text) => {
    expect(CandidateId.safeParse(text).success).toBe(false);
  });
});
