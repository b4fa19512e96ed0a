import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  CampaignSettings,
  type CampaignSettingsInput,
  StoredCampaignSettings,
} from "#shared/campaign/campaign.ts";
import { readPlan, settingsOfPlan } from "#shared/campaign/plan.ts";
import { deviceLevels, directionOf, levelOf, rungOrders, rungTitle } from "#shared/campaign/rungs.ts";

const settings = (input: Partial<CampaignSettingsInput>): CampaignSettings =>
  CampaignSettings.parse({ name: "climb", ...input });
const problems = (input: Partial<CampaignSettingsInput>) =>
  CampaignSettings.safeParse({ name: "climb", ...input }).error?.issues.map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  );

describe("rungs", () => {
  it("are on a device where VQE is asked of one, and not where a backend is only left over", () => {
    const byVqe = { backend: "ionq", propertySettings: { method: "vqe" } } as const;
    const rungs = [
      { keep: 9, propertySettings: { method: "mp2", activeSpace: false } },
      { keep: 4, basis: "sto-3g" },
    ];
    expect(deviceLevels(settings({ evaluation: byVqe, rungs }))).toEqual([1, 2]);
    expect(
      deviceLevels(settings({ evaluation: { backend: "ionq", propertySettings: { activeSpace: false } } })),
    ).toEqual([]);
    expect(deviceLevels(settings({ evaluation: { ...byVqe, backend: "sampler" } }))).toEqual([]);
  });

  it("are the campaign's level but for what they say", () => {
    const asked = settings({
      evaluation: { basis: "def2-svp", propertySettings: { activeSpace: false } },
      rungs: [
        { keep: 9, basis: "sto-3g" },
        { keep: 4, propertySettings: { method: "vqe" } },
      ],
    });
    const { evaluation } = asked;
    expect(levelOf(asked, 0)).toEqual({ ...evaluation, basis: "sto-3g" });
    expect(levelOf(asked, 1)).toEqual({
      ...evaluation,
      propertySettings: { method: "vqe", activeSpace: false, solvent: "none" },
    });
    expect(levelOf(asked, 2)).toBe(evaluation);
    expect([0, 1, 2].map((rung) => rungTitle(asked, rung))).toEqual([
      "rung 1 (MP2/sto-3g)",
      "rung 2 (VQE/def2-svp)",
      "rung 3 (MP2/def2-svp)",
    ]);
    expect(rungOrders(asked).map(({ rung }) => rung)).toEqual([2, 1, 0]);
  });

  it("leave out the relaxation that the campaign asks for, or add one", () => {
    const rungs = [
      { keep: 9, relaxed: null, conformers: 1 },
      { keep: 4, relaxed: "hartree-fock" as const },
      { keep: 3 },
    ];
    const relaxing = settings({ evaluation: { relaxed: "hartree-fock", conformers: 5 }, rungs });
    expect(levelOf(relaxing, 0)).not.toHaveProperty("relaxed");
    expect(levelOf(relaxing, 0).conformers).toBe(1);
    expect([1, 2, 3].map((rung) => levelOf(relaxing, rung).relaxed)).toEqual(Array(3).fill("hartree-fock"));
    const unrelaxed = settings({ rungs });
    expect([0, 2, 3].map((rung) => "relaxed" in levelOf(unrelaxed, rung))).toEqual([false, false, false]);
    expect(levelOf(unrelaxed, 1).relaxed).toBe("hartree-fock");
    expect(StoredCampaignSettings.parse(JSON.parse(JSON.stringify(relaxing)))).toEqual(relaxing);
  });

  it("of another property take its basis set, its settings and what is better of it", () => {
    const asked = settings({
      ranking: { direction: "minimise" },
      rungs: [
        { keep: 9, property: "triplet-energy" },
        { keep: 4, basis: "sto-3g" },
      ],
    });
    expect(levelOf(asked, 0)).toMatchObject({ property: "triplet-energy", basis: "def2-svp" });
    expect(levelOf(asked, 0).propertySettings).toEqual({ method: "routed" });
    expect(directionOf(asked, 0)).toBe("maximise");
    expect(directionOf(asked, 1)).toBe("minimise");
  });

  it("are refused where more go up than came, and where what they ask for is not known", () => {
    expect(problems({ rungs: [{ keep: 3 }, { keep: 4 }] })).toEqual([
      "rungs.1.keep: expected at most 3, as many as come up from the rung below",
    ]);
    expect(problems({ rungs: [{ keep: 3, propertySettings: { methods: 1 } }] })?.[0]).toMatch(
      /^rungs\.0\.propertySettings/,
    );
    expect(problems({ rungs: [{ keep: 3, property: "own-formula" }] })?.[0]).toMatch(
      /^rungs\.0\.definition: expected what own-formula is made of/,
    );
    expect(problems({ rungs: [{ keep: 0 }] })).toHaveLength(1);
  });

  it("come back from a notebook as they were asked for; without any, settings are as before there were rungs", () => {
    const asked = settings({ rungs: [{ keep: 9, basis: "sto-3g" }] });
    expect(StoredCampaignSettings.parse(JSON.parse(JSON.stringify(asked)))).toEqual(asked);
    expect(settings({})).toMatchObject({ rungs: [], limits: { hours: null } });
  });

  it("may be of a person's own property, as in the example", () => {
    const example = readFileSync(
      new URL("../../../../docs/examples/three-levels.json", import.meta.url),
      "utf8",
    );
    const asked = settingsOfPlan(readPlan(example, "three-levels.json"));
    expect([0, 1, 2].map((rung) => rungTitle(asked, rung))).toEqual([
      "rung 1 (ΔSCF by Hartree–Fock/sto-3g)",
      "rung 2 (MP2/sto-3g)",
      "rung 3 (MP2/6-31g)",
    ]);
  });
});
