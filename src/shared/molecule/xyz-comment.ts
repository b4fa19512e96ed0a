/**
 * What the comment of an XYZ frame says of its columns (extended XYZ), units, charge and spin.
 *
 * Keys are found in any case, after "=" or ":" and, where the value leaves no doubt, after a blank: `charge=-1`, `"charge": 1`,
 * `total_charge = 2+`, `mult 3`, `2S+1=3`, `uhf=1`, `--uhf 1`, `charge/mult = 0/3`, `units=bohr`, `coordinates in Bohr`,
 * `Properties=species:S:1:pos:R:3`.
 */
import { DomainError } from "../errors.ts";
import { ANGSTROM_PER_UNIT } from "../units.ts";

export type LengthUnit = keyof typeof ANGSTROM_PER_UNIT;
export const LENGTH_UNITS = Object.keys(ANGSTROM_PER_UNIT) as LengthUnit[];

/** As files write them. */
const UNIT_WORDS: Readonly<Record<LengthUnit, readonly string[]>> = {
  angstrom: ["angstrom", "angstroms", "angstroem", "angs", "ang", "a"],
  bohr: ["bohr", "bohrs", "bohrradii", "a0", "au", "atomic", "atomicunits"],
  nm: ["nm", "nanometer", "nanometers", "nanometre", "nanometres"],
  pm: ["pm", "picometer", "picometers", "picometre", "picometres"],
};

/** Where, in a line split at blanks, the label and x y z are. */
export interface Columns {
  label: number;
  position: number;
  /** Columns in all; undefined where nobody says. */
  count?: number;
}

/** What a spin is said by: 2S+1, 2S, S, or a number that may be any of them. */
export interface StatedSpin {
  by: "multiplicity" | "unpaired" | "S" | "spin";
  value: number;
  text: string;
}

interface XyzComment {
  columns: Columns;
  unit?: LengthUnit;
  charge?: number;
  spin?: StatedSpin;
  /** "0 1" and nothing else, as other programs write charge and multiplicity. */
  pair?: { charge: number; multiplicity: number };
  notes: string[];
}

/** As a message may show it: a terminal would take control characters for orders. */
export const clip = (text: string): string => {
  const printable = text.replace(/[^\P{C}\t]/gu, "?");
  return printable.length > 60 ? `${printable.slice(0, 60)}…` : printable;
};

function refuse(what: string, expected: string, got: string, mend: string): never {
  throw new DomainError(
    "invalid-input",
    `The comment of the XYZ file, ${what}: expected ${expected}, got "${clip(got)}". ${mend}`,
    { expected, got },
  );
}

/** Values of a key in the order of the text, and whether "=" or ":" stood before each. */
function valuesOf(comment: string, names: string): { value: string; isAssigned: boolean }[] {
  const key = new RegExp(
    `(?<![\\w.+=-])["']?(?:${names})["']?(?<sign>\\s*[=:]\\s*|\\s+)["']?(?<value>[^\\s,;"'(){}[\\]]+)`,
    "gi",
  );
  return [...comment.matchAll(key)].map(({ groups: { value = "", sign = "" } = {} }) => ({
    value,
    isAssigned: sign.trim() !== "",
  }));
}

/** The one value of a key; two different ones are refused. */
function theOne<T>(what: string, values: readonly T[], show: (value: T) => string): T | undefined {
  const shown = [...new Set(values.map(show))];
  if (shown.length > 1) refuse(what, "one value", shown.join(" and "), `Leave one, or give --${what}.`);
  return values[0];
}

/** "2", "+2", "-1", "2+", "1-", "1.0". */
function readInteger(text: string): number | undefined {
  const parts = /^(?:(?<before>[+-]?)(?<n>\d{1,3})(?:\.0*)?|(?<m>\d{1,3})(?<after>[+-]))$/.exec(text)?.groups;
  if (!parts) return undefined;
  const isNegative = (parts.before || parts.after) === "-";
  const value = Number(parts.n ?? parts.m);
  return isNegative && value !== 0 ? -value : value;
}

const CHARGE = "(?:(?:total|tot|net|molecular|system|overall|formal)[ _-]?)?(?:charge|chrg|chg)";
/** Charges of an atom or a point are none of the molecule. */
const OTHER_CHARGE =
  /\b(?:mulliken|l(?:ö|oe?)wdin|partial|point|atomic|nuclear|esp|resp|hirshfeld)[ _-]+charge\b/gi;

