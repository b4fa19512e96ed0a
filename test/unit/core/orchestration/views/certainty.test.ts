import { afterAll, expect, it } from "vitest";
import { rankingCertainty } from "#core/orchestration/views/certainty.ts";
import { firstExcitation } from "#shared/properties/first-excitation.ts";
import { fromElectronVolt } from "#shared/units.ts";
import { listCampaigns } from "../stages/evaluate/list-campaigns.ts";

const HYDROGEN = "[H][H]";
const campaigns = listCampaigns([HYDROGEN, "C=O", "C#C"]);
afterAll(() => campaigns[Symbol.dispose]());

const level = { basis: "def2-svp", activeSpace: { nelec: 4, norb: 4 } };

it("a number of another active space than errors were measured in has no error bar", async () => {
  const { campaign, details } = await campaigns.run({ property: "first-excitation", ...level });
  expect(campaign.counts).toMatchObject({ evaluated: 3, failed: 0 });
  const { spectrum } = details[0]!.evaluation!.states;
  expect(spectrum).toMatchObject({ activeSpace: { nelec: 2 } });
  const { candidates, stability } = rankingCertainty(campaigns.notebook.db, campaign.id);
  const bar = fromElectronVolt(firstExcitation.values[0].deviations["def2-svp"]);
  expect(candidates.map(({ deviation }) => deviation)).toEqual([bar, bar]);
  expect(candidates.map(({ index }) => index).sort()).toEqual([1, 2]);
  expect(stability).toBeNull();
});

it("nor has a composite of it", async () => {
  const definition = {
    kind: "composite",
    id: "early",
    title: "Early",
    parts: [
      { descriptor: "tpsa_angstrom2", desirability: { shape: "smaller", low: 0, high: 100 } },
      { property: "first-excitation", desirability: { shape: "smaller", low: 0, high: 40 } },
    ],
  };
  const { campaign } = await campaigns.run({ property: "own-composite", definition, ...level });
  const { candidates } = rankingCertainty(campaigns.notebook.db, campaign.id);
  expect(candidates.map(({ index }) => index).sort()).toEqual([1, 2]);
  for (const { deviation } of candidates) expect(deviation).toBeGreaterThan(0);
});
