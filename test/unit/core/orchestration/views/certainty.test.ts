import { afterAll, describe, expect, it } from "vitest";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { listNumbers } from "#core/notebook/tables/candidates.ts";
import { rankingCertainty } from "#core/orchestration/views/certainty.ts";
import { errorBarOf } from "#core/orchestration/views/error-bars.ts";
import type { CampaignId } from "#shared/ids.ts";
import { firstExcitation } from "#shared/properties/first-excitation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
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

describe("a number at another geometry than errors were measured at has no error bar", () => {
  const { db } = campaigns.notebook;
  const indices = (id: CampaignId): number[] =>
    rankingCertainty(db, id)
      .candidates.map(({ index }) => index)
      .sort();
  const change = (id: CampaignId, index: number, row: { recovered_at: string | null }) =>
    db.run(
      db.sql
        .updateTable("candidate")
        .set(row)
        .where("idx", "=", index)
        .where("campaign", "in", db.sql.selectFrom("campaign").select("id").where("uuid", "=", id)),
    );

  it("be it found elsewhere, as where its fields did not converge", async () => {
    const { campaign } = await campaigns.run({ property: "first-excitation", ...level });
    expect(indices(campaign.id)).toEqual([1, 2]);
    change(campaign.id, 1, { recovered_at: "at the Hartree–Fock/STO-3G minimum" });
    expect(indices(campaign.id)).toEqual([2]);
    change(campaign.id, 1, { recovered_at: null });
  });

  it("but where the property relaxes what it computes", async () => {
    using protons = listCampaigns(["O", "N"]);
    const { campaign } = await protons.run({ property: "proton-affinity", basis: "6-31+g**" });
    const { db: other } = protons.notebook;
    const count = () => rankingCertainty(other, campaign.id).candidates.length;
    expect(count()).toBe(2);
    other.run(other.sql.updateTable("candidate").set({ recovered_at: "in another conformer" }));
    expect(count()).toBe(2);
  }, 120_000);
});

type Relaxation = NonNullable<EnergyResult["optimisation"]>;
it.each<[string, (optimisation: Relaxation) => Relaxation]>([
  ["does not converge", (end) => ({ ...end, outcome: "not-converged" })],
  [
    "breaks",
    ({ geometry, ...end }) => {
      const coordinates_angstrom = geometry.coordinates_angstrom.map((x) => 4 * x);
      return { ...end, geometry: { ...geometry, coordinates_angstrom } };
    },
  ],
])(
  "a number has no error bar where a piece of another bond %s: that may be the weakest",
  async (_, ending) => {
    /** Hydroxyl has no minimum, so that the O–O bond of hydrogen peroxide, its weakest, has no energy. */
    const isHydroxyl = ({ geometry, optimise }: EnergyRequest): boolean =>
      optimise !== undefined && geometry.symbols.toSorted().join("") === "HO";
    using peroxide = listCampaigns(["OO"], (request, result) =>
      isHydroxyl(request) ? { ...result, optimisation: ending(result.optimisation!) } : result,
    );
    const { campaign, details } = await peroxide.run({
      property: "bond-dissociation-energy",
      propertySettings: { bonds: "all" },
      basis: "6-31+g**",
    });
    expect(details[0]!.evaluation).toMatchObject({ outcome: "converged" });
    expect(details[0]!.evaluation!.alternatives![1]).toMatchObject({ value: null });
    expect(rankingCertainty(peroxide.notebook.db, campaign.id).candidates).toEqual([]);
  },
  120_000,
);

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
  const { db } = campaigns.notebook;
  const { evaluation } = campaignSettings(db, campaign.id);
  const rows = listNumbers(db, campaign.id, { property: evaluation.property, rung: 0 });
  // The first has an active space of its own, whose error is not known, beside a surface area, whose error is 0.
  expect(errorBarOf(db, evaluation)!(rows[0]!)).toBe(Number.POSITIVE_INFINITY);
});
