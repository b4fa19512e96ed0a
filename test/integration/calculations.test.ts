/** Calculations beside campaigns: begun, kept in the notebook, found after a restart, drawn. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import type { CalculationDetail, CalculationId, CalculationJob } from "#shared/quantum/calculation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ansatz-calculations-"));
afterAll(() => rmSync(folder, { recursive: true }));

const open = (): Promise<Engine> =>
  createEngine({
    paths: { notebook: join(folder, "notebook.sqlite"), resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: console.warn, error: console.error },
    threads: 2,
  });

const WATER: EnergyRequest = {
  geometry: {
    symbols: ["O", "H", "H"],
    coordinates_angstrom: [0, 0, 0.1173, 0, 0.7572, -0.4692, 0, -0.7572, -0.4692],
  },
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "rhf", activeSpace: null },
  ...{ ansatz: "uccsd", maxIterations: 200 },
};
const jobOf = (request: Partial<EnergyRequest> = {}): CalculationJob => ({
  kind: "energy",
  name: "water",
  origin: "file water.xyz",
  command: "ansatz energy water.xyz --method rhf --basis 6-31g",
  request: { ...WATER, ...request },
});

async function ended(engine: Engine, id: CalculationId): Promise<CalculationDetail> {
  for (;;) {
    const calculation = await engine.calculations.get({ id });
    if (calculation.state !== "running") return calculation;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How far the vertices of a mesh lie from the x axis and other planes, at most. */
const furthest = (vertices: Float32Array, axis: number): number =>
  Math.max(...Array.from(vertices).filter((_, k) => k % 3 === axis));

describe("calculations", () => {
  it("are kept with what they found, found after a restart, and verified", async () => {
    let id: CalculationId;
    {
      await using engine = await open();
      const begun = await engine.calculations.start(jobOf());
      expect(begun).toMatchObject({ state: "running", title: "RHF/6-31g", record: null });
      expect(begun.expected?.seconds).toBeGreaterThan(0);
      ({ id } = begun);
      const energy = await engine.molecules.energy(WATER);
      const { energy_hartree, isReached, state } = await ended(engine, id);
      expect({ state, isReached }).toEqual({ state: "done", isReached: true });
      expect(energy_hartree).toBe(energy.hartreeFock.energy_hartree);
    }
    await using engine = await open();
    const [listed] = await engine.calculations.list();
    expect(listed).toMatchObject({ id, state: "done", name: "water" });
    const detail = await engine.calculations.get({ id });
    expect(detail.record).toMatch(/^[0-9a-f]{64}$/);
    expect(detail.job).toMatchObject(jobOf());
    expect(detail.result?.energy?.properties?.dipole_debye).toHaveLength(3);
    const [set] = detail.orbitals ?? [];
    expect(set?.spin).toBe("both");
    expect(set?.occupations.slice(0, 6)).toEqual([2, 2, 2, 2, 2, 0]);
    expect(set?.energies_hartree?.[4]).toBe(detail.result?.energy?.hartreeFock.orbitalEnergies_hartree[4]);
    expect((await engine.notebook.verify()).findings).toEqual([]);
  });

  it("draw orbitals where they are: water's HOMO is antisymmetric in the plane of its atoms", async () => {
    await using engine = await open();
    const [kept] = await engine.calculations.list();
    const { id } = kept!;
    const homo = await engine.calculations.surface({ id, field: { set: 0, orbital: 4 }, isovalue: 0.05 });
    const [up, down] = [homo.positive, homo.negative].map(({ vertices_angstrom }) => vertices_angstrom);
    expect(up!.length).toBeGreaterThan(300);
    // The plane is x = 0: lobes on its two sides, each as far out as the other.
    const [one, other] = [furthest(up!, 0), furthest(down!, 0)].sort((a, b) => b - a);
    expect(one).toBeGreaterThan(0.6);
    expect(other).toBeLessThan(0);
    const density = await engine.calculations.surface({ id, field: "density", isovalue: 0.02 });
    expect(density.negative.triangles.length).toBe(0);
    expect(density.positive.triangles.length).toBeGreaterThan(1000);
    await expect(
      engine.calculations.surface({ id, field: "spin-density", isovalue: 0.01 }),
    ).rejects.toMatchObject({ code: "not-supported" });
    await expect(
      engine.calculations.surface({ id, field: { set: 0, orbital: 999 }, isovalue: 0.05 }),
    ).rejects.toMatchObject({ code: "invalid-input" });
  });

  it("end in words where they fail and where they are cancelled", async () => {
    await using engine = await open();
    const wrong = await engine.calculations.start(jobOf({ multiplicity: 2 }));
    expect(await ended(engine, wrong.id)).toMatchObject({ state: "failed", record: null });
    expect((await engine.calculations.get({ id: wrong.id })).error).toContain("multiplicity");
    const long = await engine.calculations.start(jobOf({ method: "ccsd(t)", basis: "aug-cc-pvtz" }));
    expect(await engine.calculations.cancel({ id: long.id })).toMatchObject({ state: "cancelled" });
    const states = (await engine.calculations.list()).map(({ state }) => state);
    expect(states).toEqual(["cancelled", "failed", "done"]);
  });
});
