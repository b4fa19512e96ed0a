import { DomainError } from "#shared/errors.ts";
import { type Circuit, isTwoQubit } from "../circuit/circuit.ts";
import type { PreparedCircuit, PreparedJob } from "./provider.ts";

/** @param taker who takes how many, as "IonQ takes at most 1000 a job" @throws DomainError not-supported for more shots than a job may have */
export function requireShots(shots: number, maxShots: number, taker: string): void {
  if (shots <= maxShots) return;
  throw new DomainError(
    "not-supported",
    `A circuit of ${shots} shots: ${taker}. Ask for fewer shots or a larger error.`,
    { shots, maxShots },
  );
}

/** Gates on one qubit and on two. */
export function gateCounts({ gates }: Circuit): { one: number; two: number } {
  const two = gates.filter(isTwoQubit).length;
  return { one: gates.length - two, two };
}

/** What circuits make of a job. */
export const sizesOf = (
  circuits: readonly PreparedCircuit[],
): Pick<PreparedJob, "circuits" | "qubits" | "shots"> => ({
  circuits,
  qubits: circuits.reduce((most, { qubits }) => Math.max(most, qubits), 0),
  shots: circuits.reduce((total, { shots }) => total + shots, 0),
});

/** What a job of one circuit has of each kind: its run, its circuit as it is sent. @throws Error for none or several */
export function onlyOf<T>(items: readonly T[]): T {
  const [only] = items;
  if (only === undefined || items.length !== 1)
    throw new Error(`a job of one circuit: expected one, got ${items.length}`);
  return only;
}
