import { expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { thermalFrequencies } from "#core/quantum/evaluate/vibrations.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { readReference, resources } from "../chemistry-reference.ts";

const { cases } = readReference<{ cases: { name: string; frequencies_per_cm: number[] }[] }>(
  "vibrations.json",
);
/** Of a relaxed geometry that is up to 1e-4 Eh/bohr away from the reference's, cm⁻¹. */
const FREQUENCY_TOLERANCE = 2;

const PLANAR_AMMONIA: Geometry = {
  symbols: ["N", "H", "H", "H"],
  coordinates_angstrom: [0, 0, 0, 1, 0, 0, -0.5, 0.866, 0, -0.5, -0.866, 0],
};
const vibrating = (geometry: Geometry, optimise = true): Promise<ReturnType<typeof found>> =>
  evaluateEnergy(
    {
      geometry,
      charge: 0,
      multiplicity: 1,
      basis: "6-31g*",
      method: "mp2",
      activeSpace: null,
      ansatz: "uccsd",
      maxIterations: 100,
      vibrations: GasConditions.parse({}),
      ...(optimise && { optimise: { frozen: [] } }),
    } satisfies EnergyRequest,
    { resources },
  ).then(found);
const found = ({ vibrations }: Awaited<ReturnType<typeof evaluateEnergy>>) => vibrations!;

it("a start on a saddle is no minimum, and the way down from it leads to one", async () => {
  const saddle = await vibrating(PLANAR_AMMONIA);
  expect(saddle).toMatchObject({ outcome: "not-a-minimum", terms: null, symmetryNumber: 6 });
  expect(saddle.frequencies_per_cm[0]).toBeLessThan(-500);
  const minimum = await vibrating(saddle.downhill!);
  expect(minimum).toMatchObject({ outcome: "minimum", downhill: null, symmetryNumber: 3 });
  const expected = cases.find(({ name }) => name === "NH3")!.frequencies_per_cm;
  for (const [k, frequency] of minimum.frequencies_per_cm.entries())
    expect(Math.abs(frequency - expected[k]!)).toBeLessThan(FREQUENCY_TOLERANCE);
}, 60_000);

it("a geometry that is not stationary has no vibrations", async () => {
  expect(await vibrating(PLANAR_AMMONIA, false)).toMatchObject({
    outcome: "not-converged",
    frequencies_per_cm: [],
  });
});

it("a motion that is free to the accuracy of a relaxation counts as a soft vibration", () => {
  expect(thermalFrequencies([-36, 0, 447])).toEqual([36, 1, 447]);
  expect(thermalFrequencies([-51, 447])).toBeUndefined();
  expect(thermalFrequencies([Number.NaN])).toBeUndefined();
});
