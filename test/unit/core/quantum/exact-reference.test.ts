import { describe, expect, it } from "vitest";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/active-space.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian.ts";
import { hartreeFock } from "#core/quantum/scf.ts";
import { openReference, type ReferenceEntry, referenceEntries } from "./chemistry-reference.ts";
import { randomHamiltonian } from "./second-quantisation.ts";

/** References have ten decimals, from Davidson runs of their own; the README of the set suggests this, Hartree. */
const EXACT_TOLERANCE = 1e-7;

/** Of larger spaces the lowest state alone: two states of a million determinants take as long as all the rest. */
const MOST_DETERMINANTS = 500_000;

interface Exact {
  n_electrons: number;
  n_orbitals: number;
  n_core_orbitals: number;
  n_determinants: number;
  /** Lowest state of an open shell; of a closed one, singlets and the lowest triplet. */
  e_lowest?: number;
  e_s0?: number;
  e_s1?: number;
  e_t1?: number;
  active_space_unique?: boolean;
  cation_same_orbitals?: { e_doublet: number };
}

type Entry = ReferenceEntry & { casci?: Exact[]; fci?: Exact; fci_frozen_core?: Exact };

const lowest = (hamiltonian: ActiveHamiltonian, nroots = 1): number => {
  const { outcome, states } = solveCasci(hamiltonian, { nroots });
  expect(outcome).toBe("converged");
  return states.at(-1)!.energy_hartree;
};

/** Singlets, triplet and cation of one space, each by a calculation of its own. */
function expectStates(hamiltonian: ActiveHamiltonian, exact: Exact): void {
  const [nalpha, nbeta] = hamiltonian.nelec;
  const agree = (found: () => number, reference: number | undefined, what: string) => {
    if (reference !== undefined) expect(Math.abs(found() - reference), what).toBeLessThan(EXACT_TOLERANCE);
  };
  agree(() => lowest(hamiltonian), exact.e_lowest ?? exact.e_s0, "lowest");
  if (exact.n_determinants > MOST_DETERMINANTS) return;
  agree(() => lowest(hamiltonian, 2), exact.e_s1, "second singlet");
  agree(() => lowest({ ...hamiltonian, nelec: [nalpha + 1, nbeta - 1] }), exact.e_t1, "triplet");
  const cation = exact.cation_same_orbitals?.e_doublet;
  agree(() => lowest({ ...hamiltonian, nelec: [nalpha, nbeta - 1] }), cation, "cation");
}

describe("a space with fewer states than asked for", () => {
  it("gives those it has, converged", () => {
    const { outcome, states } = solveCasci(randomHamiltonian(2, [1, 1], 5), { nroots: 4 });
    expect(outcome).toBe("converged");
    // Two electrons in two orbitals: three singlets, and a triplet that was not asked for.
    expect(states.map(({ spinSquare }) => Math.round(spinSquare))).toEqual([0, 0, 0]);
  });
});

const entries = ["small_molecules.json", "organics_casci_ionisation.json"].flatMap(
  (file) => referenceEntries(file) as Entry[],
);

describe("CASCI", () => {
  const unique = ({ casci = [] }: Entry) => casci.filter((space) => space.active_space_unique);
  it.each(entries.filter((entry) => unique(entry).length > 0))(
    "of $id agrees with an independent program in every space, spin and state",
    async (entry) => {
      using system = await openReference(entry);
      const scf = hartreeFock(system);
      for (const exact of unique(entry)) {
        const size = { nelec: exact.n_electrons, norb: exact.n_orbitals };
        expectStates(activeSpaceHamiltonian(system, scf, frontierActiveSpace(scf, size)), exact);
      }
    },
  );
});

describe("FCI", () => {
  const spaces = ({ fci, fci_frozen_core: frozen }: Entry) =>
    [fci, frozen].filter((exact) => exact !== undefined);
  it.each(entries.filter((entry) => spaces(entry).length > 0))(
    "of $id agrees with an independent program, with and without a frozen core",
    async (entry) => {
      using system = await openReference(entry);
      const scf = hartreeFock(system, { kind: entry.multiplicity === 1 ? "rhf" : "rohf" });
      for (const exact of spaces(entry)) {
        const orbitals = Array.from({ length: exact.n_orbitals }, (_, i) => exact.n_core_orbitals + i);
        expectStates(activeSpaceHamiltonian(system, scf, { nelec: exact.n_electrons, orbitals }), exact);
      }
    },
  );
});
