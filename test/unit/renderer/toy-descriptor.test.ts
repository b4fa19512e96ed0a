import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import { DEFAULT_PROPERTY } from "#shared/properties/find.ts";
import { DescriptorList } from "../../../src/renderer/src/features/candidate/descriptor-list.tsx";
import { explanations, tableColumns } from "../../../src/renderer/src/features/candidates/columns.tsx";
import { SEARCH_TITLES } from "../../../src/renderer/src/features/search/range-choice.ts";
import { OptionalBoundFields } from "../../../src/renderer/src/features/start-campaign/bound-fields.tsx";
import { check, newDraft } from "../../../src/renderer/src/features/start-campaign/form.ts";
import { id } from "../../architecture/examples/descriptor/heteroatoms.ts";

vi.mock("#shared/molecule/descriptors.ts", async (original) => {
  const table = await original<typeof import("#shared/molecule/descriptors.ts")>();
  const toy = await import("../../architecture/examples/descriptor/heteroatoms.ts");
  return { ...table, DESCRIPTOR_TABLE: { ...table.DESCRIPTOR_TABLE, [toy.id]: toy.entry } };
});
// The page's connection, which a table of columns does not need.
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ api: {}, connection: {}, host: {} }));

const columns = tableColumns(DEFAULT_PROPERTY);
const { filter } = CampaignSettings.parse({ name: "toy" });

it("the toy descriptor is a column of the table of candidates, after QED and before the state", () => {
  const ids = columns.map((column) => column.id);
  expect(ids.slice(ids.indexOf(`descriptor-${id}`) - 1)).toEqual([
    "descriptor-qed",
    `descriptor-${id}`,
    "state",
    "verdict",
  ]);
  expect(columns.find((column) => column.id === `descriptor-${id}`)).toMatchObject({ header: "Het" });
  expect(explanations(DEFAULT_PROPERTY)[`descriptor-${id}`]).toBe("Atoms other than carbon and hydrogen");
});

it("it is a line of a candidate's page, a dash where an earlier record does not know it", () => {
  const page = (descriptors: object) =>
    renderToStaticMarkup(createElement(DescriptorList, { descriptors: descriptors as Descriptors, nll: 1 }));
  expect(page({ [id]: 3 })).toContain("<dt>Heteroatoms</dt><dd>3</dd>");
  expect(page({})).toContain("<dt>Heteroatoms</dt><dd>–</dd>");
});

it("it can be searched and has fields of the filter, a least and a greatest value", () => {
  expect(SEARCH_TITLES).toMatchObject({ [id]: "Heteroatoms" });
  const fields = renderToStaticMarkup(
    createElement(OptionalBoundFields, { filter, set: () => {}, problems: new Map() }),
  );
  expect(fields).toContain("Advanced: QED, logP, TPSA, Rotatable bonds, Heteroatoms");
  expect(fields).toContain("Heteroatoms, at least");
  expect(fields).toContain("Heteroatoms, at most");
  const draft = newDraft(new Date(0));
  const crossed = { ...draft, filter: { ...draft.filter, minHeteroatoms: 3, maxHeteroatoms: 2 } };
  expect([...check(crossed).problems]).toEqual([
    ["filter.maxHeteroatoms", "Expected at least the minimum, 3."],
  ]);
});
