import { describe, expect, it } from "vitest";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import { valueScore } from "#core/orchestration/desks/property-objective.ts";
import { createScorer, windowScore } from "#core/orchestration/drawing/objectives.ts";
import type { Objectives } from "#shared/model/generation.ts";

const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });

async function scoreOf(objectives: Objectives, smiles: string): Promise<number> {
  using scorer = await createScorer(chemistry, objectives);
  const score = scorer.score(smiles);
  expect(score.outcome).toBe("scored");
  return score.outcome === "scored" ? score.score : Number.NaN;
}

describe("an objective of the molecule alone", () => {
  it("is 1 within a window and e^(−d²/2) at the distance d beside it", () => {
    const window = { minimum: 1, maximum: 3 };
    expect([1, 2, 3].map((value) => windowScore(value, window))).toEqual([1, 1, 1]);
    expect(windowScore(0, window)).toBeCloseTo(Math.exp(-0.5), 12);
    expect(windowScore(5, window)).toBeCloseTo(Math.exp(-2), 12);
  });

  it("takes QED and SA score from the descriptors", async () => {
    const described = chemistry.describe("CC(=O)Oc1ccccc1C(=O)O");
    if (described.outcome === "invalid") throw new Error("aspirin is a molecule");
    const { qed, saScore } = described.descriptors;
    expect(await scoreOf([{ kind: "qed" }], "CC(=O)Oc1ccccc1C(=O)O")).toBe(qed);
    expect(await scoreOf([{ kind: "sa-score" }], "CC(=O)Oc1ccccc1C(=O)O")).toBeCloseTo(
      (10 - saScore) / 9,
      12,
    );
  });

  it("is 1 for the molecule itself and less for others, and asks for a substructure", async () => {
    const similarity: Objectives = [{ kind: "similarity", to: "CCO" }];
    expect(await scoreOf(similarity, "OCC")).toBe(1);
    expect(await scoreOf(similarity, "CCCCN")).toBeLessThan(0.5);
    expect(await scoreOf([{ kind: "substructure", smarts: "[OX2H]" }], "CCO")).toBe(1);
    expect(await scoreOf([{ kind: "substructure", smarts: "[OX2H]" }], "COC")).toBe(0);
  });

  it("refuses to compare with a part of a molecule, to which nothing is similar", async () => {
    await expect(createScorer(chemistry, [{ kind: "similarity", to: "*c1ccccc1" }])).rejects.toThrow(
      /attachment point.*whole molecule/,
    );
    await expect(createScorer(chemistry, [{ kind: "similarity", to: "C1CC" }])).rejects.toThrow(
      /similarity: "C1CC" is not a SMILES/,
    );
  });

  it("combines parts by their geometric mean, so that none makes up for a zero", async () => {
    const [qed, alcohol] = [{ kind: "qed" }, { kind: "substructure", smarts: "[OX2H]" }] as const;
    const single = await scoreOf([qed], "CCO");
    expect(await scoreOf([qed, alcohol], "CCO")).toBeCloseTo(Math.sqrt(single), 12);
    expect(await scoreOf([qed, alcohol], "COC")).toBe(0);
  });

  it("fails, and does not score 0, for what is no molecule", async () => {
    using scorer = await createScorer(chemistry, [{ kind: "qed" }]);
    expect(scorer.score("C1CC")).toMatchObject({ outcome: "failed" });
  });
});

describe("an energy as a score", () => {
  it("is linear between the worst and the best, whichever is higher, and flat beyond", () => {
    const high = { worst: 8, best: 12 };
    expect([7, 8, 10, 12, 13].map((energy) => valueScore(energy, high))).toEqual([0, 0, 0.5, 1, 1]);
    const low = { worst: 12, best: 8 };
    expect([7, 8, 10, 12, 13].map((energy) => valueScore(energy, low))).toEqual([1, 1, 0.5, 0, 0]);
  });
});
