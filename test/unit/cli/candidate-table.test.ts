import { describe, expect, it } from "vitest";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { CampaignId } from "#shared/ids.ts";
import { ELECTRON_VOLT_PER_HARTREE } from "#shared/units.ts";
import { candidateTable, hitTable } from "../../../src/cli/commands/notebook/candidate-table.ts";
import { candidateRow } from "../../fixtures/candidate-row.ts";

const campaignId = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-000000000001");

const row = (index: number, rest: Partial<CandidateRow>): CandidateRow =>
  candidateRow(campaignId, { index, smiles: "C".repeat(index + 1), nll: null }, rest);

const evaluated = (index: number, rank: number, value_ev: number) =>
  row(index, {
    rank,
    values: { "vertical-ionisation-energy": value_ev / ELECTRON_VOLT_PER_HARTREE },
  });
const rejected = row(1, { state: "rejected", rejection: { rule: "heavy-atoms", detail: "2 heavy atoms" } });

/** Cells of each line but the ids. */
const cells = (table: string) => table.split("\n").map((line) => line.split(/ {2,}/).slice(1));

describe("the table of candidates", () => {
  it("is in the order of ranks, with the value that the campaign ranks by", () => {
    const rows = [evaluated(0, 2, 9.5), rejected, evaluated(2, 1, 10.25)];
    expect(cells(candidateTable(rows))).toEqual([
      ["molecule", "state", "rank", "IE/eV", "why"],
      ["CCC", "evaluated", "1", "10.250"],
      ["C", "evaluated", "2", "9.500"],
      ["CC", "rejected", "–", "–", "heavy-atoms: 2 heavy atoms"],
    ]);
  });

  it("shows the ranks that error bars leave", () => {
    const left = (index: number, ranks: [number, number]) =>
      [index, { index, deviation: 0.01, ranks, topChance: 1 }] as const;
    const rows = [evaluated(0, 2, 9.5), evaluated(2, 1, 10.25)];
    const certainty = new Map([left(0, [1, 2]), left(2, [1, 1])]);
    expect(cells(candidateTable(rows, certainty)).map(([, , rank]) => rank)).toEqual([
      "rank",
      "1",
      "2 (1–2)",
    ]);
  });

  it("says where a number is that states at the geometry asked for did not give", () => {
    const elsewhere = { ...evaluated(1, 2, 9), recoveredAt: "at the next conformer by MMFF94" };
    expect(cells(candidateTable([evaluated(0, 1, 10), elsewhere]))).toEqual([
      ["molecule", "state", "rank", "IE/eV", "geometry"],
      ["C", "evaluated", "1", "10.000"],
      ["CC", "evaluated", "2", "9.000", "numbers at the next conformer by MMFF94"],
    ]);
  });

  it("speaks of no number at a geometry where there was found to be none", () => {
    const unbound = row(1, {
      rank: null,
      recoveredAt: "at the next conformer by MMFF94",
      noValue: "not bound: the anion lies above the molecule, so that the electron leaves",
    });
    expect(cells(candidateTable([evaluated(0, 1, 10), unbound])).at(-1)).toEqual([
      "CC",
      "evaluated",
      "–",
      "–",
      "found at the next conformer by MMFF94",
      "not bound: the anion lies above the molecule, so that the electron leaves",
    ]);
  });

  it("leaves out columns that would be empty", () => {
    expect(cells(candidateTable([rejected]))[0]).toEqual(["molecule", "state", "rank", "why"]);
    expect(cells(candidateTable([evaluated(0, 1, 9)]))[0]).toEqual(["molecule", "state", "rank", "IE/eV"]);
  });
});

describe("the table of hits", () => {
  const descriptors = { logP: 1.23456, tpsa_angstrom2: 20.31 } as CandidateRow["descriptors"];
  const hit = (similarity: number | null) => ({
    candidate: { ...evaluated(0, 1, 9), descriptors },
    similarity,
  });

  it("shows each descriptor that was asked about once, beside the property's value", () => {
    const table = hitTable([hit(null)], ["logP", "verticalIonisation_hartree", "tpsa_angstrom2", "logP"]);
    expect(cells(table)).toEqual([
      ["molecule", "state", "rank", "IE/eV", "logP", "TPSA/Å²"],
      ["C", "evaluated", "1", "9.000", "1.2346", "20.31"],
    ]);
  });

  it("begins with the similarity where one was asked for", () => {
    expect(
      hitTable([hit(0.5)], [])
        .split("\n")
        .map((line) => line.trim().split(/ +/)[0]),
    ).toEqual(["similarity", "0.500"]);
  });
});
