import { type Gate, h, sdg } from "../circuit/circuit.ts";
import type { PauliTerm } from "../mapping/pauli.ts";

/** Pauli strings that one measurement setting serves: on every qubit they agree or one of them is the identity. */
export interface MeasurementGroup {
  /** The common string: X where only x, Z where only z, Y where both have a bit. */
  readonly x: number;
  readonly z: number;
  readonly terms: readonly PauliTerm[];
}

const commutesQubitWise = (a: { x: number; z: number }, b: { x: number; z: number }): boolean => {
  const shared = (a.x | a.z) & (b.x | b.z);
  return ((a.x ^ b.x) & shared) === 0 && ((a.z ^ b.z) & shared) === 0;
};

/**
 * Groups strings by sorted insertion: from the largest coefficient down, each into the first group it commutes with qubit by
 * qubit. The identity needs no measurement and is left out. O. Crawford et al., doi:10.22331/q-2021-01-20-385.
 */
export function groupTerms(terms: readonly PauliTerm[]): MeasurementGroup[] {
  const groups: { x: number; z: number; terms: PauliTerm[] }[] = [];
  const sorted = terms
    .filter(({ x, z }) => (x | z) !== 0)
    .sort((a, b) => Math.abs(b.coefficient) - Math.abs(a.coefficient));
  for (const term of sorted) {
    const group = groups.find((candidate) => commutesQubitWise(candidate, term));
    if (!group) {
      groups.push({ x: term.x, z: term.z, terms: [term] });
      continue;
    }
    group.x |= term.x;
    group.z |= term.z;
    group.terms.push(term);
  }
  return groups;
}

/** Gates that turn the group's strings into products of Z. */
export const basisChange = ({ x, z }: MeasurementGroup, qubits: number): Gate[] =>
  Array.from({ length: qubits }, (_, q) => q)
    .filter((q) => (x >>> q) & 1)
    .flatMap((q) => ((z >>> q) & 1 ? [sdg(q), h(q)] : [h(q)]));
