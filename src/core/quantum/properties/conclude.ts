/** What protocols conclude from the energies of their states. */
import type { PropertyNumbers } from "#shared/properties/property.ts";
import type { Conclusion } from "./protocol.ts";

/** Null where either energy was not reached. */
export const difference = (after: number | null, before: number | null): number | null =>
  after === null || before === null ? null : after - before;

/** Numbers, converged where none of those that must be there is missing. */
export const found = (values: PropertyNumbers, required: readonly (number | null)[]): Conclusion => ({
  values,
  outcome: required.includes(null) ? "not-converged" : "converged",
});
