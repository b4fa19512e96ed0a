/** What protocols conclude from the energies of their states. */
import type { PropertyNumbers } from "#shared/properties/property.ts";
import type { Conclusion } from "./protocol.ts";

/** Null where either energy was not reached. */
export const energyDifference = (after: number | null, before: number | null): number | null =>
  after === null || before === null ? null : after - before;

/** Numbers, converged where none of those that must be there is missing. */
export const found = (values: PropertyNumbers, required: readonly (number | null)[]): Conclusion => ({
  values,
  outcome: required.includes(null) ? "not-converged" : "converged",
});

/** No number, for what was added does not stay. @param state that is not bound, in a sentence */
export const notBound = (key: string, state: string): Conclusion => ({
  values: { [key]: null },
  outcome: "not-bound",
  reason: `not bound: the ${state} lies above the molecule, so that the electron leaves`,
});
