import { describe, expect, it } from "vitest";
import { scfProperties } from "#core/quantum/field/field-properties.ts";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { BASIS_SETS } from "#core/quantum/molecule/basis.ts";
import {
  type AtomRow,
  type ReferenceMolecule,
  readReference,
  referenceBasis,
  referenceGeometry,
  SCF_TOLERANCE,
} from "./chemistry-reference.ts";

const MP2_TOLERANCE = 1e-7;
/** Hartree/bohr; first order in the orbital gradient left (1e-8) and in the integrals screened out. */
const GRADIENT_TOLERANCE = 1e-7;
const DIPOLE_TOLERANCE_AU = 1e-5;

interface Entry extends ReferenceMolecule {
  ghosts: number[];
  point_charges_angstrom: [number, number, number, number][];
  n_basis_functions: number;
  energy: number;
  dipole_au: number[];
  mp2_correlation?: number;
  gradient?: number[][];
}

const { entries } = readReference<{ entries: Entry[] }>("larger_basis_sets.json");
const names = new Map<string, string>(Object.entries(BASIS_SETS).map(([name, { file }]) => [file, name]));

async function open(entry: Entry) {
  const scaled = (rows: [number, number, number, number][]) =>
    referenceGeometry(rows.map(([x, y, z]): AtomRow => ["H", x, y, z])).coordinates_angstrom;
  return openSystem({
    geometry: referenceGeometry(entry.geometry_angstrom),
    charge: entry.charge,
    multiplicity: entry.multiplicity,
    basis: await referenceBasis(names.get(`${entry.basis}.json`)!),
    ghosts: entry.ghosts,
    pointCharges: {
      coordinates_angstrom: scaled(entry.point_charges_angstrom),
      charges: entry.point_charges_angstrom.map(([, , , charge]) => charge),
    },
  });
}

describe.each(entries)("$id", (entry) => {
  it("has the energy, dipole, MP2 energy and gradient of an independent program", async () => {
    using system = await open(entry);
    expect(system.nBasis).toBe(entry.n_basis_functions);
    const scf = hartreeFock(system);
    expect(scf.outcome).toBe("converged");
    expect(Math.abs(scf.energy_hartree - entry.energy)).toBeLessThan(SCF_TOLERANCE);
    const { dipole_au } = scfProperties(system, scf);
    for (const axis of [0, 1, 2]) {
      expect(Math.abs(dipole_au[axis]! - entry.dipole_au[axis]!)).toBeLessThan(DIPOLE_TOLERANCE_AU);
    }
    if (entry.mp2_correlation !== undefined) {
      expect(Math.abs(mp2(system, scf).correlation_hartree - entry.mp2_correlation)).toBeLessThan(
        MP2_TOLERANCE,
      );
    }
    if (entry.gradient) {
      const gradient = nuclearGradient(system, scf);
      for (const [i, value] of entry.gradient.flat().entries()) {
        expect(Math.abs(gradient[i]! - value)).toBeLessThan(GRADIENT_TOLERANCE);
      }
    }
  });
});
