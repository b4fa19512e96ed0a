import { describe, expect, it } from "vitest";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { lowestKohnSham } from "#core/quantum/field/kohn-sham.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { GRID_LEVELS } from "#shared/quantum/functionals.ts";
import { openWater, referenceBasis } from "../chemistry-reference.ts";
import { agreesInKohnSham, isQuickKohnSham, kohnShamCases, staysWhenMoved } from "../kohn-sham-reference.ts";

describe("RKS and UKS on the fine grid", () => {
  it.each(kohnShamCases.filter(isQuickKohnSham))(
    "agree with grids that are finer still: $name",
    agreesInKohnSham,
  );
});

describe("a Kohn–Sham field", () => {
  it("gives the same bits on one and on three threads, with and without stored integrals", async () => {
    const basis = await referenceBasis("6-31g");
    const run = (threads: number, memoryBytes: number) => {
      using system = openWater(basis, { threads, memoryBytes });
      return hartreeFock(system, { functional: { name: "b3lyp", grid: "coarse" } });
    };
    const inCore = run(1, 2 ** 31);
    expect(run(3, 2 ** 31)).toEqual(inCore);
    expect(Math.abs(run(1, 2 ** 20).energy_hartree - inCore.energy_hartree)).toBeLessThan(1e-8);
  });

  it("says what its grid is worth: the error that is stated is the one that finer grids show", async () => {
    using system = openWater(await referenceBasis("6-31g*"));
    const fields = GRID_LEVELS.map((grid) => hartreeFock(system, { functional: { name: "pbe", grid } }));
    const energies = fields.map(({ energy_hartree }) => energy_hartree);
    for (const [k, { kohnSham }] of fields.entries()) {
      const { points, electronError, error_hartree } = kohnSham!.grid; // named in the options
      expect(Math.abs(electronError)).toBeLessThan([1e-2, 1e-3, 2e-4, 1e-4][k]!); // four levels
      const next = energies[k + 1];
      if (next !== undefined) expect(Math.abs(energies[k]! + error_hartree! - next)).toBeLessThan(1e-7); // both there
      expect(points).toBeGreaterThan(fields[k - 1]?.kohnSham?.grid.points ?? 0);
    }
    expect(Math.abs(fields[2]!.kohnSham!.grid.error_hartree!)).toBeLessThan(1e-6); // four levels
  });

  it.each(["b3lyp", "r2scan"] as const)(
    "does not change when the molecule is turned and moved: %s",
    staysWhenMoved,
  );

  it("is the same as an open shell where it is closed", async () => {
    using system = openWater(await referenceBasis("6-31g"));
    const of = (kind: "rhf" | "uhf") =>
      hartreeFock(system, { kind, functional: { name: "r2scan", grid: "medium" } });
    expect(Math.abs(of("uhf").energy_hartree - of("rhf").energy_hartree)).toBeLessThan(1e-8);
  });

  it("of a hydrogen atom counts one electron", async () => {
    const geometry = { symbols: ["H"], coordinates_angstrom: [0, 0, 0] };
    using system = openWater(await referenceBasis("6-31g"), { geometry, multiplicity: 2 });
    const scf = hartreeFock(system, { functional: { name: "b3lyp", grid: "fine" } });
    expect(scf.outcome).toBe("converged");
    expect(Math.abs(scf.kohnSham!.grid.electronError)).toBeLessThan(1e-6); // named in the options
  });

  it("is lowest of its starts, and has no gradient yet", async () => {
    using system = openWater(await referenceBasis("6-31g"));
    const functional = { name: "pbe0", grid: "coarse" } as const;
    const alone = lowestKohnSham(system, { kind: "rhf", functional });
    const further = [{ name: "neighbour", start: { orbitals: alone.scf.orbitals } }];
    const { scf, search } = lowestKohnSham(system, { kind: "rhf", functional, further });
    expect(search.starts.map(({ start }) => start)).toEqual(["superposed atoms", "neighbour"]);
    expect(scf.energy_hartree).toBe(alone.scf.energy_hartree);
    expect(() => nuclearGradient(system, scf)).toThrow("density functional");
  });

  it("refuses what functionals are not defined for", async () => {
    using system = openWater(await referenceBasis("6-31g"));
    const functional = { name: "pbe", grid: "fine" } as const;
    expect(() => hartreeFock(system, { kind: "rohf", functional })).toThrow("rhf or uhf");
    expect(() => hartreeFock(system, { functional: { ...functional, name: "b4lyp" as "pbe" } })).toThrow(
      "b4lyp",
    );
  });
});
