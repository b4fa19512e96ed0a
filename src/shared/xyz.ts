/** The XYZ file format: a count, a comment, then one line of symbol and x y z in Å for each atom. */
import { DomainError } from "./errors.ts";
import { atomicNumber, type Geometry } from "./molecule.ts";

const refuse = (expected: string, got: string): never => {
  throw new DomainError("invalid-input", `This is not an XYZ file: expected ${expected}, got ${got}.`, {
    expected,
    got,
  });
};

/** A ghost atom lends its basis functions only: "@H", "Gh-H", "Gh(H)", "ghost-H", "X-H". */
const GHOST = /^(?:@|gh(?:ost)?[-_:]?|x[-_:])\(?([a-z]{1,2})\)?$/i;

/** A number as every program reads it: JavaScript alone would take "0x10" for 16. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Reads the first frame of an XYZ file without ghost atoms.
 *
 * @param text the file; anything after the announced number of atoms must be blank or a further frame
 * @returns symbols and coordinates in Å, in the order of the file
 * @throws DomainError "invalid-input" naming the line, what was expected and what stands there
 */
export function parseXyz(text: string): Geometry {
  const { geometry, ghosts } = parseXyzWithGhosts(text);
  const [ghost] = ghosts;
  if (ghost !== undefined) refuse("atoms without ghosts", `a ghost on line ${ghost + 3}`);
  return geometry;
}

/** Reads as parseXyz; `ghosts` are the atoms, from 0, that are labelled "@H", "Gh-H", "Gh(H)" or "X-H". */
export function parseXyzWithGhosts(text: string): { geometry: Geometry; ghosts: number[] } {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const first = lines[0]?.trim() ?? "";
  const count = /^\d+$/.test(first) ? Number(first) : Number.NaN;
  if (!(count >= 1))
    refuse("the number of atoms on line 1", first === "" ? "an empty line" : `"${clip(first)}"`);
  const symbols: string[] = [];
  const coordinates_angstrom: number[] = [];
  const ghosts: number[] = [];
  for (let atom = 0; atom < count; atom++) {
    const { symbol, position, isGhost } = parseAtom(lines[atom + 2], atom + 3, count);
    if (isGhost) ghosts.push(atom);
    symbols.push(symbol);
    coordinates_angstrom.push(...position);
  }
  const next = lines[count + 2]?.trim() ?? "";
  if (next !== "" && !/^\d+$/.test(next))
    refuse(`${count} atoms as line 1 announces`, `more: "${clip(next)}"`);
  return { geometry: { symbols, coordinates_angstrom }, ghosts };
}

/** Reads every frame of an XYZ file, blank lines between them allowed; lines in a refusal count from the frame's first. */
export function parseXyzFrames(text: string): { geometry: Geometry; ghosts: number[] }[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const frames: { geometry: Geometry; ghosts: number[] }[] = [];
  let start = 0;
  do {
    const frame = parseXyzWithGhosts(lines.slice(start).join("\n"));
    frames.push(frame);
    start += frame.geometry.symbols.length + 2;
    while (start < lines.length && lines[start]!.trim() === "") start++;
  } while (start < lines.length);
  return frames;
}

function parseAtom(line: string | undefined, lineNumber: number, count: number) {
  const fields = line?.trim().split(/\s+/) ?? [];
  if (line === undefined || line.trim() === "") {
    refuse(`${count} atoms as line 1 announces`, `the end of the atoms at line ${lineNumber}`);
  }
  const expected = `an element symbol and three numbers on line ${lineNumber}`;
  const [label = "", ...numbers] = fields;
  const ghost = atomicNumber(capitalised(label)) === undefined ? GHOST.exec(label)?.[1] : undefined;
  const symbol = capitalised(ghost ?? label);
  if (atomicNumber(symbol) === undefined)
    refuse(expected, `"${clip(label)}", which is no element up to xenon`);
  const position = numbers.slice(0, 3).map((text) => (DECIMAL.test(text) ? Number(text) : Number.NaN));
  if (position.length < 3 || position.some((value) => !Number.isFinite(value))) {
    refuse(expected, `"${clip(line ?? "")}"`);
  }
  return { symbol, position, isGhost: ghost !== undefined };
}

const capitalised = (label: string) => label.charAt(0).toUpperCase() + label.slice(1).toLowerCase();
const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Writes a geometry as an XYZ file. */
export function formatXyz(geometry: Geometry, comment = ""): string {
  const atoms = geometry.symbols.map((symbol, atom) => {
    const position = geometry.coordinates_angstrom.slice(3 * atom, 3 * atom + 3);
    return `${symbol.padEnd(2)} ${position.map((value) => value.toFixed(8).padStart(14)).join(" ")}`;
  });
  return `${geometry.symbols.length}\n${comment.replace(/[\r\n]+/g, " ")}\n${atoms.join("\n")}\n`;
}
