/** The unit that a person reads energies in, whatever unit a number is declared in. Total energies stay in Hartree, as everywhere. */
import { type MeasuredComparison, measuredSentence } from "#shared/campaign/measured.ts";
import type { ShownAs } from "#shared/properties/property.ts";
import { READABLE_PER_HARTREE } from "#shared/units.ts";
import { NONE, typeset } from "./format.ts";

export type ReadableUnit = keyof typeof READABLE_PER_HARTREE;
/** usual: each number in the unit that is customary for it. */
export type EnergyUnitChoice = "usual" | ReadableUnit;

/** Of mean errors in the customary unit. */
const MEASURED_DIGITS = 2;

export const READABLE_UNITS = Object.keys(READABLE_PER_HARTREE) as ReadableUnit[];

/** Of a text that was remembered. */
export const energyUnitOf = (text: string): EnergyUnitChoice =>
  READABLE_UNITS.find((unit) => unit === text) ?? "usual";

/** How a number that is declared so is read; what is no energy stays as it is. No digit is lost: as fine as declared, or finer. */
export function readAs(shown: ShownAs, choice: EnergyUnitChoice): ShownAs {
  if (choice === "usual" || shown.stored !== "hartree") return shown;
  const factor = READABLE_PER_HARTREE[choice];
  const finer = Math.log10(shown.fromStored(1) / factor);
  return {
    ...shown,
    unit: choice,
    digits: Math.max(0, Math.ceil(shown.digits + finer)),
    fromStored: (value) => value * factor,
  };
}

/** How far measurements are from what was computed, in the unit that the property is read in. */
export function measuredText(
  comparison: MeasuredComparison,
  declared: ShownAs,
  choice: EnergyUnitChoice,
): string {
  const shown = readAs(declared, choice);
  const factor = shown.fromStored(1) / declared.fromStored(1);
  const read = (error: number | null): number | null => (error === null ? null : factor * error);
  const { meanAbsoluteError, meanSignedError } = comparison;
  return measuredSentence(
    {
      ...comparison,
      ...(shown !== declared && { unit: shown.unit }),
      meanAbsoluteError: read(meanAbsoluteError),
      meanSignedError: read(meanSignedError),
    },
    MEASURED_DIGITS + Math.max(0, shown.digits - declared.digits),
  );
}

/** A value in the unit that it is read in, the unit not written. @param more decimals than in lists */
export const readValue = (shown: ShownAs, value: number | null | undefined, more = 0): string =>
  typeset(value === null || value === undefined ? null : shown.fromStored(value), shown.digits + more);

/** Small differences are read in thousandths of the large units. */
const DIFFERENCES = {
  eV: { unit: "meV", per: 1e3 },
  "kcal/mol": { unit: "kcal/mol", per: 1 },
  "kJ/mol": { unit: "kJ/mol", per: 1 },
  Eh: { unit: "mEh", per: 1e3 },
  "cm⁻¹": { unit: "cm⁻¹", per: 1 },
} as const satisfies Record<ReadableUnit, { unit: string; per: number }>;

const SMALLEST = 0.001;

/** Of two energies, Hartree: the unit of their difference, and what it is there: "< 0.001" where it cannot be seen. */
export function differenceIn(choice: EnergyUnitChoice): {
  unit: string;
  textOf(difference: number | null | undefined): string;
} {
  const { unit, per } = DIFFERENCES[choice === "usual" ? "Eh" : choice];
  const factor = READABLE_PER_HARTREE[choice === "usual" ? "Eh" : choice] * per;
  return {
    unit,
    textOf(difference) {
      if (difference === null || difference === undefined) return NONE;
      const value = difference * factor;
      return Math.abs(value) < SMALLEST ? `< ${SMALLEST}` : typeset(value, 3);
    },
  };
}
