import { describe, expect, it } from "vitest";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/space/active-space.ts";
import { type AtomRow, openReference, readReference, SCF_TOLERANCE } from "./chemistry-reference.ts";
import { type Exact, expectStates } from "./exact-states.ts";

const MP2_TOLERANCE = 1e-7;

interface Part {
  rhf: number;
  nbf: number;
  mp2: number;
  mp2_fc: number;
  n_frozen_core: number;
  casci?: Exact[];
}

interface Entry {
  id: string;
  basis: string;
  complex_geometry_angstrom: AtomRow[];
  ligand_geometry_angstrom: AtomRow[];
  complex: Part;
  ligand_relaxed: Part;
  ligand_in_complex_geometry: Part;
  ligand_with_ghost_ion: Part;
}

const entries = readReference<{ entries: Entry[] }>("ion_complexes.json").entries;

describe.each(entries)("$id", (entry) => {
  const rows = entry.complex_geometry_angstrom;
  const ion = rows.length - 1;

  it.each([
    ["complex", rows, 1, []],
    ["ligand_relaxed", entry.ligand_geometry_angstrom, 0, []],
    ["ligand_in_complex_geometry", rows.slice(0, ion), 0, []],
    ["ligand_with_ghost_ion", rows, 0, [ion]],
  ] as const)(
    "%s agrees with an independent program in RHF, MP2 and CASCI",
    async (key, geometry_angstrom, charge, ghosts) => {
      const part = entry[key];
      using system = await openReference(
        { ...entry, geometry_angstrom: [...geometry_angstrom], charge },
        { ghosts },
      );
      expect(system.nBasis).toBe(part.nbf);
      const scf = hartreeFock(system);
      expect(Math.abs(scf.energy_hartree - part.rhf)).toBeLessThan(SCF_TOLERANCE);
      const all = mp2(system, scf).energy_hartree;
      const frozen = mp2(system, scf, { nFrozenCore: part.n_frozen_core }).energy_hartree;
      expect(Math.abs(all - part.mp2)).toBeLessThan(MP2_TOLERANCE);
      expect(Math.abs(frozen - part.mp2_fc)).toBeLessThan(MP2_TOLERANCE);
      for (const exact of (part.casci ?? []).filter((space) => space.active_space_unique)) {
        const size = { nelec: exact.n_electrons, norb: exact.n_orbitals };
        expectStates(activeSpaceHamiltonian(system, scf, frontierActiveSpace(scf, size)), exact);
      }
    },
  );
});
