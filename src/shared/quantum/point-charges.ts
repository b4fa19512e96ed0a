/** Charges around a molecule, as a file of lines `charge x y z`. */
import { DomainError } from "../errors.ts";
import { readNumber } from "../molecule/xyz-atom.ts";
import type { EnergyRequest } from "./energy-request.ts";

/**
 * Reads a line `charge x y z` for each, in e and Å.
 *
 * @param file its name, for the refusal
 * @throws DomainError `invalid-input` with the line
 */
export function readPointCharges(text: string, file: string): NonNullable<EnergyRequest["pointCharges"]> {
  const rows = text
    .split("\n")
    .map((line, k) => ({ line: line.trim(), number: k + 1 }))
    .filter(({ line }) => line !== "")
    .map(({ line, number }) => {
      const values = line.split(/\s+/).map(readNumber);
      if (values.length === 4 && !values.some(Number.isNaN)) return values;
      throw new DomainError(
        "invalid-input",
        `${file}, line ${number}: expected a charge and x y z in Å, got "${line}".`,
      );
    });
  return {
    charges: rows.flatMap((row) => row.slice(0, 1)),
    coordinates_angstrom: rows.flatMap((row) => row.slice(1)),
  };
}
