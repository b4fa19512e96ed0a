import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { methodParagraphs } from "#core/export/methods.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { labelOf } from "#core/notebook/tables/labels.ts";
import { rankingCertainty } from "#core/orchestration/views/certainty.ts";
import type { PropertyDeclaration } from "#shared/properties/property.ts";
import { verticalIonisationEnergy } from "#shared/properties/vertical-ionisation-energy.ts";
import { toElectronVolt } from "#shared/units.ts";
import { listCampaigns } from "./list-campaigns.ts";

const list = ["O", "C=O", "CO", "CC"];
const campaigns = listCampaigns(list);
afterAll(() => campaigns[Symbol.dispose]());

const plainIonisation = {
  kind: "formula",
  id: "plain-ionisation",
  title: "Plain ionisation energy",
  unit: "eV",
  better: "maximise",
  basis: "sto-3g",
  states: { neutral: {}, cation: { charge: 1 } },
  formula: "E(cation) - E(neutral)",
};
const own = (definition: object) => ({
  property: `own-${"parts" in definition ? "composite" : "formula"}`,
  definition,
});

const score = {
  kind: "composite",
  id: "donor-score",
  title: "Donor score",
  parts: [
    {
      property: "vertical-electron-affinity",
      basis: "sto-3g",
      desirability: { shape: "larger", low: -10, high: 10 },
    },
    {
      name: "IE",
      formula: plainIonisation,
      desirability: { shape: "target", low: 6, target: 9, high: 12 },
      weight: 2,
    },
    { descriptor: "logP", desirability: { shape: "larger", low: -2, high: 2 }, limits: { most: 0.5 } },
  ],
};
const [, ...ionisationAndLogP] = score.parts;
const bound = { ...score, id: "bound-score", parts: ionisationAndLogP };

let alone: Awaited<ReturnType<typeof campaigns.run>>;
let found: Awaited<ReturnType<typeof campaigns.run>>;
beforeAll(async () => {
  alone = await campaigns.run(own(plainIonisation));
  found = await campaigns.run(own(bound));
});

/** eV. */
const ionisations = () => alone.details.map(({ values }) => toElectronVolt(values["own-formula"]!));
/** Of the target, by hand. */
const wanted = (energy: number) => (energy <= 9 ? (energy - 6) / 3 : (12 - energy) / 3);

