import { describe, expect, it } from "vitest";
import type { CandidateRow, CandidateState } from "#shared/campaign/candidate.ts";
import type { Verdict } from "#shared/campaign/review.ts";
import { CampaignId, candidateId } from "#shared/ids.ts";
import {
  agreedIn,
  countOf,
  reasonOf,
  select,
  VIEWS,
  type View,
} from "../../../src/renderer/src/features/candidates/filters.ts";

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
  // The latest verdict on it is not agreed upon.
  row(1, "evaluated", "c1ccoc1", "shortlist"),
  row(2, "rejected", "CC=O"),
  row(3, "failed", "C#C"),
  row(4, "filtered", "CO", "reject"),
];
const agreed = agreedIn([
  { candidateId: rows[0]!.id, verdict: "shortlist" },
  { candidateId: rows[4]!.id, verdict: "reject" },
  { candidateId: rows[1]!.id, verdict: null },
]);
const found = (view: View, text = "") => select(rows, { view, text, agreed });
const indices = (some: readonly CandidateRow[]) => some.map(({ proposal }) => proposal.index);

describe("the table's filter", () => {
  it("each view shows its own and only its own", () => {
    expect(VIEWS.map((view) => indices(found(view)))).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1],
      [0],
      [4],
      [4],
      [2],
      [3],
    ]);
    expect(VIEWS.map((view) => countOf(rows, view, agreed))).toEqual([5, 2, 1, 1, 1, 1, 1]);
  });

  it("text finds SMILES, rules and reasons", () => {
    expect(indices(found("all", "brenk"))).toEqual([2]);
    expect(indices(found("all", "no geometry"))).toEqual([3]);
    expect(indices(found("all", " KEY3 "))).toEqual([3]);
  });

  it("text finds the names and cells that a person gave", () => {
    const given = { name: "Ethylene carbonate", data: { cas: "96-49-1" } };
    const named = {
      ...row(5, "evaluated", "O=C1OCCO1"),
      proposal: { index: 5, smiles: "", nll: null, given },
    };
    expect(indices(select([...rows, named], { view: "all", text: "ethylene", agreed }))).toEqual([5]);
    expect(indices(select([...rows, named], { view: "all", text: "96-49", agreed }))).toEqual([5]);
  });

  it("capitals distinguish aliphatic from aromatic atoms", () => {
    expect(indices(found("all", "CO"))).toEqual([0, 4]);
    expect(indices(found("all", "co"))).toEqual([0, 1, 4]);
  });
});

describe("the reason beside a state", () => {
  it("names the rule with the alert, the stage with its failure, and nothing where all went well", () => {
    expect(reasonOf(rows[2]!)).toBe("alert:brenk: aldehyde");
    expect(reasonOf(rows[3]!)).toBe("embed: no geometry");
    expect(reasonOf(rows[0]!)).toBeUndefined();
  });
});
