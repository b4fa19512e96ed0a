import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { PropertyDefinition, readDefinition } from "#shared/properties/definition.ts";
import {
  declarationOf,
  propertyOf,
  propertyOfDefinition,
  REGISTERED_PROPERTIES,
} from "#shared/properties/find.ts";
import { Alternatives } from "../../../src/renderer/src/features/candidate/alternatives.tsx";
import { PartsTable } from "../../../src/renderer/src/features/candidate/parts-table.tsx";
import { explanations, tableColumns } from "../../../src/renderer/src/features/candidates/columns.tsx";
import { exampleOf } from "../../../src/renderer/src/features/start-campaign/definition-examples.ts";
import { withDefinition } from "../../../src/renderer/src/features/start-campaign/definition-fields.tsx";
import { check, type Draft } from "../../../src/renderer/src/features/start-campaign/form.ts";
import { PropertyFields } from "../../../src/renderer/src/features/start-campaign/property-fields.tsx";
import { methodOf } from "../../../src/renderer/src/text/summary.ts";

// The page's connection, which forms and columns do not need.
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({ api: {}, connection: {}, host: {} }));

const draft: Draft = CampaignSettings.parse({ name: "own" });
const formula = readDefinition(exampleOf("own-formula"), "example");
const composite = readDefinition(exampleOf("own-composite"), "example");
const fields = (shown: Draft) =>
  renderToStaticMarkup(
    createElement(PropertyFields, { draft: shown, problems: check(shown).problems, onDraft: () => {} }),
  );

it("a definition is a campaign that starts, with the basis set and the direction that it names", () => {
  const chosen = withDefinition(draft, formula);
  expect(check(chosen).settings).toMatchObject({
    evaluation: { property: "own-formula", basis: "6-31+g*", definition: formula },
    ranking: { direction: "maximise" },
  });
  expect(check(chosen).problems.size).toBe(0);
  expect(fields(chosen)).toContain("E(cation) - E(neutral)");
  const scored = withDefinition(draft, composite);
  expect(check(scored).settings?.evaluation).toMatchObject({
    property: "own-composite",
    basis: propertyOf("vertical-ionisation-energy").basis,
  });
  expect(methodOf(scored)).toBe("Donor score");
});

it("an edited definition keeps the basis set and the direction that were chosen, unless it names others now", () => {
  const { ranking, evaluation, ...others } = withDefinition(draft, formula);
  const chosen: Draft = {
    ...others,
    evaluation: { ...evaluation, basis: "def2-svp" },
    ranking: { ...ranking, direction: "minimise" },
  };
  const edited = (change: object): Draft =>
    withDefinition(chosen, PropertyDefinition.parse({ ...formula, ...change }), formula);
  expect(edited({ title: "Another" })).toMatchObject({
    evaluation: { basis: "def2-svp", definition: { title: "Another" } },
    ranking: { direction: "minimise" },
  });
  expect(edited({ basis: "6-31g" })).toMatchObject({
    evaluation: { basis: "6-31g" },
    ranking: { direction: "minimise" },
  });
  // Opened anew, it is as it says itself.
  expect(withDefinition(chosen, formula)).toMatchObject({
    evaluation: { basis: "6-31+g*" },
    ranking: { direction: "maximise" },
  });
  expect(withDefinition(chosen, composite, formula).evaluation.basis).toBe(
    propertyOf("vertical-ionisation-energy").basis,
  );
});

it.each(REGISTERED_PROPERTIES.filter(({ isDefined }) => isDefined))("$id has an example of it", ({ id }) => {
  expect(propertyOfDefinition(readDefinition(exampleOf(id), "example"))).toBe(id);
});

it("without a definition nothing starts, and the field says so", () => {
  const { definition: _, ...evaluation } = withDefinition(draft, formula).evaluation;
  const { settings, problems } = check({ ...draft, evaluation });
  expect(settings).toBeUndefined();
  expect(problems.get("evaluation.definition")).toMatch(/^Expected what own-formula is made of/);
});

it("a composite's number has no unit where the shapes that it is averaged over are listed", () => {
  const result = {
    property: "own-composite" as const,
    outcome: "converged" as const,
    states: {},
    values: {},
    alternatives: [{ name: "conformer 1", value: 0.5, weight: 1 }],
  };
  const text = renderToStaticMarkup(createElement(Alternatives, { result }));
  expect(text).toContain(`<th scope="col">${propertyOf("own-composite").abbreviation}</th>`);
  expect(text).toContain("0.5000");
});

it("a composite has columns of its front and its parts, and a table of what they are worth", () => {
  const declared = declarationOf({ property: "own-composite", definition: composite });
  expect(explanations(declared).value).toBe(
    "Donor score: number of how good its parts are, their weighted geometric mean",
  );
  const headers = tableColumns(declared, { fronts: new Map() }).map(({ header }) => header);
  expect(headers).toEqual(expect.arrayContaining(["D", "Front", "IE / eV", "logP", "QED"]));
  if (composite.kind !== "composite") throw new Error("the example is no composite");
  const values = {
    part1_hartree: 0.5,
    desirability1: 0.25,
    part2_value: 1.5,
    desirability2: 0.75,
    part3_value: null,
  };
  const result = {
    property: "own-composite" as const,
    outcome: "not-applicable" as const,
    states: {},
    values,
  };
  const text = renderToStaticMarkup(createElement(PartsTable, { result, definition: composite }));
  expect(text).toMatch(/Vertical ionisation energy \/ eV.*13\.61.*0\.250.*logP.*1\.5000.*0\.750.*QED.*–.*–/s);
});
