import { describe, expect, it } from "vitest";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { CampaignId } from "#shared/ids.ts";
import { filteredOut, notRanked, notRankedTable, whyNone } from "../../../src/cli/not-ranked.ts";
import { candidateRow } from "../../fixtures/candidate-row.ts";

const campaignId = CampaignId.parse("8a2f1d90-8a00-4ab4-88a0-d533e2e45245");
const row = (index: number, smiles: string, rest: Partial<CandidateRow>): CandidateRow =>
  candidateRow(campaignId, { index, smiles, nll: 12 }, rest);

describe("the molecules without a rank", () => {
  const failure = { stage: "embed", reason: "atoms-overlap: two atoms 0.007 Å apart" };
  const failed = row(1, "O=C1OCC2C3CC12N3", { state: "failed", failure });

  it("are the failed ones, each told with its stage and reason", () => {
    const others = [row(0, "CCO", { rank: 1 }), row(2, "C1CC", { state: "rejected" })];
    const table = notRankedTable(notRanked([...others, failed]))?.split("\n");
    expect(table?.map((line) => line.trimEnd())).toEqual([
      "not ranked        why",
      "O=C1OCC2C3CC12N3  embed: atoms-overlap: two atoms 0.007 Å apart",
    ]);
  });

  it("have no table where every calculation succeeded", () => {
    expect(notRankedTable(notRanked([row(0, "CCO", { rank: 1 })]))).toBeUndefined();
  });
});

describe("why nothing could be ranked", () => {
  const tooLarge = (index: number, atoms: number) =>
    row(index, "C".repeat(atoms), {
      state: "rejected",
      rejection: { rule: "heavy-atoms", detail: `${atoms} heavy atoms, 2 to 5 allowed` },
    });
  const failure = { stage: "evaluate", reason: "scf not converged" };

  it("is the commonest reason, with the first molecule's words", () => {
    const failed = row(0, "CCO", { state: "failed", failure });
    expect(whyNone([failed, tooLarge(1, 9), tooLarge(2, 11)])).toBe(
      "2 of 3 molecules were filtered out by heavy-atoms (the first: 9 heavy atoms, 2 to 5 allowed)",
    );
    expect(whyNone([failed])).toBe(
      "1 of 1 molecules were stopped at evaluate (the first: scf not converged)",
    );
  });

  it("is that there was none, where none was proposed", () => {
    expect(whyNone([])).toBe("no molecule was proposed");
  });
});

it("what was filtered out is told by rule, the commonest first, each with its first molecule", () => {
  const rejected = (index: number, smiles: string, rule: string, detail: string) =>
    row(index, smiles, { state: "rejected", rejection: { rule, detail } });
  const rows = [
    rejected(0, "C1CC", "unreadable", "a ring is open"),
    rejected(1, "CC", "heavy-atoms", "2 heavy atoms"),
    row(2, "CCO", { rank: 1 }),
    rejected(3, "C", "heavy-atoms", "1 heavy atom"),
  ];
  expect(filteredOut(rows)).toEqual([
    "2 by heavy-atoms (the first: CC: 2 heavy atoms)",
    "1 by unreadable (C1CC: a ring is open)",
  ]);
});

it("a name as long as a file is shown by its beginning", () => {
  const long = "C1".repeat(1000);
  const failure = { stage: "embed", reason: long } as const;
  const beginning = `${long.slice(0, 500)}…`;
  expect(
    filteredOut([row(0, long, { state: "rejected", rejection: { rule: "unparsable", detail: long } })]),
  ).toEqual([`1 by unparsable (${beginning}: ${beginning})`]);
  const table = notRankedTable(notRanked([row(0, long, { state: "failed", failure })]));
  expect(Math.max(...table!.split("\n").map((line) => line.length))).toBe(2 * 501 + 2);
});
