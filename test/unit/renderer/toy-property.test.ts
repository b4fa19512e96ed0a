import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { PropertyValues } from "#shared/campaign/candidate.ts";
import { DEFAULT_PROPERTY, propertyOf } from "#shared/properties/find.ts";
import { toElectronVolt } from "#shared/units.ts";
import { explanations, tableColumns } from "../../../src/renderer/src/features/candidates/columns.tsx";
import { SEARCH_TITLES } from "../../../src/renderer/src/features/search/range-choice.ts";
import { check, type Draft } from "../../../src/renderer/src/features/start-campaign/form.ts";
import { PropertyFields } from "../../../src/renderer/src/features/start-campaign/property-fields.tsx";
import { shownValues } from "../../../src/renderer/src/text/property-values.ts";
import { bestOf } from "../../../src/renderer/src/text/summary.ts";
import { spinGap } from "../../architecture/examples/property/spin-gap.ts";

vi.mock("#shared/properties/registry.ts", async (original) => {
  const { PROPERTIES } = await original<typeof import("#shared/properties/registry.ts")>();
  const toy = await import("../../architecture/examples/property/spin-gap.ts");
  return { PROPERTIES: [...PROPERTIES, toy.spinGap] };
});
// The page's connection, which forms and columns do not need.
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ api: {}, connection: {}, host: {} }));

const toy = propertyOf(spinGap.id as never);
const draftOf = (evaluation: object): Draft => CampaignSettings.parse({ name: "toy", evaluation });

it("the toy property heads the table of a campaign that ranks by it", () => {
  const column = tableColumns(toy).find(({ id }) => id === "value");
  expect(column).toMatchObject({ header: "SG / eV" });
  expect(explanations(toy)).toMatchObject({ rank: "Order by vertical spin gap; 1 is best" });
  expect(bestOf(toy, "minimise")).toBe("1 = lowest SG");
});

it("numbers of a rung of another definition of the same kind stand in no column of the campaign's", () => {
  const property = propertyOf("own-formula");
  const isOwn = (rung: number) => rung === 1;
  const columns = tableColumns(property, { isOwn });
  const { accessorFn } = columns.find(({ id }) => id === "value") as {
    accessorFn?: (row: object) => unknown;
  };
  const values = { "own-formula": 0.5 };
  expect([{ values, rung: 1 }, { values }].map((row) => accessorFn?.(row))).toEqual([0.5, undefined]);
});

it("numbers of several properties stand side by side, each in its unit and digits", () => {
  const values = { [DEFAULT_PROPERTY.id]: 0.4, [spinGap.id]: 0.1 };
  expect(shownValues(values as PropertyValues).map(({ property, text }) => [property.symbol, text])).toEqual([
    ["IE", toElectronVolt(0.4).toFixed(2)],
    ["SG", toElectronVolt(0.1).toFixed(3)],
  ]);
  expect(shownValues({})).toEqual([]);
});

it("it can be chosen, set and searched by in the forms", () => {
  const fields = (draft: Draft, problems = new Map<string, string>()) =>
    renderToStaticMarkup(createElement(PropertyFields, { draft, problems, onDraft: () => {} }));
  const usual = fields(draftOf({}));
  expect(usual).toContain("Vertical spin gap");
  expect(usual).not.toContain("Multiplicity");
  const chosen = draftOf({ property: spinGap.id, propertySettings: { multiplicity: 5 } });
  expect(fields(chosen)).toMatch(/Multiplicity.*value="5".*Of the state of higher spin/s);
  expect(SEARCH_TITLES).toMatchObject({ [spinGap.field]: "Spin gap / eV" });
});

it("a setting out of its range is a problem of its own field", () => {
  const draft = draftOf({ property: spinGap.id });
  const { propertySettings: _, ...evaluation } = draft.evaluation;
  const wrong = { ...draft, evaluation: { ...evaluation, propertySettings: { multiplicity: 7 } } };
  expect([...check(wrong).problems.keys()]).toEqual(["evaluation.propertySettings.multiplicity"]);
  expect(check(draft).settings?.evaluation.propertySettings).toEqual({ multiplicity: 3 });
});
