/** Reading the atoms of a molfile (V2000) that a person gives: where they are, and the charges and radicals that it states. */
import { DomainError } from "../errors.ts";
import type { Geometry } from "./molecule.ts";

export interface Molfile {
  /** The first line. */
  name: string;
  geometry: Geometry;
  charge: number;
  /** 0 where the file tells of none. */
  unpairedElectrons: number;
}

const COUNTS_LINE = 3;
const COORDINATE_WIDTH = 10;
/** Of "2D" or "3D" in line 2. */
const DIMENSION_PLACE = [20, 22] as const;

/** Whether a text is a molfile or the first of an SDF. */
export const isMolfile = (text: string): boolean =>
  /V[23]000\s*$/.test(text.split(/\r?\n/)[COUNTS_LINE] ?? "");

const refuse = (expected: string, got: string): never => {
  throw new DomainError(
    "invalid-input",
    `This molfile cannot be computed: expected ${expected}, got ${got}.`,
  );
};

/** Values of a property line "M  CHG  n aaa vvv …", summed. */
function summed(lines: readonly string[], name: string, of: (value: number) => number): number {
  return lines
    .filter((line) => line.startsWith(`M  ${name}`))
    .flatMap((line) =>
      line
        .slice(9)
        .trim()
        .split(/\s+/)
        .filter((_, k) => k % 2 === 1),
    )
    .reduce((sum, value) => sum + of(Number(value)), 0);
}

/** By the number of "M  RAD": a singlet carbene's are paired. */
const UNPAIRED: Readonly<Record<number, number>> = { 2: 1, 3: 2 };

/** What older programs write in an atom's own line: 4 − charge, and 4 for a doublet. Lines "M  CHG" and "M  RAD" take its place. */
const DOUBLET = 4;
const CHARGE_PLACE = [36, 39] as const;

/** Charge and unpaired electrons in all. */
function electronsOf(
  atoms: readonly string[],
  lines: readonly string[],
): Pick<Molfile, "charge" | "unpairedElectrons"> {
  if (lines.some((line) => /^M {2}(CHG|RAD)/.test(line)))
    return {
      charge: summed(lines, "CHG", (charge) => charge),
      unpairedElectrons: summed(lines, "RAD", (radical) => UNPAIRED[radical] ?? 0),
    };
  const codes = atoms.map((line) => Number(line.slice(...CHARGE_PLACE))).filter((code) => code > 0);
  return {
    charge: codes.reduce((sum, code) => sum + DOUBLET - code, 0),
    unpairedElectrons: codes.filter((code) => code === DOUBLET).length,
  };
}

/**
 * The first molecule of a molfile or an SDF.
 *
 * @throws DomainError `invalid-input` for V3000, for a drawing without depth, and for what has no atoms
 */
export function readMolfile(text: string): Molfile {
  const [first = ""] = text.split(/^\$\$\$\$/m);
  const lines = first.replace(/^\uFEFF/, "").split(/\r?\n/);
  const counts = lines[COUNTS_LINE] ?? "";
  if (/V3000/.test(counts)) refuse("V2000; save it as V2000 or as an XYZ file", "V3000");
  const nAtoms = Number(counts.slice(0, 3));
  const atoms = lines.slice(COUNTS_LINE + 1, COUNTS_LINE + 1 + nAtoms);
  if (!(nAtoms > 0) || atoms.length < nAtoms) refuse("atoms in line 4", `"${counts.slice(0, 40)}"`);
  const symbols = atoms.map((line) => line.slice(31, 34).trim());
  const x = atoms.flatMap((line) =>
    [0, 1, 2].map((axis) => Number(line.slice(axis * COORDINATE_WIDTH, (axis + 1) * COORDINATE_WIDTH))),
  );
  if (!x.every(Number.isFinite)) refuse("three numbers an atom", "others");
  const isFlat = nAtoms > 2 && x.every((value, k) => k % 3 !== 2 || value === 0);
  // Where the program says so in line 2, or no hydrogen is there.
  if (isFlat && (lines[1]?.slice(...DIMENSION_PLACE) === "2D" || !symbols.includes("H")))
    refuse("positions in space, hydrogens too; give the SMILES, of which a geometry is made", "a drawing");
  return {
    name: (lines[0] ?? "").trim(),
    geometry: { symbols, coordinates_angstrom: x },
    ...electronsOf(atoms, lines),
  };
}
