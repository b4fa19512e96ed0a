/** The XYZ file format: a count, a comment, then one line of symbol and x y z in Å for each atom; frames follow each other. */
import { DomainError } from "../errors.ts";
import { ANGSTROM_PER_UNIT } from "../units.ts";
import { atomicWeight } from "./atomic-weights.ts";
import type { Isotope } from "./isotopes.ts";
import { atomicNumber, type Geometry } from "./molecule.ts";
import { readLabel, readNumber } from "./xyz-atom.ts";
import {
  type Columns,
  clip,
  DEFAULT_COLUMNS,
  type Given,
  readComment,
  type StatedSpin,
} from "./xyz-comment.ts";

export interface XyzFrame {
  geometry: Geometry;
  /** Atoms, from 0, that lend their functions only. */
  ghosts: number[];
  /** Atoms labelled as one isotope: D, T, H(Iso=2). */
  isotopes: Isotope[];
  /** As given beside the file, else of the comment; undefined where neither says. */
  charge: number | undefined;
  multiplicity: number | undefined;
  /** As it stands in the file, without blanks at its ends. */
  comment: string;
  /** What a person should know of how the frame was read; each a sentence. */
  notes: string[];
}

const refuse = (expected: string, got: string, mend = ""): never => {
  throw new DomainError(
    "invalid-input",
    `This is not an XYZ file: expected ${expected}, got ${got}.${mend && ` ${mend}`}`,
    { expected, got },
  );
};

/**
 * Reads every frame of an XYZ file, in any of the ways in which programs write it: extended XYZ with its columns in any order, charge,
 * multiplicity and units in the comment (see xyz-comment.ts), atomic numbers or labels for symbols, Fortran exponents, text after the
 * atoms. What has two meanings is refused, or read with a note.
 *
 * @param given what is said beside the file goes before what the comment says
 * @returns at least one frame, coordinates in Å, atoms in the order of the file
 * @throws DomainError "invalid-input" naming the line, what was expected and what stands there
 */
export function readXyz(text: string, given: Given = {}): XyzFrame[] {
  return readEachXyz(text, given).map((found) => {
    if (found instanceof DomainError) throw found;
    return found;
  });
}

/**
 * As `readXyz`, with what is wrong with a frame in its place; what follows is read on from the next number above an atom.
 *
 * @throws DomainError "invalid-input" for an empty file
 */
export function readEachXyz(text: string, given: Given = {}): (XyzFrame | DomainError)[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  if (text.trim() === "") refuse("the number of atoms on line 1", "an empty file");
  const found: (XyzFrame | DomainError)[] = [];
  let start = firstFilled(lines, 0);
  do {
    try {
      const { frame, next } = readNoted(lines, start, given);
      found.push(frame);
      start = next;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      found.push(error);
      start = nextCount(lines, start + 1);
    }
  } while (start < lines.length);
  return found;
}

/** A frame, with a note on what follows its atoms, and the line of the next one. */
function readNoted(lines: readonly string[], start: number, given: Given) {
  const { frame, end, isFurtherAtom } = readFrame(lines, start, given);
  const next = nextFrame(lines, end, isFurtherAtom);
  const skipped = firstFilled(lines, end);
  if (skipped < next)
    frame.notes.push(
      `What follows the atoms from line ${skipped + 1} on is not read: "${clip(lines[skipped]!.trim())}".`,
    );
  return { frame, next };
}

function firstFilled(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && lines[at]!.trim() === "") at++;
  return at;
}

const COUNT = /^\s*(?<count>\d+)(?:\s+(?<header>\S.*?))?\s*$/;
const isNumeric = (label: string): boolean => /^\d/.test(label);

/** A symbol and at least three numbers, hardly anything but an atom. */
function isAtom(line = ""): boolean {
  const atom = findAtom(line, DEFAULT_COLUMNS);
  return typeof atom === "object" && !isNumeric(atom.label);
}

