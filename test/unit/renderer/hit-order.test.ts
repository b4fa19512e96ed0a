import { expect, it } from "vitest";
import type { SearchHit } from "#shared/campaign/search.ts";
import { CampaignId } from "#shared/ids.ts";
import { AS_FOUND, orderedHits, ordersOf } from "../../../src/renderer/src/features/search/hit-order.ts";
import { smilesLines } from "../../../src/renderer/src/text/smiles-of.ts";
import { candidateRow } from "../../fixtures/candidate-row.ts";

const IDS = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"].map((id) =>
  CampaignId.parse(id),
) as [CampaignId, CampaignId];
const hit = (index: number, changes: object, similarity: number | null = null): SearchHit => ({
  candidate: candidateRow(IDS[0], { index, smiles: "C", nll: null }, changes),
  similarity,
});
const IE = "vertical-ionisation-energy";
const hits = [
  hit(0, { values: { [IE]: 0.4 }, rank: 2 }, 0.5),
  hit(1, { values: {}, rank: null }, 0.9),
  hit(2, { values: { [IE]: 0.5 }, rank: 1, campaignId: IDS[1] }, 0.5),
  hit(3, { values: { [IE]: 0.3 }, rank: 3 }, 1),
];
const nameOf = (id: CampaignId) => (id === IDS[0] ? "Zinc" : "Acids");
const order = (column: string, descending = false) =>
  orderedHits(hits, { column, descending }, nameOf).map(({ candidate }) => candidate.proposal.index);

it("hits stand as they were found, or the other way about", () => {
  expect(order(AS_FOUND.column)).toEqual([0, 1, 2, 3]);
  expect(order(AS_FOUND.column, true)).toEqual([3, 2, 1, 0]);
  expect(order("no such column")).toEqual([0, 1, 2, 3]);
});

it("by a number those without one are last either way, and equal ones stay as found", () => {
  expect(order(IE)).toEqual([3, 0, 2, 1]);
  expect(order(IE, true)).toEqual([2, 0, 3, 1]);
  expect(order("rank")).toEqual([2, 0, 3, 1]);
  expect(order("similarity")).toEqual([0, 2, 1, 3]);
  expect(order("similarity", true)).toEqual([3, 1, 0, 2]);
  expect(order("campaign")).toEqual([2, 0, 1, 3]);
});

it("only what at least two hits have can be chosen", () => {
  const ids = ordersOf(hits).map(({ id }) => id);
  expect(ids).toContain(IE);
  expect(ids).toContain("rank");
  expect(ids).not.toContain("verdict");
  expect(ordersOf(hits.map((one) => ({ ...one, similarity: null }))).map(({ id }) => id)).not.toContain(
    "similarity",
  );
});

it("SMILES are copied with the ids of their candidates, a line each", () => {
  const named = hit(4, { identity: { canonicalSmiles: "CCO", inchiKey: "K" } });
  const broken = hit(5, { identity: null, proposal: { index: 5, smiles: "C1CC", nll: 1 } });
  expect(smilesLines([named.candidate, broken.candidate])).toBe(`CCO\t${IDS[0]}/4\nC1CC\t${IDS[0]}/5\n`);
});
