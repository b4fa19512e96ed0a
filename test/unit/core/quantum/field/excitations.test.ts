import { describe, expect, it } from "vitest";
import { excitationsOf } from "#core/quantum/field/excitations.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import type { FunctionalName } from "#shared/quantum/functionals.ts";
import {
  openReference,
  openWater,
  type ReferenceMolecule,
  readReference,
  referenceBasis,
  water,
} from "../chemistry-reference.ts";

interface Case extends Omit<ReferenceMolecule, "multiplicity"> {
  method: FunctionalName | "rhf";
  singlets_hartree: number[];
  oscillatorStrengths: number[];
  triplets_hartree: number[];
}
const { cases } = readReference<{ cases: Case[] }>("excitations.json");

/** Of fields whose integrals are the same. */
const CIS_HARTREE = 2e-7;
/** Of the medium grid, whose second derivatives are coarser than its energies. */
const TDA_HARTREE = 5e-5;
/** Of r²SCAN, which takes finer grids: on the fine one within 3e-5. */
const KINETIC_HARTREE = 1e-4;

describe("single excitations", () => {
  it.each(cases)("are those of another program: $id", async (entry) => {
    using system = await openReference(entry, { threads: 2 });
    const isHartreeFock = entry.method === "rhf";
    const scf = hartreeFock(
      system,
      isHartreeFock ? {} : { functional: { name: entry.method as FunctionalName, grid: "medium" } },
    );
    const found = excitationsOf(system, scf, [
      { multiplicity: 1, count: entry.singlets_hartree.length },
      { multiplicity: 3, count: entry.triplets_hartree.length },
    ]);
    expect([found.outcome, found.method]).toEqual(["converged", isHartreeFock ? "cis" : "tda"]);
    const expected = [...entry.singlets_hartree, ...entry.triplets_hartree];
    expect(found.states).toHaveLength(expected.length);
    for (const [k, { excitation_hartree }] of found.states.entries())
      expect(Math.abs(excitation_hartree - expected[k]!)).toBeLessThan(
        isHartreeFock ? CIS_HARTREE : entry.method === "r2scan" ? KINETIC_HARTREE : TDA_HARTREE,
      );
    for (const [k, strength] of entry.oscillatorStrengths.entries())
      expect(found.states[k]!.oscillatorStrength).toBeCloseTo(
        strength,
        isHartreeFock ? 5 : entry.method === "r2scan" ? 3 : 4,
      );
  });

  it("of two molecules far apart are those of each", async () => {
    const basis = await referenceBasis("sto-3g");
    const shifted = water.coordinates_angstrom.map((x, i) => x + (i % 3 === 0 ? 100 : 0));
    const geometry = {
      symbols: [...water.symbols, ...water.symbols],
      coordinates_angstrom: [...water.coordinates_angstrom, ...shifted],
    };
    using one = openWater(basis);
    using two = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
    const [alone] = excitationsOf(one, hartreeFock(one), [{ multiplicity: 1, count: 1 }]).states;
    const both = excitationsOf(two, hartreeFock(two), [{ multiplicity: 1, count: 2 }]).states;
    for (const { excitation_hartree } of both)
      expect(excitation_hartree).toBeCloseTo(alone!.excitation_hartree, 6);
  });

  it("names the orbitals that take part, shares adding up to no more than one", async () => {
    using system = openWater(await referenceBasis("sto-3g"));
    const { states } = excitationsOf(system, hartreeFock(system), [{ multiplicity: 1, count: 2 }]);
    for (const { leading, root } of states) {
      expect(leading.length).toBeGreaterThan(0);
      expect(leading.reduce((sum, { share }) => sum + share, 0)).toBeLessThan(1 + 1e-9);
      for (const { from, to } of leading) expect([from < 5, to >= 5]).toEqual([true, true]);
      expect(root).toBeGreaterThan(0);
    }
  });

  it("refuses open shells, other spins, and more states than there are", async () => {
    const basis = await referenceBasis("sto-3g");
    using cation = openWater(basis, { charge: 1, multiplicity: 2 });
    const one = [{ multiplicity: 1, count: 1 }];
    expect(() => excitationsOf(cation, hartreeFock(cation), one)).toThrow(/closed shell/);
    using system = openWater(basis);
    const scf = hartreeFock(system);
    expect(() => excitationsOf(system, scf, [{ multiplicity: 2, count: 1 }])).toThrow(/got multiplicity 2/);
    expect(() => excitationsOf(system, scf, [{ multiplicity: 1, count: 11 }])).toThrow(/at most 10.*got 11/);
  });
});