function chargeOf(comment: string, isGiven: boolean): number | undefined {
  const text = comment.replace(OTHER_CHARGE, "");
  const found = valuesOf(text, CHARGE);
  const values: number[] = [];
  for (const { value, isAssigned } of found) {
    const charge = readInteger(value);
    if (charge !== undefined) values.push(charge);
    else if (isAssigned && !isGiven) refuse("charge", "an integer", value, "Mend it, or give --charge.");
  }
  for (const { value, isAssigned } of valuesOf(text, "q")) {
    const charge = readInteger(value);
    if (isAssigned && charge !== undefined) values.push(charge);
  }
  return isGiven ? values[0] : theOne("charge", values, String);
}

const MULTIPLICITY = "(?:spin[ _-]?)?(?:multiplicity|multip|mult|mul)|spinmult|2S\\+1";
const UNPAIRED = "(?:n(?:um|r|o)?[ _-]?)?unpaired(?:[ _-]?electrons?)?|uhf|nopen|2S";
const WORDS = ["singlet", "doublet", "triplet", "quartet", "quintet", "sextet", "septet", "octet", "nonet"];

/** "3", "1.5", "3/2". */
function readFraction(text: string): number | undefined {
  const parts = /^\+?(\d{1,2}(?:\.\d*)?)(?:\/(2))?$/.exec(text);
  return parts ? Number(parts[1]) / Number(parts[2] ?? 1) : undefined;
}

function spinOf(comment: string, isGiven: boolean): StatedSpin | undefined {
  const stated: StatedSpin[] = [];
  const take = (by: StatedSpin["by"], names: string, isFor: (value: number) => boolean): void => {
    for (const { value, isAssigned } of valuesOf(comment, names)) {
      const word = WORDS.indexOf(value.toLowerCase()) + 1;
      const number = word || readFraction(value);
      // A blank alone joins only the unmistakable: "mult 3", not "UHF 6" or "spin 1".
      if (!isAssigned && (by !== "multiplicity" || number === undefined)) continue;
      if (word) stated.push({ by: "multiplicity", value: word, text: value });
      else if (number !== undefined && isFor(number)) stated.push({ by, value: number, text: value });
      // One letter may be an atom of a SMILES: S=C=S.
      else if (!isGiven && by !== "S")
        refuse("multiplicity", "a number such as 3, or triplet", value, "Mend it, or give --multiplicity.");
    }
  };
  take("multiplicity", MULTIPLICITY, (value) => Number.isInteger(value) && value >= 1);
  take("unpaired", UNPAIRED, Number.isInteger);
  take("S", "S", (value) => Number.isInteger(2 * value));
  take("spin", "(?:total[ _-]?)?spin", (value) => Number.isInteger(2 * value));
  if (isGiven) return stated[0];
  // What leaves no doubt goes before what does.
  const clear = stated.filter((one) => one.by !== "spin");
  const multiplicity = ({ by, value }: StatedSpin) =>
    by === "multiplicity" ? value : by === "unpaired" ? value + 1 : 2 * value + 1;
  return (
    theOne("multiplicity", clear, (one) => String(multiplicity(one))) ??
    theOne("multiplicity", stated, (one) => one.text)
  );
}

/** "charge, multiplicity = 1 2": both names, then both numbers. */
const JOINT = new RegExp(
  `(?<![\\w.+=-])(?:${CHARGE})["']?\\s*(?:[,/&+]|and)?\\s*["']?(?:${MULTIPLICITY})["']?(?:\\s*[=:]\\s*|\\s+)[("'[{]?` +
    "(?<charge>[+-]?\\d{1,3}[+-]?)\\s*[\\s,/;]\\s*(?<multiplicity>\\d{1,2})(?![\\w.])",
  "gi",
);
/** As on a command line: "--chrg 1 --uhf 1". */
const FLAG = /(?<!\S)--(?<name>[a-z]\w*)\s+(?=\S)/gi;

/** Every way in which a key and its value stand together, as key=value. */
const withKeys = (text: string): string =>
  text.replace(JOINT, "charge=$<charge> multiplicity=$<multiplicity>").replace(FLAG, "$<name>=");

export function readUnit(text: string): LengthUnit | undefined {
  const word = text
    .normalize("NFD") // Ångström in any spelling: without its marks.
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[.\s_-]/g, "")
    .replace(/d0$/, "");
  return LENGTH_UNITS.find((unit) => UNIT_WORDS[unit].includes(word));
}

const UNIT_KEY = "(?:(?:length|coord(?:inate)?s?|positions?|distance|xyz)[ _-]?)?units?";
const COORDINATES_IN =
  /\b(?:coord(?:inate)?s?|positions?|geometry|xyz|units?)\s+(?:are\s+)?(?:given\s+)?in\s+(?:units\s+of\s+)?([\wÅå.]+(?: units)?)/gi;
