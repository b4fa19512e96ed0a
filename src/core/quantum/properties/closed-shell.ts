/** Properties of closed shells alone. */
import { DomainError } from "#shared/errors.ts";
import type { Candidate } from "./protocol.ts";

/** @throws DomainError not-supported, of one molecule */
export function requireClosedShell({ multiplicity }: Candidate, property: string): void {
  if (multiplicity === 1) return;
  throw new DomainError(
    "not-supported",
    `${property} is computed of closed shells: expected a singlet, got multiplicity ${multiplicity}.`,
    { multiplicity },
  );
}
