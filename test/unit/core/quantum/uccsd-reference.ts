/** The entries of the UCCSD reference: those that carry their integrals, and those that need a field; see test/reference/README.md. */
import { readFileSync } from "node:fs";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import type { AtomRow } from "./chemistry-reference.ts";

interface Entry {
  id: string;
  geometry_angstrom: AtomRow[];
  charge: number;
  basis: string;
  rhf: number;
  n_active_electrons: number;
  n_active_orbitals: number;
  core_energy: number;
  h1_mo_core_included: number[][];
  eri_mo_chemist?: number[][][][];
  uccsd: {
    n_parameters: number;
    fci_in_space: number;
    one_trotter_step: { energy_lowest_found: number };
  };
  jordan_wigner: {
    n_terms_above_1e_8: number;
    identity_coefficient: number;
    one_norm_without_identity: number;
    sorted_abs_coefficients_top: number[];
    terms?: Record<string, number>;
    lowest_eigenvalue_all_particle_numbers?: number;
  };
}

const file = new URL("../../../reference/jordan_wigner_uccsd.json", import.meta.url);
const { entries } = JSON.parse(readFileSync(file, "utf8")) as { entries: Entry[] };

/** The larger spaces, whose integrals have to come from a field of our own. */
export const uccsdEntriesWithoutIntegrals = entries.filter((entry) => !entry.eri_mo_chemist);

export const uccsdEntries = entries.flatMap((entry) => {
  if (!entry.eri_mo_chemist) return [];
  const half = entry.n_active_electrons / 2;
  const hamiltonian: ActiveHamiltonian = {
    norb: entry.n_active_orbitals,
    nelec: [half, half],
    coreEnergy: entry.core_energy,
    oneBodyTensor: Float64Array.from(entry.h1_mo_core_included.flat()),
    twoBodyTensor: Float64Array.from(entry.eri_mo_chemist.flat(3)),
  };
  return [
    {
      id: entry.id,
      hamiltonian,
      fci: entry.uccsd.fci_in_space,
      uccsd: entry.uccsd.one_trotter_step.energy_lowest_found,
      nParameters: entry.uccsd.n_parameters,
      jordanWigner: entry.jordan_wigner,
    },
  ];
});