/** Line of the next frame's count; more atoms than announced are refused. */
function nextFrame(lines: readonly string[], end: number, isFurtherAtom: (line: string) => boolean): number {
  const first = firstFilled(lines, end);
  const line = lines[first];
  if (line !== undefined && isFurtherAtom(line))
    refuse("as many atoms as were announced", `more: "${clip(line.trim())}" on line ${first + 1}`);
  if (line !== undefined && /^\s*\d+\s*$/.test(line)) return first;
  // Elsewhere a number may be anything: a frame has atoms.
  return nextCount(lines, first);
}

/** The next line with a number above a comment and an atom. */
function nextCount(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && !(COUNT.test(lines[at]!) && isAtom(lines[at + 2]))) at++;
  return at;
}

/** What a file may be that begins so. */
function hintOn(first: string): string {
  if (isAtom(first)) return "Write the number above the atoms, and a comment or an empty line between.";
  return first.startsWith("\u001f") ? "It is packed: unpack it first." : "";
}

function readFrame(lines: readonly string[], start: number, given: Given) {
  const first = lines[start]?.trim() ?? "";
  const parts = COUNT.exec(first)?.groups;
  const count = Number(parts?.count);
  if (!(count >= 1)) refuse(`the number of atoms on line ${start + 1}`, `"${clip(first)}"`, hintOn(first));
  const header = parts?.header ?? "";
  refuseTinker(lines, start, header);
  const { comment, atomsFrom, notes } = findComment(lines, start, count);
  const stated = readComment(comment, header, given);
  const atoms = Array.from({ length: count }, (_, k) =>
    readAtom(lines[atomsFrom + k] ?? "", {
      line: atomsFrom + k,
      first: start,
      count,
      columns: stated.columns,
    }),
  );
  if (stated.columns.count === undefined) refuseExtraColumn(atoms);
  // COUNT asks for one atom at least.
  const hasNumbers = isNumeric(atoms[0]!.label);
  if (hasNumbers && stated.columns.count === undefined) notes.push(numbersNote(comment));
  const scale = ANGSTROM_PER_UNIT[stated.unit ?? "angstrom"];
  const geometry: Geometry = {
    symbols: atoms.map(({ symbol }) => symbol),
    coordinates_angstrom: atoms.flatMap(({ position }) => position.map((value) => value * scale)),
  };
  const ghosts = atoms.flatMap(({ isGhost }, atom) => (isGhost ? [atom] : []));
  const isotopes = atoms.flatMap(({ massNumber }, atom) =>
    massNumber === undefined ? [] : [{ atom, massNumber }],
  );
  // readAtom gives no symbol but an element's.
  const electrons = (charge: number) =>
    atoms.reduce((sum, { symbol, isGhost }) => sum + (isGhost ? 0 : atomicNumber(symbol)!), -charge);
  const state = stateOf(stated, given, electrons);
  if (stated.unit !== undefined && stated.unit !== "angstrom" && given.unit === undefined)
    notes.push(`Coordinates in ${stated.unit}, as the file says.`);
  notes.push(
    ...stated.notes,
    ...state.notes,
    ...atoms.flatMap(({ note }) => (note === undefined ? [] : [`${note}.`])),
  );
  const frame: XyzFrame = {
    geometry,
    ghosts,
    isotopes,
    charge: state.charge,
    multiplicity: state.multiplicity,
    comment: comment.trim(),
    notes: [...new Set(notes)],
  };
  const isFurtherAtom = (line: string): boolean => {
    const atom = findAtom(line, stated.columns);
    return typeof atom === "object" && isNumeric(atom.label) === hasNumbers;
  };
  return { frame, end: atomsFrom + count, isFurtherAtom };
}

/** Tinker's files have atoms from line 2 on: number, name, x, y, z, type, neighbours. */
function refuseTinker(lines: readonly string[], start: number, header: string): void {
  const [number, ...atom] = lines[start + 1]?.trim().split(/\s+/) ?? [];
  if (number === "1" && isAtom(atom.join(" ")) && (header !== "" || atom.length > 4))
    refuse(
      `a comment on line ${start + 2}`,
      "an atom in Tinker's format",
      "Write it as a number of atoms, a comment, and a line of symbol and x y z in Å for each atom.",
    );
}

