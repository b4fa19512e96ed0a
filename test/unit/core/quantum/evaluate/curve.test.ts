import { expect, it } from "vitest";
import { evaluateCurve } from "#core/quantum/evaluate/curve.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest, Method } from "#shared/quantum/energy-request.ts";
import { resources } from "../chemistry-reference.ts";

const request = (r: number, method: Method, [a, b]: [string, string] = ["N", "N"]): EnergyRequest => ({
  geometry: { symbols: [a, b], coordinates_angstrom: [0, 0, 0, 0, 0, r] },
  ...{ charge: 0, multiplicity: 1, basis: "sto-3g", method, activeSpace: { nelec: 2, norb: 2 } },
  ...{ ansatz: "uccsd", maxIterations: 200 },
});

it("of N2 by UHF runs smoothly into two quartet atoms", async () => {
  const requests = [1.1, 1.3, 1.5, 1.7, 1.9, 2.1, 2.4, 2.7, 3].map((r) => request(r, "uhf"));
  const { points, breaks } = await evaluateCurve(requests, { resources });
  expect(breaks).toEqual([]);
  const energies = points.map(({ hartreeFock }) => hartreeFock.energy_hartree);
  const atom = await evaluateEnergy(
    { ...request(0, "uhf"), geometry: { symbols: ["N"], coordinates_angstrom: [0, 0, 0] }, multiplicity: 4 },
    { resources },
  );
  expect(energies.at(-1)! - 2 * atom.hartreeFock.energy_hartree).toBeGreaterThan(-0.005);
  expect(energies.at(-1)! - 2 * atom.hartreeFock.energy_hartree).toBeLessThan(0.001);
});

it("gives each frame what it gives alone where that is the lowest", async () => {
  const requests = [0.7, 0.9, 1.1].map((r) => request(r, "casci", ["H", "H"]));
  const { points, breaks } = await evaluateCurve(requests, { resources });
  const alone = await evaluateEnergy(requests[2]!, { resources });
  expect(points[2]!.casci!.energy_hartree).toBe(alone.casci!.energy_hartree);
  expect(breaks).toEqual([]);
});

it("of a rectangle of hydrogens that passes the square says that its solutions do not connect", async () => {
  const rectangle = (a: number, b: number): EnergyRequest => ({
    ...request(1, "rhf"),
    geometry: {
      symbols: ["H", "H", "H", "H"],
      coordinates_angstrom: [0, 0, 0, a, 0, 0, 0, b, 0, a, b, 0],
    },
  });
  const { points, breaks } = await evaluateCurve([rectangle(1.33, 1.27), rectangle(1.27, 1.33)], {
    resources,
  });
  const [before, after] = points.map(({ hartreeFock }) => hartreeFock.energy_hartree);
  expect(before!).toBeCloseTo(after!, 8);
  expect(breaks).toEqual([{ frames: [0, 1], reason: "solution", size_hartree: expect.any(Number) }]);
  expect(breaks[0]!.size_hartree).toBeGreaterThan(1e-3);
  const { breaks: none } = await evaluateCurve([rectangle(1.4, 1.27), rectangle(1.33, 1.27)], { resources });
  expect(none).toEqual([]);
});
