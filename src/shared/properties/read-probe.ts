/** What molecules are to bind, from a file or a SMILES, as a definition. */
import { DomainError } from "../errors.ts";
import type { Geometry } from "../molecule/molecule.ts";
import { readXyz } from "../molecule/xyz.ts";
import { type PropertyDefinition, readDefinition } from "./definition.ts";

interface Structure {
  readonly geometry: Geometry;
  readonly charge?: number | undefined;
  readonly multiplicity?: number | undefined;
}

const refused = (expected: string, got: string): DomainError =>
  new DomainError("invalid-input", `The probe: expected ${expected}, got ${got}.`);

/** What codes of the atom block say, where no line of its own does: e, and 4 a radical of one electron. */
const CHARGE_CODES: Readonly<Record<number, number>> = { 1: 3, 2: 2, 3: 1, 5: -1, 6: -2, 7: -3 };
const RADICAL_CODE = 4;
/** Of a line M  RAD: paired, one, and two that are not paired. */
const UNPAIRED: Readonly<Record<number, number>> = { 1: 0, 2: 1, 3: 2 };

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Values of the lines "M  CHG" or "M  RAD": a count, then atom and value in turn. */
const valuesOf = (lines: readonly string[], name: string): number[] =>
  lines
    .filter((line) => line.startsWith(`M  ${name}`))
    .flatMap((line) => line.slice(9).trim().split(/\s+/).map(Number))
    .filter((_, k) => k % 2 === 1);

/** Charge and spin of all atoms together, unpaired electrons side by side; the atom block counts where neither line is there. */
function electronsIn(lines: readonly string[], atoms: readonly string[]): Omit<Structure, "geometry"> {
  const codes = atoms.map((line) => Number(line.slice(36, 39)));
  const [charges, radicals] = [valuesOf(lines, "CHG"), valuesOf(lines, "RAD")];
  const isStated = charges.length + radicals.length > 0;
  const unpaired = isStated
    ? sumOf(radicals.map((value) => UNPAIRED[value] ?? 0))
    : codes.filter((code) => code === RADICAL_CODE).length;
  return {
    charge: isStated ? sumOf(charges) : sumOf(codes.map((code) => CHARGE_CODES[code] ?? 0)),
    ...(unpaired > 0 && { multiplicity: unpaired + 1 }),
  };
}

/** The first structure of an SDF or mol file, V2000, in space with all hydrogens. */
function firstOfSdf(text: string): Structure {
  const lines = (text.split(/^M {2}END/m)[0] ?? "").split(/\r?\n/);
  const [, , , counts = ""] = lines;
  if (!counts.includes("V2000")) throw refused("an SDF of version V2000", `"${counts.trim()}"`);
  const atoms = lines.slice(4, 4 + Number(counts.slice(0, 3)));
  return {
    geometry: {
      symbols: atoms.map((line) => line.slice(31, 34).trim()),
      coordinates_angstrom: atoms.flatMap((line) =>
        [0, 10, 20].map((from) => Number(line.slice(from, from + 10))),
      ),
    },
    ...electronsIn(lines, atoms),
  };
}

/** Files of which a probe is read, by how their names end. */
export const PROBE_FILE = /\.(xyz|sdf|mol)$/i;

function structureIn(name: string, text: string): Structure {
  if (/\.(sdf|mol)$/i.test(name)) return firstOfSdf(text);
  const [frame] = readXyz(text);
  if (!PROBE_FILE.test(name) || !frame) throw refused("an .xyz, .sdf or .mol file", `"${name}"`);
  return frame;
}

const LONGEST_TITLE = 40;

/** What a person sees, and the id: neither is longer than a definition may have it. */
function namesOf(text: string): { id: string; title: string } {
  const slug = text
    .slice(0, LONGEST_TITLE)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const title = text.replace(/\s+/g, " ").slice(0, LONGEST_TITLE);
  return { id: `probe-${slug || "own"}`, title };
}

/** In the charge and the spin that it says. @throws DomainError invalid-input */
export const probeOfSmiles = (smiles: string): PropertyDefinition =>
  readDefinition(JSON.stringify({ kind: "probe", ...namesOf(smiles), smiles }), smiles);

/**
 * @param name of an .xyz file, whose comment may say charge=… and multiplicity=…, of an .sdf or of a .mol file
 * @throws DomainError invalid-input
 */
export function probeOfFile(name: string, text: string): PropertyDefinition {
  const { geometry, charge = 0, multiplicity } = structureIn(name, text);
  const shared = { kind: "probe", ...namesOf(name.replace(PROBE_FILE, "")), geometry, charge };
  return readDefinition(
    JSON.stringify({ ...shared, ...(multiplicity !== undefined && { multiplicity }) }),
    name,
  );
}
