import { describe, expect, it } from "vitest";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { type BasisFunctions, basisTitle } from "#shared/quantum/basis-functions.ts";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";
import { readReference, resources } from "./chemistry-reference.ts";

/** Hartree; both fields are converged well below. */
const SCF_TOLERANCE = 1e-7;
/** Where the smallest overlap eigenvalue in use is near 1e-7, rounding of the integrals shows. */
const DEPENDENT_TOLERANCE = 1e-6;
const MP2_TOLERANCE = 1e-6;

interface Entry {
  name: string;
  symbols: string[];
  coordinates_bohr: number[];
  charge: number;
  multiplicity: number;
  basis: string;
  functions: BasisFunctions | null;
  nBasis: number;
  dropped: number;
  hartreeFock_hartree: number;
  mp2_hartree: number;
}

const { cases } = readReference<{ cases: Entry[] }>("diffuse_sets.json");

describe.each(
  cases.map((entry) => [`${entry.name}/${basisTitle(entry.basis, entry.functions)}`, entry] as const),
)("%s", (_, entry) => {
  it("has the energies and as many independent functions as in an independent program", async () => {
    using system = openSystem({
      geometry: {
        symbols: entry.symbols,
        coordinates_angstrom: entry.coordinates_bohr.map((x) => x * ANGSTROM_PER_BOHR),
      },
      charge: entry.charge,
      multiplicity: entry.multiplicity,
      basis: await loadBasisSet(resources, entry.basis, entry.functions),
    });
    const scf = hartreeFock(system);
    expect([scf.outcome, system.nBasis, scf.droppedFunctions]).toEqual([
      ...["converged", entry.nBasis],
      entry.dropped,
    ]);
    expect(scf.orbitalEnergies_hartree[0]).toHaveLength(entry.nBasis - entry.dropped);
    expect(Math.abs(scf.energy_hartree - entry.hartreeFock_hartree)).toBeLessThan(
      entry.dropped > 0 ? DEPENDENT_TOLERANCE : SCF_TOLERANCE,
    );
    expect(Math.abs(mp2(system, scf).energy_hartree - entry.mp2_hartree)).toBeLessThan(MP2_TOLERANCE);
  });
});
