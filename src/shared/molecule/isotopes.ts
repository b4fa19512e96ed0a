/** Isotopes of the atoms of a molecule: what they weigh and how they are written. */
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { atomicWeight } from "./atomic-weights.ts";
import { ISOTOPE_MASSES } from "./isotope-masses.ts";
import { atomicNumber, type Geometry } from "./molecule.ts";

/** An atom, from 0, that is of one isotope. */
export const Isotope = z.strictObject({
  atom: z.number().int().min(0),
  massNumber: z.number().int().min(1),
});
export type Isotope = z.infer<typeof Isotope>;

/** Isotopes whose masses are known, by their mass numbers. */
const massesOfElement = (symbol: string): Readonly<Record<number, number>> => ISOTOPE_MASSES[symbol] ?? {};

/**
 * Da, of each atom: those of isotopes where they are named, else the atomic weight.
 *
 * @throws DomainError `invalid-input` for an isotope that is not known and an atom that is named twice
 */
export function massesOf({ symbols }: Geometry, isotopes: readonly Isotope[] = []): number[] {
  const masses = symbols.map(atomicWeight);
  const named = new Set<number>();
  for (const { atom, massNumber } of isotopes) {
    const symbol = symbols[atom] ?? "";
    const known = massesOfElement(symbol);
    const mass = known[massNumber];
    if (mass === undefined)
      throw new DomainError(
        "invalid-input",
        `Isotopes: expected of atom ${atom + 1} (${symbol}) one of ${Object.keys(known)
          .map((number) => `${number}${symbol}`)
          .join(", ")}; got ${massNumber}${symbol}.`,
        { atom: atom + 1, massNumber },
      );
    if (named.has(atom))
      throw new DomainError("invalid-input", `Isotopes: expected one of atom ${atom + 1}, got several.`, {
        atom: atom + 1,
      });
    named.add(atom);
    masses[atom] = mass;
  }
  return masses;
}

const HEAVY_HYDROGEN: Readonly<Record<string, string>> = { D: "2H", T: "3H" };

/**
 * Reads "1=2H,3=13C": atoms, the first is 1, with their isotopes; D and T stand for those of hydrogen.
 *
 * @throws DomainError `invalid-input` for anything else, an atom that is not there or is of another element
 */
export function readIsotopes(text: string, { symbols }: Geometry): Isotope[] {
  return text.split(",").map((part) => {
    const [, number, name = ""] = /^\s*(\d+)\s*=\s*([0-9a-z]+)\s*$/i.exec(part) ?? [];
    const [, massNumber, element = ""] =
      /^(\d{1,3})([a-z]{1,2})$/i.exec(HEAVY_HYDROGEN[name.toUpperCase()] ?? name) ?? [];
    const symbol = element.charAt(0).toUpperCase() + element.slice(1).toLowerCase();
    if (number === undefined || massNumber === undefined || atomicNumber(symbol) === undefined)
      throw new DomainError(
        "invalid-input",
        `--isotope: expected atoms, the first is 1, with their isotopes, e.g. "1=2H,3=13C"; got "${text}".`,
      );
    const found = symbols[Number(number) - 1];
    if (found !== symbol)
      throw new DomainError(
        "invalid-input",
        `--isotope: expected atom ${number} to be ${symbol}, got ${found ?? `${symbols.length} atoms`}.`,
        { atom: Number(number) },
      );
    return { atom: Number(number) - 1, massNumber: Number(massNumber) };
  });
}

/** "2H of atom 2, 13C of atom 1". */
export const isotopeWords = (isotopes: readonly Isotope[], { symbols }: Geometry): string =>
  isotopes
    .map(({ atom, massNumber }) => `${massNumber}${symbols[atom] ?? ""} of atom ${atom + 1}`)
    .join(", ");
