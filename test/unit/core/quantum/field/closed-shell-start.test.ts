import { expect, it } from "vitest";
import { fieldOf } from "#core/quantum/evaluate/field.ts";
import { closedShellStart, keepClosedShell } from "#core/quantum/field/closed-shell-start.ts";
import { openShellSolutions } from "#core/quantum/field/open-shell.ts";
import { hartreeFock, type ScfResult } from "#core/quantum/field/scf.ts";
import { type AtomRow, openReference, waterRows } from "../chemistry-reference.ts";

const water = { id: "water", charge: 0, basis: "6-31g", geometry_angstrom: waterRows };
const moved = waterRows.map(([s, x, y, z], k): AtomRow => [s, x + (k === 1 ? 1e-3 : 0), y, z]);

it("gives a cation the same bits from the molecule's own field as from a new one", async () => {
  using cation = await openReference({ ...water, charge: 1, multiplicity: 2 });
  using other = await openReference({ ...water, geometry_angstrom: moved });
  keepClosedShell(other, hartreeFock(other));
  const anew = openShellSolutions(cation, "hole");
  using molecule = await openReference(water);
  keepClosedShell(other, hartreeFock(other));
  keepClosedShell(molecule, hartreeFock(molecule));
  expect(openShellSolutions(cation, "hole")).toEqual(anew);
});

it("is kept of Hartree–Fock from one start, not of a density functional", async () => {
  using molecule = await openReference(water);
  const { scf } = await fieldOf(molecule, { kind: "rhf" });
  expect(closedShellStart(molecule).orbitals).toBe(scf.orbitals);
  using other = await openReference({ ...water, geometry_angstrom: moved });
  await fieldOf(other, { kind: "rhf", functional: { name: "svwn5", grid: "coarse" } });
  expect(closedShellStart(other).orbitals).toEqual(hartreeFock(other, { stability: "none" }).orbitals);
});

it("takes a kept field for no other molecule, basis set or number of electrons", async () => {
  using molecule = await openReference(water);
  const kept = hartreeFock(molecule);
  for (const change of [{ geometry_angstrom: moved }, { basis: "sto-3g" }, { charge: 2 }]) {
    keepClosedShell(molecule, kept);
    using other = await openReference({ ...water, ...change });
    expect(closedShellStart(other).orbitals).toEqual(hartreeFock(other, { stability: "none" }).orbitals);
  }
});

it("keeps no field that is not converged, left its first end or fitted its densities", async () => {
  using molecule = await openReference(water);
  using other = await openReference({ ...water, geometry_angstrom: moved });
  keepClosedShell(other, hartreeFock(other));
  const scf = hartreeFock(molecule);
  const wrong = { ...scf, orbitals: [new Float64Array(scf.orbitals[0].length)] as const };
  const faults: Partial<ScfResult>[] = [
    { outcome: "not-converged" },
    { stability: { ...scf.stability, followed: 1 } },
    { densityFitting: { auxiliary: "any", nAuxiliary: 1, error_hartree: 0 } },
  ];
  for (const fault of faults) {
    keepClosedShell(molecule, { ...wrong, ...fault });
    expect(closedShellStart(molecule).orbitals).toEqual(scf.orbitals);
    keepClosedShell(other, hartreeFock(other));
  }
});
