import { expect, it } from "vitest";
import { EvaluationSettings } from "#shared/campaign/campaign.ts";
import { deviationOf } from "#shared/properties/method-title.ts";

const deviation = (evaluation: object) => deviationOf(EvaluationSettings.parse(evaluation));
const byVqe = { basis: "def2-svp", propertySettings: { method: "vqe" } };

it("an error bar is of the active space in which errors were measured, where one is used", () => {
  expect(deviation(byVqe)).toBe(0.63);
  expect(deviation({ ...byVqe, activeSpace: { rule: "frontier", nelec: 4, norb: 4 } })).toBe(0.63);
  expect(deviation({ ...byVqe, activeSpace: { nelec: 2, norb: 2 } })).toBeNull();
  expect(deviation({ ...byVqe, activeSpace: { rule: "natural-occupation" } })).toBeNull();
  expect(deviation({ property: "first-excitation", basis: "def2-svp", activeSpace: null })).toBeNull();
  expect(deviation({ basis: "6-31g", activeSpace: { nelec: 2, norb: 2 } })).toBe(0.31);
});

it("an error bar is of the geometries at which errors were measured", () => {
  const relaxed = "hartree-fock";
  expect(deviation({ basis: "6-31g", relaxed })).toBeNull();
  const affinity = { property: "proton-affinity", basis: "6-31+g**" };
  expect([deviation(affinity), deviation({ ...affinity, relaxed })]).toEqual([9.5, 9.5]);
});
