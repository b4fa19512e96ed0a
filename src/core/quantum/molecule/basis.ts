/** Basis sets as data: resources/basis/*.json. */
import { join } from "node:path";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import { BasisFunctions, basisTitle } from "#shared/quantum/basis-functions.ts";
import { readShipped } from "./shipped-file.ts";

/** One contracted shell; coefficients refer to normalised primitives. Above f only for fitting sets. */
export const ElementShell = z
  .strictObject({
    l: z.number().int().min(0).max(6),
    exponents: z.array(z.number().positive()).min(1),
    coefficients: z.array(z.number()).min(1),
  })
  .refine((shell) => shell.exponents.length === shell.coefficients.length, {
    message: "as many coefficients as exponents",
  });
export type ElementShell = z.infer<typeof ElementShell>;

export const BasisSet = z.strictObject({
  name: z.string(),
  /** Of shells with l ≥ 2. */
  functions: BasisFunctions,
  references: z.array(z.string()),
  elements: z.record(z.string(), z.array(ElementShell)),
});
export type BasisSet = z.infer<typeof BasisSet>;

/** Basis functions on some atoms; an element that the set lacks has none. */
export function functionCount(symbols: readonly string[], { elements, functions }: BasisSet): number {
  const ofShell = (l: number): number =>
    functions === "pure" || l < 2 ? 2 * l + 1 : ((l + 1) * (l + 2)) / 2;
  const ofElement = (symbol: string): number =>
    (elements[symbol] ?? []).reduce((sum, { l }) => sum + ofShell(l), 0);
  return symbols.reduce((sum, symbol) => sum + ofElement(symbol), 0);
}

interface ShippedSet {
  readonly file: string;
  /** Whether it has diffuse functions, to which nothing in the fitting set corresponds. */
  readonly isDiffuse?: true;
}

/** Basis sets that ship with the program, by their usual names. */
export const BASIS_SETS = {
  "sto-3g": { file: "sto-3g.json" },
  minix: { file: "minix.json" },
  "6-31g": { file: "6-31g.json" },
  "6-31g*": { file: "6-31gs.json" },
  "6-31g**": { file: "6-31gss.json" },
  "6-31+g": { file: "6-31pg.json", isDiffuse: true },
  "6-31+g*": { file: "6-31pgs.json", isDiffuse: true },
  "6-31+g**": { file: "6-31pgss.json", isDiffuse: true },
  "6-31++g*": { file: "6-31ppgs.json", isDiffuse: true },
  "6-31++g**": { file: "6-31ppgss.json", isDiffuse: true },
  "6-311g**": { file: "6-311gss.json" },
  "def2-svp": { file: "def2-svp.json" },
  "def2-svpd": { file: "def2-svpd.json", isDiffuse: true },
  "def2-tzvp": { file: "def2-tzvp.json" },
  "cc-pvdz": { file: "cc-pvdz.json" },
  "cc-pvtz": { file: "cc-pvtz.json" },
  "aug-cc-pvdz": { file: "aug-cc-pvdz.json", isDiffuse: true },
  "aug-cc-pvtz": { file: "aug-cc-pvtz.json", isDiffuse: true },
} as const satisfies Record<string, ShippedSet>;
type BasisName = keyof typeof BASIS_SETS;

/** "6-31G(d,p)" → "6-31g**"; undefined for a name that is not known. */
export function findBasisName(text: string): BasisName | undefined {
  const name = text.trim().toLowerCase().replace("(d,p)", "**").replace("(d)", "*");
  return Object.hasOwn(BASIS_SETS, name) ? (name as BasisName) : undefined;
}

/** Whether it is a shipped set without diffuse functions, in which anions lie too high. */
export function isWithoutDiffuse(text: string): boolean {
  const name = findBasisName(text);
  const shipped: ShippedSet | undefined = name && BASIS_SETS[name];
  return shipped !== undefined && !shipped.isDiffuse;
}

/** The auxiliary set for density fitting, H–Kr, for every orbital basis without diffuse functions. */
const FITTING_FILE = "def2-universal-jkfit.json";

/**
 * Reads a shipped basis set.
 *
 * @param resources the folder that holds basis/
 * @param functions of d and higher shells, which the set's name then tells; those it was published with where absent
 * @throws DomainError `invalid-input` for an unknown name and for a file that is not as it was shipped.
 */
export async function loadBasisSet(
  resources: string,
  text: string,
  functions?: BasisFunctions | null,
): Promise<BasisSet> {
  const name = findBasisName(text);
  if (!name) {
    const known = Object.keys(BASIS_SETS);
    throw new DomainError(
      "invalid-input",
      `Unknown basis set "${text}": expected one of ${known.join(", ")}; a set of your own comes from a file (--basis-file).`,
      {
        basis: text,
        known,
      },
    );
  }
  const set = BasisSet.parse(
    JSON.parse(await readShipped(join(resources, "basis"), BASIS_SETS[name].file, "basis set")),
  );
  return functions ? { ...set, functions, name: basisTitle(set.name, functions) } : set;
}

/**
 * Reads the auxiliary set for density fitting, def2-universal-JKFIT (F. Weigend, doi:10.1002/jcc.20702).
 *
 * It lacks what fits diffuse functions: with aug-cc-pVDZ its error in the energy is −2.4 mEh for H⁻ and −0.2 mEh for Cl⁻,
 * where cc-pVDZ has −0.06 and 0.005 mEh.
 *
 * @param resources the folder that holds basis/
 * @param orbitalBasis the name of the orbital basis, where it is one that ships
 * @throws DomainError `not-supported` for an orbital basis with diffuse functions, `invalid-input` for a file that is not
 * as it was shipped.
 */
export async function loadFittingBasis(resources: string, orbitalBasis?: string): Promise<BasisSet> {
  const name = findBasisName(orbitalBasis ?? "");
  const shipped: ShippedSet | undefined = name && BASIS_SETS[name];
  if (name && shipped?.isDiffuse)
    throw new DomainError(
      "not-supported",
      `Density fitting: expected a basis set without diffuse functions, for which there is no fitting set, got ${name}. ` +
        "Leave density fitting off.",
      { basis: name },
    );
  return BasisSet.parse(JSON.parse(await readShipped(join(resources, "basis"), FITTING_FILE, "basis set")));
}
