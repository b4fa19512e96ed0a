import { expect, it } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { climbs } from "#shared/campaign/promotion.ts";

const desirability = { shape: "larger", low: 6, high: 12 } as const;
const composite = {
  kind: "composite",
  id: "donor-score",
  title: "Donor score",
  parts: [{ property: "vertical-ionisation-energy", desirability }],
} as const;

it("says the climb of a composite with its title, and its number without a unit", () => {
  const settings = CampaignSettings.parse({
    name: "climb",
    evaluation: { property: "proton-affinity" },
    rungs: [{ keep: 1, property: "own-composite", definition: composite }, { keep: 1 }],
  });
  const decisions = [
    { index: 4, value: 0.8124, rank: 1, goesUp: true },
    { index: 2, value: 0.25, rank: 2, goesUp: false },
  ];
  const shared = { keep: 1, evaluationVersion: 11 };
  const found = climbs(settings, [
    { ...shared, rung: 0, property: "own-composite", cut: 0.8124, decisions },
    {
      ...shared,
      rung: 1,
      property: "proton-affinity",
      cut: 0.34,
      decisions: [{ ...decisions[0]!, value: 0.34 }],
    },
  ]);
  expect(found.get(4)).toEqual([
    "rung 1 (Donor score): 0.812, rank 1 of 2: among the 1 that go up",
    // 0.34 Hartree × 2625.4996 kJ/mol.
    "rung 2 (MP2/6-31+g**): 893 kJ/mol, rank 1 of 1: among the 1 that go up",
  ]);
  expect(found.get(2)).toEqual([
    "rung 1 (Donor score): 0.250, rank 2 of 2: not among the 1 that go up (the last at 0.812)",
  ]);
});
