import type { MappedHamiltonian, Mapping } from "#shared/quantum/qubits.ts";
import type { Determinant } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { encodeOccupation, encoding } from "./encoding.ts";
import { mapHamiltonian } from "./map-hamiltonian.ts";
import { pauliTerms } from "./pauli.ts";
import { taper } from "./tapering.ts";

/** Terms below this, in Hartree, are not counted, as the literature's counts do. */
const COUNTED = 1e-8;

/**
 * How many qubits and Pauli strings a mapping needs, before and after tapering. Cost: that of mapHamiltonian.
 *
 * @param reference determinant whose symmetries are kept
 * @throws DomainError `not-supported` beyond 15 active orbitals.
 */
export function mappedHamiltonian(
  hamiltonian: ActiveHamiltonian,
  mapping: Mapping,
  [alpha, beta]: Determinant,
): MappedHamiltonian {
  const { norb } = hamiltonian;
  const code = encoding(mapping, 2 * norb);
  const operator = mapHamiltonian(hamiltonian, code, "blocked");
  const tapered = taper(operator, encodeOccupation(code, alpha | (beta << norb)));
  return {
    mapping,
    qubits: code.qubits,
    pauliTerms: pauliTerms(operator, COUNTED).length,
    qubitsTapered: tapered.kept.length,
    pauliTermsTapered: pauliTerms(tapered.operator, COUNTED).length,
  };
}
