import { describe, expect, it } from "vitest";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/space/active-space.ts";
import { openReference, type ReferenceEntry, referenceEntries } from "./chemistry-reference.ts";
import { type Exact, expectStates } from "./exact-states.ts";
import { randomHamiltonian } from "./second-quantisation.ts";

type Entry = ReferenceEntry & { casci?: Exact[]; fci?: Exact; fci_frozen_core?: Exact };

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
