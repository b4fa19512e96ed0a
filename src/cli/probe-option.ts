/** `--probe`: what molecules are to bind, as a definition. */
import { existsSync } from "node:fs";
import { basename, extname } from "node:path";
import { DomainError } from "#shared/errors.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { readXyz } from "#shared/molecule/xyz.ts";
import { type PropertyDefinition, readDefinition } from "#shared/properties/definition.ts";
import { readTextFile } from "./files.ts";

interface Structure {
  readonly geometry: Geometry;
  readonly charge?: number | undefined;
  readonly multiplicity?: number | undefined;
}

const refused = (expected: string, got: string): DomainError =>
  new DomainError("invalid-input", `--probe: expected ${expected}, got ${got}.`);

/** Values of the lines "M  CHG" or "M  RAD": a count, then atom and value in turn. */
const valuesOf = (lines: readonly string[], name: string): number[] =>
  lines
    .filter((line) => line.startsWith(`M  ${name}`))
    .flatMap((line) => line.slice(9).trim().split(/\s+/).map(Number))
    .filter((_, k) => k % 2 === 1);

/** The first structure of an SDF or mol file, V2000, in space with all hydrogens. */
function firstOfSdf(text: string): Structure {
  const lines = (text.split(/^M {2}END/m)[0] ?? "").split(/\r?\n/);
  const [, , , counts = ""] = lines;
  if (!counts.includes("V2000")) throw refused("an SDF of version V2000", `"${counts.trim()}"`);
  const atoms = lines.slice(4, 4 + Number(counts.slice(0, 3)));
  const radicals = valuesOf(lines, "RAD");
  return {
    geometry: {
      symbols: atoms.map((line) => line.slice(31, 34).trim()),
      coordinates_angstrom: atoms.flatMap((line) =>
        [0, 10, 20].map((from) => Number(line.slice(from, from + 10))),
      ),
    },
    charge: valuesOf(lines, "CHG").reduce((sum, charge) => sum + charge, 0),
    ...(radicals.length > 0 && { multiplicity: Math.max(...radicals) }),
  };
}

function structureIn(path: string): Structure {
  const text = readTextFile(path);
  const kind = extname(path).toLowerCase();
  if (kind === ".sdf" || kind === ".mol") return firstOfSdf(text);
  const [frame] = readXyz(text);
  if (kind !== ".xyz" || !frame) throw refused("an .xyz, .sdf or .mol file", `"${path}"`);
  return frame;
}

/**
 * @param text path of an .xyz file, whose comment may say charge=… and multiplicity=…, of an .sdf or .mol file, or a SMILES
 * @throws DomainError invalid-input
 */
export function probeDefinition(text: string): PropertyDefinition {
  const isFile = existsSync(text);
  if (!isFile && /\.(xyz|sdf|mol)$/i.test(text)) throw refused("an existing file or a SMILES", `"${text}"`);
  const title = isFile ? basename(text, extname(text)) : text;
  const slug = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const shared = { kind: "probe", id: `probe-${slug || "own"}`, title: title.slice(0, 40) };
  if (!isFile) return readDefinition(JSON.stringify({ ...shared, smiles: text }), text);
  const { geometry, charge = 0, multiplicity } = structureIn(text);
  return readDefinition(
    JSON.stringify({ ...shared, geometry, charge, ...(multiplicity !== undefined && { multiplicity }) }),
    text,
  );
}
