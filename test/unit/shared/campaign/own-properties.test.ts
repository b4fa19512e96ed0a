import { expect, it } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { ownProperties, ownProperty } from "#shared/campaign/own-properties.ts";

const definition = (id: string, unit: string) => ({
  kind: "formula",
  id,
  title: "Plain",
  unit,
  better: "maximise",
  states: { cation: { charge: 1 } },
  formula: "E(cation)",
});
const campaign = (own: object | undefined, rungs: object[] = []): CampaignSettings =>
  CampaignSettings.parse({
    name: "a",
    evaluation: own === undefined ? {} : { property: "own-formula", definition: own },
    rungs,
  });

it("counts the definitions of one id in the order of their first use, on any rung", () => {
  const all = ownProperties([
    campaign(undefined),
    campaign(definition("mine", "eV")),
    campaign(definition("other", "eV"), [
      { keep: 1, property: "own-formula", definition: definition("mine", "kJ/mol") },
    ]),
    campaign(definition("mine", "eV")),
  ]);
  expect(all.map(({ definition: { id }, version }) => [id, version])).toEqual([
    ["mine", 1],
    ["other", 1],
    ["mine", 2],
  ]);
  expect(ownProperty(all, { id: "mine" })?.version).toBe(2);
  expect(ownProperty(all, { id: "mine", version: 1 })?.definition).toMatchObject({ unit: "eV" });
  expect(ownProperty(all, { id: "mine", version: 3 })).toBeUndefined();
});
