import { describe, expect, it } from "vitest";
import { gridErrorOf } from "#core/quantum/field/grid-error.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { lowestField } from "#core/quantum/field/search.ts";
import { solutionsOf } from "#shared/quantum/field-solutions.ts";
import { type FunctionalName, GRID_LEVELS } from "#shared/quantum/functionals.ts";
import { openReference, openWater, referenceBasis } from "../chemistry-reference.ts";
import {
  agreesInKohnSham,
  isQuickKohnSham,
  kohnShamCases,
  quickGridCases,
  staysWhenMoved,
  staysWithinItsGridError,
} from "../kohn-sham-reference.ts";

describe("RKS and UKS on the fine grid", () => {
  it.each(kohnShamCases.filter(isQuickKohnSham))(
    "agree with grids that are finer still: $name",
    agreesInKohnSham,
  );
});

describe("a Kohn–Sham field", () => {
  it.each(["b3lyp", "wb97x-d"] as const)(
    "gives the same bits on one and on three threads, with and without stored integrals: %s",
    async (name) => {
      const basis = await referenceBasis("6-31g");
      const run = (threads: number, memoryBytes: number) => {
        using system = openWater(basis, { threads, memoryBytes });
        return hartreeFock(system, { functional: { name, grid: "coarse" } });
      };
      const inCore = run(1, 2 ** 31);
      expect(run(3, 2 ** 31)).toEqual(inCore);
      expect(Math.abs(run(1, 2 ** 20).energy_hartree - inCore.energy_hartree)).toBeLessThan(1e-8);
    },
  );

  it("has the bits of a new system where other functionals were before it in its integrals", async () => {
    const basis = await referenceBasis("6-31g");
    const run = (names: readonly FunctionalName[]) => {
      using system = openWater(basis);
      return names.map((name) => hartreeFock(system, { functional: { name, grid: "coarse" } })).at(-1);
    };
    expect(run(["b3lyp", "wb97x-d", "pbe", "wb97x-d"])?.energy_hartree).toBe(
      run(["wb97x-d"])?.energy_hartree,
    );
    expect(run(["wb97x-d", "b3lyp"])?.energy_hartree).toBe(run(["b3lyp"])?.energy_hartree);
  });

  it("counts the electrons better the finer its grid is", async () => {
    using system = openWater(await referenceBasis("6-31g"));
    const grids = GRID_LEVELS.map(
      (grid) => hartreeFock(system, { functional: { name: "pbe", grid }, stability: "none" }).kohnSham!.grid, // named in the options
    );
    for (const [k, { points, electronError }] of grids.entries()) {
      expect(Math.abs(electronError)).toBeLessThan([1e-2, 1e-3, 2e-4, 1e-4][k]!); // four levels
      expect(points).toBeGreaterThan(grids[k - 1]?.points ?? 0);
    }
  });

  it.each(quickGridCases)("is off by no more than it says: $id, coarse and fine", async (entry) => {
    for (const grid of ["coarse", "fine"] as const) await staysWithinItsGridError(entry, grid);
  });

  it.each(["b3lyp", "r2scan", "wb97x-d"] as const)(
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

  it("of an open shell is searched from the starts of Hartree–Fock, and finds the reference's", async () => {
    const entry = quickGridCases.find(({ id }) => id === "amino radical pbe")!; // among them
    using system = await openReference(entry);
    const { scf, search } = lowestField(system, {
      kind: "uhf",
      functional: { name: "pbe", grid: "coarse" },
    });
    expect(search.starts.slice(0, 4).map(({ start }) => start)).toEqual([
      ...["superposed atoms", "atomic spins +", "ROHF orbitals", "random turns 1"],
    ]);
    expect(search.restricted).toBeNull();
    expect(Math.abs(scf.energy_hartree - entry.energy)).toBeLessThan(gridErrorOf(system, scf)!); // it converged
  });

  it("whose hole may turn about the axis for nothing is not followed for what the grid makes of that", async () => {
    const geometry = { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.9697] };
    using system = openWater(await referenceBasis("6-31g"), { geometry, multiplicity: 2 });
    const { outcome, stability } = hartreeFock(system, {
      functional: { name: "pbe", grid: "medium" },
    });
    expect([outcome, stability.verdict, stability.followed]).toEqual(["converged", "stable", 0]);
    expect(stability.lowestCurvature_hartree).toBeLessThan(1e-3);
  });

  it("is one solution however its hole stands on the grid", async () => {
    const geometry = { symbols: ["O"], coordinates_angstrom: [0, 0, 0] };
    using system = openWater(await referenceBasis("sto-3g"), { geometry, multiplicity: 3 });
    const { search } = lowestField(system, { kind: "uhf", functional: { name: "b3lyp", grid: "fine" } });
    expect(search.starts.length).toBeGreaterThan(1);
    expect(solutionsOf(search)).toHaveLength(1);
  });

  it("is searched on the coarse grid and found on the one asked for, where its own descent leads too", async () => {
    const entry = quickGridCases.find(({ id }) => id === "amino radical pbe")!; // among them
    using system = await openReference(entry);
    const functional = { name: "pbe", grid: "medium" } as const;
    const { scf, search } = lowestField(system, { kind: "uhf", functional });
    const alone = hartreeFock(system, { kind: "uhf", functional });
    expect(scf.kohnSham!.grid.level).toBe("medium"); // named in the options
    expect(Math.abs(scf.energy_hartree - alone.energy_hartree)).toBeLessThan(1e-8);
    expect([scf.outcome, scf.stability.verdict]).toEqual(["converged", "stable"]);
    const [lowest] = solutionsOf(search);
    expect(lowest!.energy_hartree).toBeLessThan(scf.energy_hartree + search.sameWithin_hartree);
  });

  it("is lowest of its starts", async () => {
    using system = openWater(await referenceBasis("6-31g"));
    const functional = { name: "pbe0", grid: "coarse" } as const;
    const alone = lowestField(system, { kind: "rhf", functional });
    const further = [{ name: "neighbour", start: { orbitals: alone.scf.orbitals } }];
    const { scf, search } = lowestField(system, { kind: "rhf", functional, further });
    expect(search.starts.map(({ start }) => start)).toEqual(["superposed atoms", "neighbour"]);
    expect(scf.energy_hartree).toBe(alone.scf.energy_hartree);
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
