/** Atoms as people number them: the first is 1. */
import { DomainError } from "../errors.ts";

/**
 * Reads "3,4" into atoms from 0.
 *
 * @param what names the field or flag in the refusal
 * @throws DomainError `invalid-input`
 */
export function readAtomNumbers(text: string, what: string): number[] {
  return text.split(",").map((part) => {
    const atom = Number(part);
    if (/^\s*\d+\s*$/.test(part) && atom >= 1) return atom - 1;
    throw new DomainError(
      "invalid-input",
      `${what}: expected numbers of atoms, the first is 1, e.g. "3,4"; got "${text}".`,
    );
  });
}
