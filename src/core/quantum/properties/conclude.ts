/** What protocols conclude from the energies of their states. */
import { printedDecimal } from "#shared/decimals.ts";
import type { PropertyNumbers } from "#shared/properties/property.ts";
import { toElectronVolt } from "#shared/units.ts";
import type { Candidate, Conclusion } from "./protocol.ts";

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

/**
 * Why an ionisation energy of a neutral molecule or a cation, Hartree, cannot be one; null where it can. At fixed nuclei of a charge of Z
 * together, N ≤ Z electrons have a ground state below that of N − 1, whatever the nuclei (G. M. Zhislin, Trudy Moskov. Mat. Obshch. 9, 81
 * (1960)): what is not positive is not of the ground states. An anion may let its electron go.
 */
export function impossibleIonisation(
  ionisation_hartree: number | null | undefined,
  { charge, multiplicity }: Pick<Candidate, "charge" | "multiplicity">,
): string | null {
  if (ionisation_hartree == null || ionisation_hartree > 0 || charge < 0) return null;
  const written = printedDecimal(toElectronVolt(ionisation_hartree), 2);
  const paired =
    multiplicity === 1
      ? " It was computed with all electrons paired: where its ground state has unpaired ones, as most transition-metal atoms, give its multiplicity."
      : "";
  return `an ionisation energy of ${written} eV cannot be: no neutral molecule or cation in its ground state gives away an electron by itself, so that one determinant fails for a state of it.${paired}`;
}

/** The numbers without the one that is ranked by, and why it cannot be. */
export const impossible = (values: PropertyNumbers, key: string, reason: string): Conclusion => ({
  values: { ...values, [key]: null },
  outcome: "not-converged",
  reason,
});