/** The comment may be missing where the atoms that follow the count at once are as many as it says. */
function findComment(lines: readonly string[], start: number, count: number) {
  const comment = lines[start + 1] ?? "";
  const usual = { comment, atomsFrom: start + 2, notes: [] as string[] };
  if (!isAtom(comment)) return usual;
  let end = start + 1;
  while (isAtom(lines[end])) end++;
  const found = end - start - 1;
  if (found === count)
    return {
      comment: "",
      atomsFrom: start + 1,
      notes: [`There is no comment on line ${start + 2}: the atoms are read from there on.`],
    };
  return refuse(
    `a comment on line ${start + 2}, then ${count} atoms`,
    `${found} atoms from line ${start + 2} on`,
    "Mend the number of atoms, or put a comment on line 2.",
  );
}

interface Atom {
  label: string;
  symbol: string;
  position: number[];
  isGhost: boolean;
  massNumber?: number;
  note?: string;
  /** All fields of the line after the first. */
  numbers: readonly string[];
}

/** The atom of a line, or what is wrong with it. */
function findAtom(line: string, columns: Columns): Atom | "columns" | "label" | "numbers" {
  const fields = line.trim().split(/\s+/);
  if (columns.count !== undefined && fields.length !== columns.count) return "columns";
  const label = fields[columns.label] ?? "";
  const read = readLabel(label);
  if (!read) return "label";
  const position = fields.slice(columns.position, columns.position + 3).map(readNumber);
  if (position.length < 3 || position.some(Number.isNaN)) return "numbers";
  return { ...read, label, position, numbers: fields.slice(1) };
}

function readAtom(
  text: string,
  { line, first, count, columns }: { line: number; first: number; count: number; columns: Columns },
): Atom {
  const where = `line ${line + 1}`;
  if (text.trim() === "")
    refuse(`${count} atoms as line ${first + 1} announces`, `the end of the atoms at ${where}`);
  const atom = findAtom(text, columns);
  if (typeof atom === "object") return atom;
  const fields = text.trim().split(/\s+/);
  if (atom === "columns")
    refuse(`${columns.count} columns on ${where}, as the comment says`, String(fields.length));
  const got =
    atom === "label"
      ? `"${clip(fields[columns.label]!)}", which is no element up to xenon`
      : `"${clip(text.trim())}"`;
  const mend = /[,;]/.test(text) ? "Write 0.5 for 0,5, and blanks between the columns." : "";
  return refuse(`an element symbol and three numbers on ${where}`, got, mend);
}

/** Numbers for symbols are atomic numbers, but in LAMMPS's dumps types of the user's own. */
function numbersNote(comment: string): string {
  if (/^\s*Atoms\. Timestep/.test(comment))
    refuse(
      "element symbols",
      "types of atoms, as LAMMPS numbers them",
      "Write the dump with dump_modify element.",
    );
  return "The numbers before the coordinates are read as atomic numbers.";
}

/** An isotope's mass, or its mass number, lies so near the atomic weight of its element, relative to that. */
const NEAR_WEIGHT = 0.025;
const isMassOf = (symbol: string, value: number): boolean =>
  Math.abs(value / atomicWeight(symbol) - 1) < NEAR_WEIGHT;

/** Columns before x y z that nobody names: numbers of the atoms, their masses, or atomic numbers as GAMESS writes them. */
function refuseExtraColumn(atoms: readonly Atom[]): void {
  if (atoms.length < 2 || !atoms.every(({ numbers }) => numbers.length >= 4)) return;
  const values = atoms.map(({ position }) => position[0]);
  const isCounted = atoms.every(({ numbers }, k) => numbers[0] === String(k + 1));
  const isElement = atoms.every(({ symbol }, k) => values[k] === atomicNumber(symbol));
  // Read as four numbers or more.
  const isMass = atoms.every(({ symbol, position }) => isMassOf(symbol, position[0]!));
  const isFlagged = atoms.every(({ numbers }) => [1, 3, 5].every((k) => /^\+?1$/.test(numbers[k] ?? "")));
  if (isFlagged) refuse("x y z after the symbol", "a 1 after each of them, as MOPAC flags what it optimises");
  if (!isCounted && !isElement && !isMass) return;
  const column = isCounted
    ? "counts the atoms"
    : `is the ${isElement ? "atomic number" : "mass of the atom"}`;
  refuse(
    "x y z after the symbol",
    `a column that ${column}, or x that happens to be so`,
    `Take the column out, or name the columns: Properties=species:S:1:${isCounted || isElement ? "id:I" : "mass:R"}:1:pos:R:3.`,
  );
}