describe("a composite", () => {
  it("has the error bars of its parts, where those are known", async () => {
    expect(rankingCertainty(campaigns.notebook.db, found.campaign.id).candidates, "a formula's").toEqual([]);
    const parts = [
      {
        property: "vertical-ionisation-energy",
        basis: "6-31g",
        desirability: { shape: "larger", low: -20, high: 40 },
      },
      { descriptor: "logP", desirability: { shape: "larger", low: -20, high: 20 }, weight: 3 },
    ];
    const known = await campaigns.run(own({ ...score, id: "known-score", parts }));
    const { candidates } = rankingCertainty(campaigns.notebook.db, known.campaign.id);
    expect(candidates).toHaveLength(list.length);
    const { values: numbers }: PropertyDeclaration = verticalIonisationEnergy;
    const deviation = numbers.find(({ method }) => method === "mp2")!.deviations!["6-31g"]!;
    for (const { index, deviation: bar } of candidates) {
      const { values, evaluation } = known.details[index]!;
      // Of D = d₁^¼ d₂^¾ the slope is D / 4 d₁, and that of d₁ 1/60 per eV.
      const { desirability1, ownComposite_dimensionless: overall } = evaluation!.values;
      expect(bar / ((overall! / 4 / desirability1!) * (deviation / 60))).toBeCloseTo(1, 2);
      expect(values["own-composite"]).toBe(overall);
    }
  });

  it("is the weighted geometric mean of what its parts are worth, over states that are there", () => {
    expect(alone.computed).toBe(2 * list.length);
    expect(found.computed).toBe(0);
    for (const [k, { evaluation, values, descriptors, rank }] of found.details.entries()) {
      const [energy, logP] = [ionisations()[k]!, descriptors!.logP];
      const parts = { energy: wanted(energy), logP: (logP + 2) / 4 };
      expect(parts.energy).toBeGreaterThan(0);
      expect(evaluation!.values).toMatchObject({
        part1_hartree: alone.details[k]!.values["own-formula"],
        desirability1: expect.closeTo(parts.energy, 9),
        part2_value: logP,
        desirability2: expect.closeTo(parts.logP, 9),
      });
      if (logP > 0.5) continue;
      expect(values["own-composite"]).toBeCloseTo((parts.energy ** 2 * parts.logP) ** (1 / 3), 9);
      expect(rank).not.toBeNull();
    }
  });

  it("lists what is outside its limits apart, with the reason and the numbers of its parts", () => {
    const ethane = found.details[3]!;
    expect(ethane.descriptors!.logP).toBeGreaterThan(0.5);
    expect(ethane).toMatchObject({ state: "evaluated", rank: null, values: {}, failure: null });
    expect(ethane.noValue).toBe("outside limits: logP 1.0262 is above 0.5");
    expect(ethane.evaluation).toMatchObject({
      outcome: "outside-limits",
      values: { ownComposite_dimensionless: 0 },
    });
  });

  it("has a front of its candidates over the numbers of its parts", async () => {
    const points = found.details.slice(0, 3).map(({ descriptors }, k) => ({
      far: Math.abs(ionisations()[k]! - 9),
      logP: descriptors!.logP,
    }));
    const isFirst = points.map((a) => points.every((b) => a === b || b.far > a.far || b.logP < a.logP));
    const { fronts } = rankingCertainty(campaigns.notebook.db, found.campaign.id);
    expect(fronts!.map(({ index, front }) => [index, front === 1])).toEqual([...isFirst.entries()]);
    const rows = await campaigns.exported(found.campaign);
    expect(rows.map(({ pareto_front }) => Number(pareto_front))).toEqual(
      found.details
        .filter(({ rank }) => rank !== null)
        .toSorted((a, b) => a.rank! - b.rank!)
        .map(({ proposal }) => fronts!.find(({ index }) => index === proposal.index)!.front),
    );
    const best = found.details.find(({ rank }) => rank === 1)!;
    expect(rows[0]).toMatchObject({ desirability_2_dimensionless: expect.any(String) });
    expect(Number(rows[0]!.part_1_ev)).toBeCloseTo(ionisations()[best.proposal.index]!, 6);
  });

  it("says of a part without a number which and why, and keeps the others", async () => {
    const { details, computed } = await campaigns.run(own(score));
    // Molecule and anion; the anion is not bound in so small a basis.
    expect(computed).toBeGreaterThan(0);
    for (const { evaluation, noValue, rank } of details) {
      expect(rank).toBeNull();
      expect(evaluation!.outcome).toBe("not-applicable");
      expect(noValue).toMatch(/^no vertical electron affinity: not bound: the anion lies above the molecule/);
      expect(evaluation!.values).toMatchObject({ part1_hartree: null, part2_hartree: expect.any(Number) });
      expect(evaluation!.values.ownComposite_dimensionless).toBeNull();
    }
  });

  it("is told without a unit", () => {
    const { property, definition } = found.campaign.settings.evaluation;
    const evaluation = { input: { property, definition }, ownComposite_dimensionless: 0.25 };
    expect(labelOf("evaluation", evaluation as never)).toBe("donor score: 0.250");
    expect(labelOf("score", { property, ownComposite_dimensionless: 0.25 })).toBe("own-composite: 0.250");
  });

  it("is replayed from its record, verified, and explained in the report", async () => {
    expect(await campaigns.replayed(found.details[0]!.id)).toMatchObject({ outcome: "identical" });
    expect(await verifyNotebook(campaigns.path)).toMatchObject({ ok: true, findings: [] });
    expect(methodParagraphs(found.campaign).map(({ text }) => text)).toContainEqual(
      expect.stringContaining("IE by MP2/sto-3g, weight 2: 1 at 9, 0 up to 6 and from 12 on (eV)"),
    );
  });
});
