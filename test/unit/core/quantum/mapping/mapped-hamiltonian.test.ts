import { describe, expect, it } from "vitest";
import { lowestDeterminant } from "#core/quantum/hamiltonian/determinant.ts";
import { taperedQubits } from "#core/quantum/hamiltonian/orbital-symmetry.ts";
import { mappedHamiltonian } from "#core/quantum/mapping/mapped-hamiltonian.ts";
import { Mapping } from "#shared/quantum/qubits.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

describe("the size of a Hamiltonian on qubits", () => {
  it.each(uccsdEntries)("is the recorded one of $id by Jordan–Wigner", ({ hamiltonian, jordanWigner }) => {
    const facts = mappedHamiltonian(hamiltonian, "jordan-wigner", lowestDeterminant(hamiltonian.nelec));
    expect(facts.qubits).toBe(2 * hamiltonian.norb);
    expect(facts.pauliTerms).toBe(jordanWigner.n_terms_above_1e_8);
  });

  it("is one qubit and three terms for tapered hydrogen, as is known of it (arXiv:1701.08213)", () => {
    const { hamiltonian } = uccsdEntries.find(({ hamiltonian: h }) => h.norb === 2 && h.nelec[0] === 1)!;
    for (const mapping of Mapping.options) {
      const facts = mappedHamiltonian(hamiltonian, mapping, lowestDeterminant(hamiltonian.nelec));
      expect(facts).toMatchObject({ mapping, qubits: 4, qubitsTapered: 1, pauliTermsTapered: 3 });
    }
  });

  it.each(Mapping.options)("loses as many qubits by %s as the integrals have symmetries", (mapping) => {
    for (const { hamiltonian } of uccsdEntries.filter(({ hamiltonian: h }) => h.norb <= 6)) {
      const facts = mappedHamiltonian(hamiltonian, mapping, lowestDeterminant(hamiltonian.nelec));
      expect(facts.qubitsTapered).toBe(taperedQubits(hamiltonian));
    }
  });
});