/** Bohr and Å as words of their own, not in a name of a file, in hartree/bohr or behind a number ("N2 at 4.2 bohr"). */
const BARE = /(?<![\w./=:^-])(?<!\d\.?\s*)(bohrs?|angstr(?:om|oem|öm)s?|ångstr[oö]ms?|Å)(?![\w/=^-]|\.\w)/gi;
const FRACTIONAL = /\b(?:fractional|crystal|reduced|direct|scaled)\b/i;

/** The unit that the comment names, by a key before a mere mention. */
function unitOf(comment: string, header: string): LengthUnit | undefined {
  const isKnown = (text: string) => readUnit(text) !== undefined || FRACTIONAL.test(text);
  const keyed: string[] = [
    ...[header].filter(isKnown),
    ...valuesOf(comment, UNIT_KEY)
      .filter((one) => one.isAssigned || isKnown(one.value))
      .map((one) => one.value),
    ...[...comment.matchAll(COORDINATES_IN)].map(([, unit = ""]) => unit).filter(isKnown),
    ...[comment].filter((text) => text.trim().length > 1 && readUnit(text) !== undefined),
  ];
  const fractional = keyed.find((text) => FRACTIONAL.test(text));
  if (fractional !== undefined)
    refuse("units", LENGTH_UNITS.join(", "), fractional, "Give Cartesian coordinates.");
  const mentions = [...comment.matchAll(BARE)].map(([, unit = ""]) =>
    /bohr/i.test(unit) ? "bohr" : "angstrom",
  );
  const named = keyed.length > 0 ? keyed.map((text) => readUnit(text) ?? text) : mentions;
  const unit = theOne("units", named, String);
  if (unit !== undefined && readUnit(unit) === undefined)
    refuse("units", LENGTH_UNITS.join(", "), unit, "Mend it, or give --units.");
  return unit === undefined ? undefined : readUnit(unit);
}

