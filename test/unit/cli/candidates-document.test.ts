import { describe, expect, it } from "vitest";
import { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import { CampaignId, Sha256 } from "#shared/ids.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { fromElectronVolt } from "#shared/units.ts";
import { candidateEntries } from "../../../src/cli/candidates-document.ts";
import { candidateRow } from "../../fixtures/candidate-row.ts";

const campaignId = CampaignId.parse("00000000-0000-4000-8000-000000000001");
const id = "vertical-ionisation-energy";
const property = propertyOf(id);
const campaign = Campaign.parse({
  id: campaignId,
  settings: {
    name: "own",
    generation: {
      source: "library",
      library: Sha256.parse("ab".repeat(32)),
      name: "own.csv",
      count: 6,
      columns: ["IE"],
      measured: [{ column: "IE", unit: "eV" }],
    },
    filter: OWN_MOLECULES,
    evaluation: { maxEvaluations: 3 },
  },
  state: "succeeded",
  error: null,
  modelHash: null,
  createdAt: "2026-01-02T03:04:05.000Z",
  finishedAt: null,
  counts: { proposed: 6, rejected: 2, passed: 4, embedded: 3, evaluated: 1, failed: 2, shortlisted: 0 },
});

function row(index: number, smiles: string, changes: Partial<CandidateRow>): CandidateRow {
  const given = { name: `m${index}`, data: { IE: "12.5" } };
  const identity = { canonicalSmiles: "O", inchiKey: "XLYOFNOQVPJJNP-UHFFFAOYSA-N" };
  return candidateRow(campaignId, { index, smiles, nll: null, given }, { identity, ...changes });
}

const failure = (reason: string) => ({ failure: { stage: "evaluate", reason }, state: "failed" as const });
const identity = (canonicalSmiles: string) => ({ identity: { canonicalSmiles, inchiKey: canonicalSmiles } });
const rows = [
  row(0, "[H]O[H]", { rank: 1, values: { [id]: fromElectronVolt(12) } }),
  row(1, "C(", { identity: null, rejection: { rule: "unparsable", detail: "syntax" }, state: "rejected" }),
  row(2, "O", { rejection: { rule: "duplicate", detail: "XLYOFNOQVPJJNP-UHFFFAOYSA-N" }, state: "rejected" }),
  row(3, "C", { ...identity("C"), ...failure("SCF did not converge") }),
  row(4, "N", { ...identity("N"), noValue: "not bound: the anion lies above the molecule" }),
  row(5, "CC", { ...identity("CC"), state: "filtered" }),
];

const certainty = new Map([
  [0, { index: 0, deviation: fromElectronVolt(0.45), ranks: [1, 3] as [number, number], topChance: 1 }],
]);

describe("the document of a screen", () => {
  it("has an entry for each row of the input, in its order, with what became of it", () => {
    const warnings = new Map([[0, "may be wrong"]]);
    const entries = candidateEntries(rows, { property, campaign, certainty, climbs: new Map(), warnings });
    expect(entries[0]?.value).toBeCloseTo(12, 12);
    expect(entries[0]?.uncertainty).toBeCloseTo(0.45, 12);
    expect(entries[1]?.uncertainty).toBeNull();
    expect(entries.map(({ ranks }) => ranks)).toEqual([[1, 3], null, [1, 3], null, null, null]);
    const told = ["may be wrong", null, "may be wrong", null, null, null];
    expect(entries.map(({ warning }) => warning)).toEqual(told);
    expect(
      entries.map(({ row, name, smiles, canonicalSmiles, rank, status, reason }) => [
        row,
        name,
        smiles,
        canonicalSmiles,
        rank,
        status,
        reason,
      ]),
    ).toEqual([
      [1, "m0", "[H]O[H]", "O", 1, "evaluated", null],
      [2, "m1", "C(", null, null, "rejected", "unparsable: syntax"],
      [3, "m2", "O", "O", 1, "evaluated", "same molecule as row 1"],
      [4, "m3", "C", "C", null, "failed", "evaluate: SCF did not converge"],
      [5, "m4", "N", "N", null, "evaluated", "not bound: the anion lies above the molecule"],
      [6, "m5", "CC", "CC", null, "not-evaluated", "not among the 3 that were to be evaluated"],
    ]);
    expect(entries[2]?.value).toBe(entries[0]?.value);
    expect(entries.every(({ unit }) => unit === "eV")).toBe(true);
  });

  it("says of a campaign that was stopped or failed why a row was not reached, not that it was not chosen", () => {
    const told = (state: Campaign["state"], error: string | null) => {
      const asked = {
        property,
        campaign: { ...campaign, state, error },
        certainty,
        climbs: new Map(),
        warnings: new Map(),
      };
      return candidateEntries(rows, asked)[5]?.reason;
    };
    const limit = "Stopped at its limit of 2 hours: 3 of 4 evaluated.";
    expect(told("cancelled", limit)).toBe(`not evaluated before the campaign was stopped: ${limit}`);
    expect(told("cancelled", null)).toBe("not evaluated before the campaign was stopped");
    expect(told("failed", "no addon")).toBe("not evaluated before the campaign failed: no addon");
  });
});
