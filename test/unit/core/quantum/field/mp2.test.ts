import { describe, expect, it } from "vitest";
import { chemicalCore } from "#core/quantum/field/chemical-core.ts";
import { mp2, mp2OfEach } from "#core/quantum/field/mp2.ts";
import { openShellSolutions } from "#core/quantum/field/open-shell.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import type { QuantumSystem } from "#core/quantum/field/system.ts";
import { atomicNumber } from "#shared/molecule/molecule.ts";
import { type AtomRow, isQuick, openReference, waterRows } from "../chemistry-reference.ts";
import { agreesInMp2, MP2_TOLERANCE, withMp2 } from "../reference-checks.ts";

describe("MP2", () => {
  it.each(withMp2.filter(isQuick))("of $id agrees with an independent program", agreesInMp2);

  const water = {
    id: "water",
    charge: 0,
    basis: "6-31g*",
    geometry_angstrom: waterRows,
  };

  it("gives the same in one pass over the integrals and in many, on one thread and on two", async () => {
    using one = await openReference(water);
    using two = await openReference(water, { threads: 2 });
    const scf = hartreeFock(one);
    expect(mp2(two, scf)).toEqual(mp2(one, scf));
    expect(mp2(one, scf, { memoryBytes: 1 })).toEqual(mp2(one, scf));
  });

  it("gives several solutions together what it gives each, in one pass and in many", async () => {
    using cation = await openReference({ ...water, charge: 1, multiplicity: 2 });
    const [first, ...others] = openShellSolutions(cation, "hole").map(({ scf }) => scf);
    const each = [first!, ...others].map((scf) => mp2(cation, scf, { nFrozenCore: "chemical" }));
    expect(each.length).toBe(3);
    for (const memoryBytes of [2 ** 30, 1e5, 1])
      expect(mp2OfEach(cation, [first!, ...others], { nFrozenCore: "chemical", memoryBytes })).toEqual(each);
  });

  it("is size consistent", async () => {
    const far = waterRows.map(([s, x, y, z]): AtomRow => [s, x + 1e3, y, z]);
    using one = await openReference(water);
    using two = await openReference({ ...water, geometry_angstrom: [...waterRows, ...far] });
    const single = mp2(one, hartreeFock(one)).correlation_hartree;
    const pair = mp2(two, hartreeFock(two)).correlation_hartree;
    expect(Math.abs(pair - 2 * single)).toBeLessThan(MP2_TOLERANCE);
  });

  /** Shells below the valence shell, as the periodic table has them. */
  it.each([
    ["H", 0],
    ["He", 0],
    ["Li", 1],
    ["Ne", 1],
    ["Na", 5],
    ["Ar", 5],
    ["K", 9],
    ["Kr", 9],
    ["Rb", 18],
    ["Xe", 18],
  ])("counts the chemical core of %s as %i orbitals, and none of a ghost", (symbol, core) => {
    const geometry = { symbols: [symbol, symbol], coordinates_angstrom: [] };
    const charges = [atomicNumber(symbol)!, 0];
    expect(chemicalCore({ geometry, charges } as unknown as QuantumSystem)).toBe(core);
  });

  it("freezes the core of a metal where a ligand's valence orbital lies lower", async () => {
    // The 2s of fluorine at −1.83 Eh, the 2p of sodium at −1.77: the lowest six orbitals give −261.84146450.
    const rows: AtomRow[] = [
      ["F", 0, 0, 0],
      ["H", 0, 0, 0.92],
      ["Na", 0.4, 0, -2.2],
    ];
    using system = await openReference({ id: "", charge: 1, basis: "6-31+g*", geometry_angstrom: rows });
    const scf = hartreeFock(system);
    const lowest = mp2(system, scf, { nFrozenCore: chemicalCore(system) });
    expect(Math.abs(lowest.energy_hartree + 261.8414645)).toBeLessThan(MP2_TOLERANCE);
    const found = mp2(system, scf, { nFrozenCore: "chemical" });
    // PySCF 2.14, amplitudes over orbitals that were rotated with NumPy.
    expect(Math.abs(found.energy_hartree + 261.88811144)).toBeLessThan(MP2_TOLERANCE);
  });

  it("knows the chemical core and refuses one that is too large, an unconverged field and ROHF", async () => {
    using system = await openReference(water);
    expect(chemicalCore(system)).toBe(1);
    const scf = hartreeFock(system);
    expect(() => mp2(system, scf, { nFrozenCore: 6 })).toThrow(/frozen core of 0 to 5 orbitals, got 6/);
    expect(() => mp2(system, hartreeFock(system, { maxIterations: 2 }))).toThrow(/converged field/);
    expect(() => mp2(system, { ...scf, kind: "rohf" })).toThrow(/canonical RHF or UHF/);
  });
});
