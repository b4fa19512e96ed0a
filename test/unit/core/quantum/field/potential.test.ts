import { describe, expect, it } from "vitest";
import { potentialAt, weightedDensity } from "#core/quantum/field/potential.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { toAngstrom } from "#shared/units.ts";
import { readReference, referenceBasis, SCF_TOLERANCE } from "../chemistry-reference.ts";

interface Case {
  name: string;
  charge: number;
  multiplicity: number;
  basis: string;
  symbols: string[];
  coordinates_bohr: number[];
  energy_hartree: number;
  points_bohr: number[];
  potential_hartree_per_e: number[];
}
const { cases } = readReference<{ cases: Case[] }>("potentials.json");

/** The field's density is off by the root of what its energy is. */
const POTENTIAL_TOLERANCE = 1e-8;

const angstroms = (values: readonly number[]): number[] => values.map((x): number => toAngstrom(x));

describe("the electrostatic potential", () => {
  it.each(cases)("of $name in $basis is that of another program", async (expected) => {
    const { symbols, charge, multiplicity } = expected;
    const geometry = { symbols, coordinates_angstrom: angstroms(expected.coordinates_bohr) };
    using system = openSystem({
      geometry,
      charge,
      multiplicity,
      basis: await referenceBasis(expected.basis),
    });
    const scf = hartreeFock(system, { gradientTolerance: 1e-10, energyTolerance: 1e-13 });
    expect(Math.abs(scf.energy_hartree - expected.energy_hartree)).toBeLessThan(SCF_TOLERANCE);
    const [alpha, beta = alpha] = scf.densities;
    const density = alpha.map((x, k) => x + beta[k]!);
    const potential = potentialAt(system, density, angstroms(expected.points_bohr));
    expect(potential).toHaveLength(expected.potential_hartree_per_e.length);
    for (const [k, value] of expected.potential_hartree_per_e.entries())
      expect(Math.abs(potential[k]! - value)).toBeLessThan(POTENTIAL_TOLERANCE);
  });

  it("is of the density that weighted orbitals make", () => {
    const orbitals = Float64Array.of(1, 2, 0, -1, 3, 1);
    expect([...weightedDensity(orbitals, Float64Array.of(2, 0.5))]).toEqual([
      4, -1, 7, -1, 0.5, -0.5, 7, -0.5, 18.5,
    ]);
  });
});
