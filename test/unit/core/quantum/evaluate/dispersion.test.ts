import { expect, it } from "vitest";
import { evaluateCurve } from "#core/quantum/evaluate/curve.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest, Method } from "#shared/quantum/energy-request.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { readReference, resources } from "../chemistry-reference.ts";

const ETHANE = {
  symbols: ["C", "C", "H", "H", "H", "H", "H", "H"],
  coordinates_angstrom: [
    ...[0, 0, 0.77, 0, 0, -0.77],
    ...[1.02, 0, 1.16, -0.51, 0.883, 1.16, -0.51, -0.883, 1.16],
    ...[-1.02, 0, -1.16, 0.51, 0.883, -1.16, 0.51, -0.883, -1.16],
  ],
};
const requestOf = (more: Partial<EnergyRequest> & { method: Method }): EnergyRequest => ({
  geometry: ETHANE,
  charge: 0,
  multiplicity: 1,
  basis: "sto-3g",
  activeSpace: null,
  ansatz: "uccsd",
  maxIterations: 100,
  ...more,
});
const evaluate = (more: Parameters<typeof requestOf>[0]) => evaluateEnergy(requestOf(more), { resources });

it("is beside the field, and in the energy of the method", async () => {
  const entry = readReference<{
    entries: {
      id: string;
      geometry_angstrom: [string, number, number, number][];
      dispersion: Record<string, number>;
    }[];
  }>("dft.json").entries.find(({ id }) => id === "h2o_631gs")!;
  const geometry = {
    symbols: entry.geometry_angstrom.map(([symbol]) => symbol),
    coordinates_angstrom: entry.geometry_angstrom.flatMap(([, ...at]) => at),
  };
  const request = requestOf({ geometry, method: "pbe", grid: "coarse", dispersion: "d3bj" });
  const result = await evaluateEnergy(request, { resources });
  expect(result.dispersion?.energy_hartree).toBeCloseTo(entry.dispersion.d3bj_pbe_hartree!, 9);
  const { dispersion: _, ...without } = request;
  const alone = await evaluateEnergy(without, { resources });
  expect(alone.dispersion).toBeUndefined();
  expect(result.hartreeFock.energy_hartree).toBe(alone.hartreeFock.energy_hartree);
  expect(methodEnergy(request, result)).toBe(
    alone.hartreeFock.energy_hartree + result.dispersion!.energy_hartree,
  );
});

it("moves the minimum, whose vibrations have it too", async () => {
  const relaxed = (dispersion?: "d3bj") =>
    evaluate({
      method: "rhf",
      optimise: { frozen: [] },
      ...(dispersion && { dispersion }),
      vibrations: GasConditions.parse({}),
    });
  const [alone, added] = [await relaxed(), await relaxed("d3bj")];
  expect(added.optimisation?.outcome).toBe("converged");
  expect(added.vibrations?.outcome).toBe("minimum");
  const total = (at: typeof alone, dispersion?: "d3bj") => {
    const request = { method: "rhf" as const, geometry: at.optimisation!.geometry };
    return evaluate({ ...request, ...(dispersion && { dispersion }) }).then(
      (result) => methodEnergy(requestOf(request), result)!,
    );
  };
  expect(await total(added, "d3bj")).toBeCloseTo(added.optimisation!.trace_hartree.at(-1)!, 8);
  // Each is the lower one on the surface that it is the minimum of.
  expect(await total(added, "d3bj")).toBeLessThan((await total(alone, "d3bj")) - 1e-7);
  expect(await total(alone)).toBeLessThan((await total(added)) - 1e-7);
  const stretches = [alone, added].map(({ vibrations }) => vibrations!.frequencies_per_cm.at(-1)!);
  expect(Math.abs(stretches[0]! - stretches[1]!)).toBeGreaterThan(0.1);
}, 60_000);

it("is on every point of a curve", async () => {
  const frames = [0, 0.05].map((by) =>
    requestOf({
      method: "rhf",
      dispersion: "d3bj",
      geometry: {
        ...ETHANE,
        coordinates_angstrom: ETHANE.coordinates_angstrom.map((x, k) => (k === 2 ? x + by : x)),
      },
    }),
  );
  const { points } = await evaluateCurve(frames, { resources });
  const energies = points.map(({ dispersion }) => dispersion?.energy_hartree);
  expect(energies[0]).toBeLessThan(0);
  expect(energies[1]).not.toBe(energies[0]);
});

it("is always there in ωB97X-D, which takes no other", async () => {
  const geometry = { symbols: ["Ne", "Ne"], coordinates_angstrom: [0, 0, 0, 0, 0, 3] };
  const request = requestOf({ geometry, method: "wb97x-d", grid: "coarse" });
  const result = await evaluateEnergy(request, { resources });
  expect(result.dispersion).toMatchObject({ model: "chg" });
  expect(result.dispersion!.energy_hartree).toBeLessThan(-1e-5);
  expect(methodEnergy(request, result)).toBe(
    result.hartreeFock.energy_hartree + result.dispersion!.energy_hartree,
  );
  await expect(evaluateEnergy({ ...request, dispersion: "d3bj" }, { resources })).rejects.toThrow(
    /dispersion of its own/,
  );
});

it("is of the fields that it was fitted to, and in no other program's input", async () => {
  await expect(evaluate({ method: "svwn5", dispersion: "d3bj" })).rejects.toThrow(/fitted to.*got svwn5/);
  await expect(evaluate({ method: "mp2", dispersion: "d3bj" })).rejects.toThrow(/got mp2/);
  await expect(evaluate({ method: "rhf", dispersion: "d3bj", inputFile: "orca" })).rejects.toThrow(
    /no dispersion/,
  );
});
