import { DomainError } from "#shared/errors.ts";
import { Mapping } from "#shared/quantum/qubits.ts";
import type { PauliTerm } from "./pauli.ts";

export const ENCODINGS = Mapping.options;
export type EncodingName = Mapping;

/**
 * A linear encoding: occupations f of n spin orbitals become qubits b = B f over GF(2).
 *
 * Masks of B's columns and of the rows of B⁻¹ are all that the ladder operators need
 * (J. T. Seeley et al., J. Chem. Phys. 137, 224109 (2012), doi:10.1063/1.4768229).
 */
export interface Encoding {
  readonly name: EncodingName;
  readonly qubits: number;
  /** Qubits that flip with spin orbital j. */
  readonly flips: readonly number[];
  /** Qubits whose parity is the occupation of spin orbital j. */
  readonly occupation: readonly number[];
}

/** Rows of B as masks over spin orbitals: what each qubit stores. */
const STORED: Record<EncodingName, (qubit: number) => number> = {
  "jordan-wigner": (q) => 1 << q,
  parity: (q) => 2 ** (q + 1) - 1,
  // Fenwick tree: qubit q sums the orbitals below it as far as the trailing ones of q reach.
  "bravyi-kitaev": (q) => 2 ** (q + 1) - 1 - (2 ** (q & (q + 1)) - 1),
};

/** Rows of the inverse of a unit lower triangular matrix given by its rows. */
function inverseRows(rows: readonly number[]): number[] {
  const inverse: number[] = [];
  for (const [i, row] of rows.entries()) {
    let result = 1 << i;
    for (let k = 0; k < i; k++) if ((row >>> k) & 1) result ^= inverse[k]!;
    inverse.push(result);
  }
  return inverse;
}

/**
 * The encoding of `qubits` spin orbitals.
 *
 * @throws DomainError `not-supported` beyond 31 qubits.
 */
export function encoding(name: EncodingName, qubits: number): Encoding {
  if (qubits > 31)
    throw new DomainError(
      "not-supported",
      `Mappings reach to 31 qubits, got ${qubits}: take fewer active orbitals.`,
    );
  const rows = Array.from({ length: qubits }, (_, q) => STORED[name](q));
  const flips = rows.map((_, j) => rows.reduce((mask, row, q) => mask | (((row >>> j) & 1) << q), 0));
  return { name, qubits, flips, occupation: inverseRows(rows) };
}

/** Qubits of a determinant: B f. */
export const encodeOccupation = ({ flips }: Encoding, occupied: number): number =>
  flips.reduce((bits, flip, j) => ((occupied >>> j) & 1 ? bits ^ flip : bits), 0);

/** Qubits whose parity is the number of electrons before spin orbital j. */
const parityBefore = ({ occupation }: Encoding, j: number): number =>
  occupation.slice(0, j).reduce((mask, row) => mask ^ row, 0);

/** a†_j = X^flips Z^before (1 + Z^occupation) / 2 and a_j with the other sign; the sign counts the electrons before j. */
export function ladderTerms(code: Encoding, j: number, kind: "create" | "annihilate"): PauliTerm[] {
  const x = code.flips[j]!;
  const z = parityBefore(code, j);
  const sign = kind === "create" ? 0.5 : -0.5;
  return [
    { x, z, coefficient: 0.5 },
    { x, z: z ^ code.occupation[j]!, coefficient: sign },
  ];
}