/** Charge and multiplicity by what was given, else by the comment. */
function stateOf(
  { charge: stated, spin, pair }: ReturnType<typeof readComment>,
  given: Given,
  electrons: (charge: number) => number,
) {
  const notes: string[] = [];
  const fits = (charge: number, multiplicity: number) =>
    multiplicity >= 1 &&
    electrons(charge) >= multiplicity - 1 &&
    (electrons(charge) - multiplicity) % 2 !== 0;
  const isPair = pair !== undefined && fits(pair.charge, pair.multiplicity);
  if (pair && !isPair)
    notes.push(
      `The comment "${pair.charge} ${pair.multiplicity}" is not used: these atoms have no charge ${pair.charge} with multiplicity ${pair.multiplicity}.`,
    );
  const ofFile = {
    charge: isPair ? pair.charge : stated,
    multiplicity: isPair ? pair.multiplicity : undefined,
  };
  const charge = given.charge ?? ofFile.charge;
  if (spin && given.multiplicity === undefined)
    ofFile.multiplicity = theMultiplicity(
      spin,
      meantBy(spin).filter((one) => spin.by !== "spin" || fits(charge ?? 0, one)),
    );
  const multiplicity = given.multiplicity ?? ofFile.multiplicity;
  const said = (["charge", "multiplicity"] as const).flatMap((name) => {
    if (ofFile[name] === undefined) return [];
    if (given[name] === undefined) return [`${name} ${ofFile[name]}`];
    if (given[name] !== ofFile[name])
      notes.push(`--${name} ${given[name]} is used; the file says ${ofFile[name]}.`);
    return [];
  });
  if (spin && given.multiplicity !== undefined && !meantBy(spin).includes(given.multiplicity))
    notes.push(`--multiplicity ${given.multiplicity} is used; the file says ${spin.by} ${spin.text}.`);
  if (said.length > 0) notes.push(`From the comment of the file: ${said.join(", ")}.`);
  return { charge, multiplicity, notes };
}

/** Multiplicities that a spin may mean. */
function meantBy({ by, value }: StatedSpin): number[] {
  const [unpaired, total] = [value + 1, 2 * value + 1];
  if (by === "spin")
    return [...new Set([value, unpaired, total])].filter((one) => Number.isInteger(one) && one >= 1);
  return [{ multiplicity: value, unpaired, S: total }[by]];
}

function theMultiplicity({ text }: StatedSpin, possible: readonly number[]): number {
  const [first, ...others] = possible;
  if (first !== undefined && others.length === 0) return first;
  const meaning =
    possible.length === 0
      ? "fits no multiplicity of these atoms"
      : `may be the multiplicity ${possible.join(" or ")}`;
  return refuse(
    "multiplicity=… in the comment",
    `spin=${text}, which ${meaning}`,
    "Write the multiplicity 2S+1, or give --multiplicity.",
  );
}

/** Writes a geometry as an XYZ file; its state stands in the comment as `readXyz` reads it. */
export function formatXyz(
  geometry: Geometry,
  comment = "",
  state?: { charge: number; multiplicity: number },
): string {
  const atoms = geometry.symbols.map((symbol, atom) => {
    const position = geometry.coordinates_angstrom.slice(3 * atom, 3 * atom + 3);
    return `${symbol.padEnd(2)} ${position.map((value) => value.toFixed(8).padStart(14)).join(" ")}`;
  });
  const keys = state ? `charge=${state.charge} multiplicity=${state.multiplicity} units=angstrom ` : "";
  return `${geometry.symbols.length}\n${keys}${comment.replace(/[\r\n]+/g, " ")}\n${atoms.join("\n")}\n`;
}
