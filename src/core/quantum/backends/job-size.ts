import { DomainError } from "#shared/errors.ts";
import { type Circuit, isTwoQubit } from "../circuit/circuit.ts";

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
