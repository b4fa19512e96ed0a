/** Calculations beside campaigns: begun, kept in the notebook, found after a restart, drawn. */
import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { findCalculation, listCalculations } from "#core/notebook/tables/calculations.ts";
import { keepCalculation, readCalculation } from "#core/orchestration/files/calculation-record.ts";
import type { CalculationDetail, CalculationId, CalculationJob } from "#shared/quantum/calculation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";

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
const FIRST = { first: 0, count: 100 };
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

async function until<Value>(look: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
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
    const { calculations, total } = await engine.calculations.list(FIRST);
    expect(total).toBe(1);
    expect(calculations[0]).toMatchObject({ id, state: "done", name: "water" });
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
    const { calculations } = await engine.calculations.list(FIRST);
    const { id } = calculations[0]!; // of the test above
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
    const current = await engine.calculations.current();
    expect(current.map(({ state }) => state)).toEqual(["cancelled", "failed"]);
    expect(await engine.calculations.list(FIRST)).toMatchObject({
      total: 1,
      calculations: [{ state: "done" }],
    });
  });

  it("are begun once where the same is asked for twice, and listed by pages, the newest first", async () => {
    await using engine = await open();
    const { start } = engine.calculations;
    const [one, same, other] = await Promise.all([
      start(jobOf({ basis: "sto-3g" })),
      start(jobOf({ basis: "sto-3g" })),
      start(jobOf({ method: "uhf", basis: "sto-3g" })),
    ]);
    expect(same.id).toBe(one.id);
    expect(other.id).not.toBe(one.id);
    for (const { id } of [one, other]) await ended(engine, id);
    const again = await start(jobOf({ basis: "sto-3g" }));
    expect(again.id, "what has ended may be begun again").not.toBe(one.id);
    await ended(engine, again.id);
    const { calculations: all, total } = await engine.calculations.list(FIRST);
    expect([all.length, total]).toEqual([4, 4]);
    expect(all[0]?.id).toBe(again.id);
    const page = await engine.calculations.list({ first: 1, count: 2 });
    expect(page).toEqual({ calculations: all.slice(1, 3), total: 4 });
  });

  it("show an optimisation as it moves, and keep its steps where it is cancelled", async () => {
    await using engine = await open();
    const { calculations, molecules } = engine;
    const { geometry } = await molecules.embed({ smiles: "CCO", seed: 1, multiplicity: 1 });
    const request = { ...WATER, geometry, basis: "6-31g*", optimise: { frozen: [] } };
    const { id } = await calculations.start(jobOf(request));
    const seen = await until(
      () => calculations.sight({ id }),
      (sight) => (sight?.way?.points.length ?? 0) >= 3,
    );
    const cancelled = await calculations.cancel({ id });
    expect(cancelled).toMatchObject({ state: "cancelled", isReached: false, energy_hartree: null });
    expect(cancelled.record).not.toBeNull();
    expect(await calculations.sight({ id })).toBeNull();
    const { way } = (await calculations.get({ id })).result ?? {};
    const first = await molecules.energy({ ...WATER, geometry, basis: "6-31g*" });
    expect(way?.points.slice(0, 3)).toEqual(seen?.way?.points.slice(0, 3));
    const energies = way?.points.map(({ energy_hartree }) => energy_hartree) ?? [];
    expect(energies[0]).toBeCloseTo(first.hartreeFock.energy_hartree, 7);
    expect(energies).toEqual(energies.toSorted((a, b) => b - a));
    const there = await molecules.energy({ ...WATER, geometry: way!.geometry, basis: "6-31g*" });
    expect(energies.at(-1)).toBeCloseTo(there.hartreeFock.energy_hartree, 6);
    expect((await engine.notebook.verify()).findings).toEqual([]);
  });

  it("show a curve frame by frame, and keep the frames where it is cancelled", async () => {
    await using engine = await open();
    const { calculations } = engine;
    const { geometry } = await engine.molecules.embed({ smiles: "CCO", seed: 1, multiplicity: 1 });
    const stretched = (factor: number) => ({
      ...geometry,
      coordinates_angstrom: geometry.coordinates_angstrom.map((x) => factor * x),
    });
    const requests = Array.from({ length: 40 }, (_, k) => ({
      ...WATER,
      geometry: stretched(0.95 + 0.005 * k),
    }));
    const { request: _, ...said } = jobOf() as Extract<CalculationJob, { kind: "energy" }>;
    const { id } = await calculations.start({ ...said, kind: "curve", requests });
    const seen = await until(
      () => calculations.sight({ id }),
      (sight) => (sight?.energies_hartree.length ?? 0) >= 2,
    );
    await calculations.cancel({ id });
    const { state, result } = await calculations.get({ id });
    expect(state).toBe("cancelled");
    const points = result?.curve?.points ?? [];
    expect(points.length).toBeGreaterThanOrEqual(2);
    expect(points.length).toBeLessThan(40);
    const alone = await engine.molecules.energy(requests[1]!);
    expect(points[1]?.hartreeFock.energy_hartree).toBeCloseTo(alone.hartreeFock.energy_hartree, 8);
    expect(seen?.energies_hartree.slice(0, 2)).toEqual(
      points.slice(0, 2).map(({ hartreeFock }) => hartreeFock.energy_hartree),
    );
  });

  it("are listed and shown by the command line, with the numbers that `ansatz energy` prints", async () => {
    const command = (...args: string[]) =>
      spawnSync(process.execPath, ["src/cli/main.ts", "notebook", "calculations", ...args], {
        encoding: "utf8",
        env: { ...process.env, ANSATZ_NOTEBOOK: join(folder, "notebook.sqlite") },
      });
    const listed = JSON.parse(command("--json").stdout);
    expect(listed.map(({ title }: { title: string }) => title)).toContain("RHF/6-31g");
    const { id, energy_hartree } = listed.at(-1);
    const shown = JSON.parse(command(id, "--json").stdout);
    expect(shown).toMatchObject({
      ...{ id, name: "water", basis: "6-31g", method: "rhf", converged: true },
      ...{ energy_hartree, hartreeFock_hartree: energy_hartree, geometryOrigin: "file water.xyz" },
      command: "ansatz energy water.xyz --method rhf --basis 6-31g",
    });
    const { stdout } = command(id);
    expect(stdout).toContain("water: RHF/6-31g, converged");
    expect(stdout).toContain(energy_hartree.toFixed(8));
    const wrong = command("seven");
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/id of a calculation.*"seven"/)]);
  });

  it("keep how the atoms move: water's hydrogens alike in two vibrations and against one another in the third", async () => {
    await using engine = await open();
    const { calculations } = await engine.calculations.list(FIRST);
    expect(await engine.calculations.modes({ id: calculations[0]!.id }), "asked for no vibrations").toBe(
      null,
    );
    const asked = { optimise: { frozen: [] }, vibrations: GasConditions.parse({}) };
    const { id } = await engine.calculations.start(jobOf(asked));
    const { result } = await ended(engine, id);
    expect(result?.energy?.vibrations?.frequencies_per_cm).toHaveLength(3);
    const modes = (await engine.calculations.modes({ id }))!; // of a minimum
    expect(modes).toHaveLength(27);
    for (let k = 0; k < 3; k++) {
      const mode = [...modes.subarray(9 * k, 9 * k + 9)];
      expect(Math.hypot(...mode)).toBeCloseTo(1, 12);
      const shift = [0, 1, 2].map((x) => 15.999 * mode[x]! + 1.008 * (mode[3 + x]! + mode[6 + x]!));
      expect(Math.hypot(...shift), "the centre of mass stays").toBeLessThan(1e-4);
      // Along y they are mirror images: alike where they go apart, against one another where they go the same way.
      expect(mode[7]! / mode[4]!).toBeCloseTo(k === 2 ? 1 : -1, 3);
    }
  });

  it("do not give motion that is not of the molecule and its vibrations", async () => {
    const path = join(folder, "notebook.sqlite");
    const ids = [26, 27].map((length) => {
      using notebook = openNotebook({ path, mode: "existing", clock: () => new Date(), program: "test" });
      const { calculations } = listCalculations(notebook.db, FIRST);
      const { id: record, calculation } = findCalculation(notebook.db, calculations[0]!.id)!; // of the test before
      const { job, found } = readCalculation(notebook.db, record);
      const id = randomUUID();
      const modes = new Float64Array(length).fill(Number.NaN, 26);
      keepCalculation(notebook, {
        ended: { ...calculation, id },
        job,
        found: { ...found, modes },
        program: "test",
      });
      return id;
    });
    await using engine = await open();
    for (const id of ids)
      await expect(engine.calculations.modes({ id })).rejects.toThrow(
        /expected 27 finite displacements.* got 26/,
      );
  });
});
