import { expect, it, vi } from "vitest";
import type { CandidateView } from "#shared/campaign/candidate-page.ts";
import { rowsAsked } from "../../../src/renderer/src/features/start-campaign/earlier-campaign-fields.tsx";

// The page's connection, which the question does not need.
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ api: {}, client: {}, connection: {}, host: {} }));

const campaign = "00000000-0000-4000-8000-000000000001";

it.each<[string, CandidateView, number | null, object[]]>([
  ["", "ranked", null, []],
  [campaign, "ranked", null, [{ campaign, view: "ranked" }]],
  [campaign, "shortlisted", 20, [{ campaign, view: "shortlisted", count: 20 }]],
  [campaign, "ranked", 0, []],
  [campaign, "ranked", 1.5, []],
  [campaign, "ranked", Number.NaN, []],
])("of the campaign %j those that are %s, the best %j, asks for %j", (id, view, count, expected) => {
  expect(rowsAsked({ campaign: id, view, count })).toEqual(expected);
});