const PROPERTIES = /(?<!\w)properties["']?\s*[=:]\s*["']?(?<columns>[^\s"']+)["']?/i;
export const DEFAULT_COLUMNS: Columns = { label: 0, position: 1 };
const POSITION = /^(?:pos|positions?|coord(?:inate)?s?)$/i;
const SPECIES = /^(?:species|symbols?|elements?)$/i;
const NUMBER_OF_ELEMENT = /^(?:z|numbers|atomic_?numbers?)$/i;

const LABEL_COLUMN = /^(?:species|symbols?|elements?|atoms?|labels?)$/i;
const OTHER_COLUMN = /^(?:id|idx|index|no|nr|number|serial|z|type|tag|mass(?:es)?|charges?|q)$/i;

/** A comment that is a head of the columns and of nothing else, such as "symbol charge x y z". */
function headOf(comment: string): Columns | undefined {
  const names = comment
    .replace(/^\s*#/, "")
    .trim()
    .split(/[\s,]+/);
  const position = names.findIndex((_, k) => /^x y z$/i.test(names.slice(k, k + 3).join(" ")));
  const before = names.slice(0, Math.max(position, 0));
  const label = before.findIndex((name) => LABEL_COLUMN.test(name));
  const isHead = before.every((name, k) => k === label || OTHER_COLUMN.test(name));
  return label >= 0 && isHead && position > 1 ? { label, position, count: names.length } : undefined;
}

/** Extended XYZ: `Properties=name:type:columns:…`; else what a head names. */
function columnsOf(comment: string): Columns {
  const text = PROPERTIES.exec(comment)?.groups?.columns;
  if (text === undefined) return headOf(comment) ?? DEFAULT_COLUMNS;
  const parts = text.split(":");
  const expected = "name:type:columns for each, among them species:S:1 and pos:R:3";
  const wrong = (): never => refuse("Properties", expected, text, "Mend it.");
  if (parts.length % 3 !== 0) wrong();
  const at = new Map<string, { column: number; size: number }>();
  let column = 0;
  for (let i = 0; i < parts.length; i += 3) {
    const size = Number(parts[i + 2]);
    if (!(Number.isInteger(size) && size >= 1)) wrong();
    at.set(parts[i]!, { column, size });
    column += size;
  }
  const find = (name: RegExp, size: number) =>
    [...at].find(([key, one]) => name.test(key) && one.size === size)?.[1].column;
  const label = find(SPECIES, 1) ?? find(NUMBER_OF_ELEMENT, 1);
  const position = find(POSITION, 3);
  if (label === undefined || position === undefined) return wrong();
  return { label, position, count: column };
}

const CELL =
  /(?<!\w)(?:lattice|cell|unit_?cell|cell_?vectors?)\s*[=:]|^\s*(?:periodic|surface|wire|slab)\s+[\d.]/i;
const PERIODIC = /(?<!\w)pbc\s*[=:]\s*["'[{(]*\s*(?<axes>[TF01]\w*(?:[\s,]+[TF01]\w*){0,2})/i;

/** Whether the frame is said to repeat in space: by a cell, unless pbc says that it does not. */
function isPeriodic(comment: string): boolean {
  const axes = PERIODIC.exec(comment)?.groups?.axes;
  return axes === undefined ? CELL.test(comment) : /[T1]/i.test(axes);
}

/** Words, and a formula such as [H2O]2+. */
const OF_CHARGE =
  /\b(?:[Cc]harged?|CHARGED?|\w*(?:[Cc]at|[Aa]n)ions?|CATION|ANION)\b|(?<!\S)\[?(?:[A-Z][a-z]?\d*|[()]\d*)+\]?\^?\d?[+-](?![^\s,;)])/;
/** Words, and magnetic moments of ASE that are not zero. */
const OF_SPIN =
  /\b(?:multiplicity|\w*radical|spin|singlet|doublet|triplet|quartet|quintet)\b|\bmagmom\s*[=:]\s*["']?-?[\d.]*[1-9]/i;
/** Columns that ASE begins its calculations from. */
const INITIAL = /\binitial_(?:charges|magmoms)\b/;
const PAIR = /^\s*(?<charge>[+-]?\d)(?:\s+|,\s*)(?<multiplicity>[1-9])(?<rest>\s.*)?$/;
/** Such as "1 -1", which no charge and multiplicity are. */
const TWO_NUMBERS = /^\s*[+-]?\d{1,2}[\s,]+[+-]?\d{1,2}\s*$/;

/** What was given beside the file, so that the comment need not say it. */
export interface Given {
  charge?: number | undefined;
  multiplicity?: number | undefined;
  unit?: LengthUnit | undefined;
}

/**
 * @param comment line 2 of the frame
 * @param header what follows the number of atoms on line 1, such as "bohr"
 * @throws DomainError "invalid-input" for a key whose value is none, and for two values of one key
 */
export function readComment(comment: string, header: string, given: Given = {}): XyzComment {
  const [unitWord = "", ...more] = header.split(/\s+/);
  const rest = readUnit(unitWord) === undefined ? header : more.join(" ");
  const said = headOf(comment) ? "" : comment;
  const text = withKeys(`${said} ${rest}`.replace(/[−–]/g, "-").replace(PROPERTIES, " "));
  const charge = chargeOf(text, given.charge !== undefined);
  const spin = spinOf(text, given.multiplicity !== undefined);
  const unit = given.unit ?? unitOf(text, unitWord);
  const notes: string[] = [];
  if (isPeriodic(text))
    notes.push("The file describes a periodic cell; its atoms are computed as one isolated molecule.");
  const pair = PAIR.exec(text)?.groups;
  const isSilent = charge === undefined && spin === undefined;
  const isPair = isSilent && pair !== undefined && pair.rest?.trim() === "";
  const isUsual = pair?.charge === "0" && pair.multiplicity === "1";
  const isUnread = (stated: unknown, beside: unknown, words: RegExp) =>
    stated === undefined &&
    beside === undefined &&
    (words.test(text) ||
      INITIAL.test(comment) ||
      (isSilent && !isUsual && (pair !== undefined || TWO_NUMBERS.test(text))));
  if (!isPair && (isUnread(charge, given.charge, OF_CHARGE) || isUnread(spin, given.multiplicity, OF_SPIN)))
    notes.push(
      `The comment "${clip(comment.trim())}" may tell of charge or spin, but not as charge=… multiplicity=…; it is not used: see --charge and --multiplicity.`,
    );
  if (unit === undefined && /(?<![\w./])(?:a\.u\.|au|atomic units)(?![\w/])/i.test(text))
    notes.push(
      "The comment speaks of atomic units, not of coordinates in them: Å is taken; for bohr give --units bohr.",
    );
  return {
    columns: columnsOf(comment),
    ...(unit !== undefined && { unit }),
    ...(charge !== undefined && { charge }),
    ...(spin !== undefined && { spin }),
    ...(isPair && { pair: { charge: Number(pair.charge), multiplicity: Number(pair.multiplicity) } }),
    notes,
  };
}
