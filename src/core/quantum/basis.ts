/** Basis sets as data: resources/basis/*.json. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";

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
  /** Whether shells with l ≥ 2 have Cartesian functions (6 d) or pure ones (5 d). */
  functions: z.enum(["cartesian", "pure"]),
  references: z.array(z.string()),
  elements: z.record(z.string(), z.array(ElementShell)),
});
export type BasisSet = z.infer<typeof BasisSet>;

/** Basis sets that ship with the program, by their usual names. */
export const BASIS_SETS = {
  "sto-3g": "sto-3g.json",
  "6-31g": "6-31g.json",
  "6-31g*": "6-31gs.json",
  "6-31g**": "6-31gss.json",
  "6-311g**": "6-311gss.json",
  "def2-svp": "def2-svp.json",
  "def2-tzvp": "def2-tzvp.json",
  "cc-pvdz": "cc-pvdz.json",
} as const;
export type BasisName = keyof typeof BASIS_SETS;

/** "6-31G(d,p)" → "6-31g**"; undefined for a name that is not known. */
export function basisName(text: string): BasisName | undefined {
  const name = text.trim().toLowerCase().replace("(d,p)", "**").replace("(d)", "*");
  return Object.hasOwn(BASIS_SETS, name) ? (name as BasisName) : undefined;
}

/** The auxiliary set for density fitting, taken for every orbital basis, H–Kr. */
const FITTING_FILE = "def2-universal-jkfit.json";

/** `sha256sum *.json` of the folder. */
const SUMS_FILE = "SHA256SUMS";

/** The text of a shipped file whose SHA-256 is the one it was shipped with. */
async function readShipped(folder: string, file: string): Promise<string> {
  const damaged = (got: string): DomainError => {
    const path = join(folder, file);
    const remedy = "Install the program again, or put the file back from where you got it.";
    return new DomainError("invalid-input", `The basis set file ${path} is damaged: ${got}. ${remedy}`, {
      path,
    });
  };
  const read = (name: string) =>
    readFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      throw damaged(`expected to read ${name}, got ${error.code}`);
    });
  const [bytes, sums] = await Promise.all([read(file), read(SUMS_FILE)]);
  const line = sums
    .toString("utf8")
    .split(/\r?\n/)
    .find((one) => one.slice(64) === `  ${file}`);
  const expected = line?.slice(0, 64);
  const got = createHash("sha256").update(bytes).digest("hex");
  if (!expected) throw damaged(`expected its checksum in ${SUMS_FILE}, got none`);
  if (got !== expected) throw damaged(`expected SHA-256 ${expected}, got ${got}`);
  return bytes.toString("utf8");
}

/**
 * Reads a shipped basis set.
 *
 * @param resources the folder that holds basis/
 * @throws DomainError `invalid-input` for an unknown name and for a file that is not as it was shipped.
 */
export async function loadBasisSet(resources: string, text: string): Promise<BasisSet> {
  const name = basisName(text);
  if (!name) {
    const known = Object.keys(BASIS_SETS);
    throw new DomainError(
      "invalid-input",
      `Unknown basis set "${text}": expected one of ${known.join(", ")}.`,
      {
        basis: text,
        known,
      },
    );
  }
  return BasisSet.parse(JSON.parse(await readShipped(join(resources, "basis"), BASIS_SETS[name])));
}

/**
 * Reads the auxiliary set for density fitting, def2-universal-JKFIT (F. Weigend, doi:10.1002/jcc.20702).
 *
 * @param resources the folder that holds basis/
 * @throws DomainError `invalid-input` for a file that is not as it was shipped.
 */
export const loadFittingBasis = async (resources: string): Promise<BasisSet> =>
  BasisSet.parse(JSON.parse(await readShipped(join(resources, "basis"), FITTING_FILE)));
