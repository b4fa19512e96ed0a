import { describe, expect, it } from "vitest";
import { CampaignId } from "#shared/ids.ts";
import { hashOf, parseRoute, type Route, WHOLE_TABLE } from "../../../src/renderer/src/hooks/route.ts";

const id = CampaignId.parse("00000000-0000-4000-8000-000000000001");
const routes: Route[] = [
  { page: "campaigns" },
  { page: "notebook" },
  { page: "devices", tab: "backends" },
  { page: "devices", tab: "egress" },
  { page: "search", query: null },
  {
    page: "search",
    query: { contains: "F/C=C\\F", similarTo: "c1ccc(cc1)C#N", ranges: [{ property: "qed", min: 0.5 }] },
  },
  { page: "review", id },
  { page: "new", from: null },
  { page: "new", from: id },
  { page: "new", from: null, search: { contains: "F/C=C\\F" } },
  { page: "campaign", id, candidate: null },
  { page: "campaign", id, candidate: 0 },
  { page: "campaign", id, candidate: 17 },
  {
    page: "campaign",
    id,
    candidate: 17,
    table: {
      view: "ranked",
      text: "c1cc/C=C\\#?&=",
      sorts: [
        { column: "value", descending: true },
        { column: "data-3", descending: false },
      ],
      columns: null,
      ranges: [
        { column: "value", from: 0.3, to: null },
        { column: "data-3", from: -1e-7, to: 2 },
      ],
    },
  },
  {
    page: "campaign",
    id,
    candidate: null,
    table: {
      ...{ view: "all", text: "", ranges: [], columns: ["structure", "descriptor-unit-tpsa_angstrom2"] },
      sorts: [{ column: "data-3", descending: false }],
    },
  },
  {
    page: "campaign",
    id,
    candidate: null,
    table: { ...WHOLE_TABLE, columns: [] },
  },
];

describe("a place in the app", () => {
  it.each(routes)("survives a reload: %o", (route) => {
    expect(parseRoute(hashOf(route))).toEqual(route);
  });

  it.each(["", "#", "#/nowhere", "#/campaign/not-an-id", "#/campaign"])("is the list for %j", (hash) => {
    expect(parseRoute(hash)).toEqual({ page: "campaigns" });
  });

  it.each(["#/search/%7Bx", "#/search/%", "#/search/%7B%22limit%22%3A0%7D"])(
    "is an empty search for %j, which the engine would not take",
    (hash) => {
      expect(parseRoute(hash)).toEqual({ page: "search", query: null });
    },
  );

  it("says nothing of a table as it is at first, and takes what it does not know for that", () => {
    expect(hashOf({ page: "campaign", id, candidate: 2, table: WHOLE_TABLE })).toBe(`#/campaign/${id}/2`);
    const strange = parseRoute(`#/campaign/${id}/2?view=nowhere&sort=&x=1`);
    expect(strange).toEqual({ page: "campaign", id, candidate: 2 });
    const wrong = parseRoute(`#/campaign/${id}/2?range=value&range=:1:2&range=qed:a:1&range=qed::`);
    expect(wrong).toEqual(strange);
    const many = parseRoute(`#/campaign/${id}?sort=a&sort=-b&sort=c&sort=d`);
    expect(many).toMatchObject({ table: { sorts: [{ column: "a" }, { column: "b" }, { column: "c" }] } });
  });

  it("ignores a candidate that is no number", () => {
    expect(parseRoute(`#/campaign/${id}/-1`)).toEqual({ page: "campaign", id, candidate: null });
  });
});
