import { describe, expect, it } from "vitest";
import { mp2 } from "#core/quantum/mp2.ts";
import { hartreeFock } from "#core/quantum/scf.ts";
import { type AtomRow, openReference, readReference, SCF_TOLERANCE } from "./chemistry-reference.ts";

const MP2_TOLERANCE = 1e-7;

interface Part {
  rhf: number;
  nbf: number;
  mp2: number;
  mp2_fc: number;
  n_frozen_core: number;
}

interface Entry {
  id: string;
  basis: string;
  complex_geometry_angstrom: AtomRow[];
  complex: Part;
  ligand_in_complex_geometry: Part;
  ligand_with_ghost_ion: Part;
}

const entries = readReference<{ entries: Entry[] }>("ion_complexes.json").entries.filter(
  ({ basis, id }) => basis !== "6-31g*" || id.startsWith("water"),
);

describe.each(entries)("$id", (entry) => {
  const rows = entry.complex_geometry_angstrom;
  const ion = rows.length - 1;

  it.each([
    ["complex", rows, 1, []],
    ["ligand_in_complex_geometry", rows.slice(0, ion), 0, []],
    ["ligand_with_ghost_ion", rows, 0, [ion]],
  ] as const)(
    "%s agrees with an independent program in RHF and MP2",
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
    },
  );
});
