import { describe, expect, it } from "vitest";
import type { CandidateRow, CandidateState } from "#shared/campaign/candidate.ts";
import type { Verdict } from "#shared/campaign/review.ts";
import { CampaignId, candidateId } from "#shared/ids.ts";
import { countOf, reasonOf, select, VIEWS } from "../../../src/renderer/src/features/candidates/filters.ts";

const campaignId = CampaignId.parse("00000000-0000-4000-8000-000000000001");

function row(index: number, state: CandidateState, smiles: string, verdict?: Verdict): CandidateRow {
  const id = candidateId(campaignId, index);
  return {
    id,
    campaignId,
    proposal: { index, smiles, nll: 1 },
    state,
    identity: { canonicalSmiles: smiles, inchiKey: `KEY${index}` },
    descriptors: null,
    rejection: state === "rejected" ? { rule: "alert:brenk", detail: "aldehyde" } : null,
    failure: state === "failed" ? { stage: "embed", reason: "no geometry" } : null,
    rank: state === "evaluated" ? index + 1 : null,
    values: {},
    vqeMinusCasci_hartree: null,
    review: verdict
      ? { candidateId: id, verdict, reason: "", comment: "", reviewer: "A", at: "2026-01-01T00:00:00Z" }
      : null,
  };
}

const rows = [
  row(0, "evaluated", "CCO", "shortlist"),
  row(1, "evaluated", "c1ccoc1"),
  row(2, "rejected", "CC=O"),
  row(3, "failed", "C#C"),
  row(4, "filtered", "CO", "reject"),
];
const indices = (found: readonly CandidateRow[]) => found.map(({ proposal }) => proposal.index);

describe("the table's filter", () => {
  it("each view shows its own and only its own", () => {
    expect(VIEWS.map((view) => indices(select(rows, view, "")))).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1],
      [0],
      [4],
      [4],
      [2],
      [3],
    ]);
    expect(VIEWS.map((view) => countOf(rows, view))).toEqual([5, 2, 1, 1, 1, 1, 1]);
  });

  it("text finds SMILES, rules and reasons", () => {
    expect(indices(select(rows, "all", "brenk"))).toEqual([2]);
    expect(indices(select(rows, "all", "no geometry"))).toEqual([3]);
    expect(indices(select(rows, "all", " KEY3 "))).toEqual([3]);
  });

  it("capitals distinguish aliphatic from aromatic atoms", () => {
    expect(indices(select(rows, "all", "CO"))).toEqual([0, 4]);
    expect(indices(select(rows, "all", "co"))).toEqual([0, 1, 4]);
  });
});

describe("the reason beside a state", () => {
  it("names the rule with the alert, the stage with its failure, and nothing where all went well", () => {
    expect(reasonOf(rows[2]!)).toBe("alert:brenk: aldehyde");
    expect(reasonOf(rows[3]!)).toBe("embed: no geometry");
    expect(reasonOf(rows[0]!)).toBeUndefined();
  });
});
