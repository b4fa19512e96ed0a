/** Signed Pauli strings on up to 30 qubits, and what gates of Clifford's group make of them. */
import { bitCount, parity } from "../../mapping/pauli.ts";

/** i^phase X^x Z^z, phase from 0 to 3; bit q of a mask is qubit q. */
export interface PauliString {
  x: number;
  z: number;
  phase: number;
}

/** X, Y or Z of one qubit by its bits in x and z. */
export const letter = (qubit: number, x: number, z: number): PauliString => ({
  x: x << qubit,
  z: z << qubit,
  phase: x & z,
});

/** The letter that a string has at a qubit. */
export const letterAt = ({ x, z }: PauliString, qubit: number): PauliString =>
  letter(qubit, (x >> qubit) & 1, (z >> qubit) & 1);

export const anticommute = (a: Pick<PauliString, "x" | "z">, b: Pick<PauliString, "x" | "z">): boolean =>
  parity((a.x & b.z) ^ (a.z & b.x)) === 1;

/** a · b into a. */
export function multiplyBy(a: PauliString, b: PauliString): void {
  a.phase = (a.phase + b.phase + 2 * parity(a.z & b.x)) & 3;
  a.x ^= b.x;
  a.z ^= b.z;
}

/** Of a Hermitian string beside the product of its letters X, Y and Z. */
export const signOf = ({ x, z, phase }: PauliString): 1 | -1 => ((phase - bitCount(x & z)) & 3 ? -1 : 1);

/** (1 + P + Q − PQ)/2 of two letters on two qubits: CZ for Z and Z, a CNOT for Z and X; its own inverse. */
export interface ControlledLetters {
  readonly p: PauliString;
  readonly q: PauliString;
}

/** gate · string · gate†, in place. */
export function conjugate(string: PauliString, { p, q }: ControlledLetters): void {
  const [withP, withQ] = [anticommute(string, p), anticommute(string, q)];
  if (withP && withQ) string.phase = (string.phase + 2) & 3;
  if (withQ) multiplyBy(string, p);
  if (withP) multiplyBy(string, q);
}

/** Qubits of a mask, ascending. */
export function qubitsOf(mask: number): number[] {
  const qubits: number[] = [];
  for (let rest = mask; rest !== 0; rest &= rest - 1) qubits.push(31 - Math.clz32(rest & -rest));
  return qubits;
}
