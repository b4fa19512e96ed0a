/**
 * SMARTS, read and matched on plain molecules as RDKit would: atoms by element, charge, hydrogens, degree, connectivity, valence and
 * rings, recursive ones among them; bonds by order and ring. Stereo, components, isotopes and sizes of rings are not read. No aromatic
 * atom has a valence here, as it has to RDKit: no catalogue asks for one.
 *
 * Daylight Theory Manual, chapter 4, and the RDKit Book for what it leaves open.
 */
import { ALL_SYMBOLS } from "../toolkit/elements.ts";
import { AROMATIC_BOND } from "../toolkit/graph.ts";
import type { PlainAtom, PlainBond, PlainMolecule } from "./plain-molecule.ts";

type Test<A, B, C> = (a: A, b: B, c: C) => boolean;
/** Of an atom, its molecule and its index there. */
type AtomTest = Test<PlainAtom, PlainMolecule, number>;
type BondTest = (bond: PlainBond) => boolean;

/** An atom of a pattern, with its bonds to atoms before it. */
interface Node {
  test: AtomTest;
  /** The first of them leads to the atom; none where it is the pattern's first. */
  bonds: { to: number; test: BondTest }[];
}

/** In the order of writing: every atom but the first is bonded to one before it. */
export type Smarts = readonly Node[];

class NotRead extends Error {}

const isSingleOrAromatic: BondTest = ({ type }) => type === 1 || type === AROMATIC_BOND;
const BOND: Readonly<Record<string, BondTest>> = {
  "-": ({ type }) => type === 1,
  "=": ({ type }) => type === 2,
  "#": ({ type }) => type === 3,
  ":": ({ type }) => type === AROMATIC_BOND,
  "~": () => true,
  "@": ({ inRing }) => inRing,
};

const SYMBOLS = new Map(ALL_SYMBOLS.map((symbol, i) => [symbol, i + 1]));
const AROMATIC_SYMBOLS = ["b", "c", "n", "o", "p", "s", "se", "as", "te", "si"];

/** A position in a text. */
interface Reader {
  readonly text: string;
  at: number;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text) ?? undefined;
  if (found) reader.at += found[0].length;
  return found;
}

/** The verdict as soon as one test has it; arguments are spelled out, as this is where the time goes. */
function joined<A, B, C>(tests: readonly Test<A, B, C>[], verdict: boolean): Test<A, B, C> {
  const [first, second, third] = tests;
  // No expression is empty.
  if (!second) return first!;
  if (!third)
    return verdict
      ? (a, b, c) => first!(a, b, c) || second(a, b, c)
      : (a, b, c) => first!(a, b, c) && second(a, b, c);
  return (a, b, c) => {
    for (const test of tests) if (test(a, b, c) === verdict) return verdict;
    return !verdict;
  };
}

/** Expressions of "!", "&" or nothing, ",", ";" in the order of their strength. */
function expression<A, B, C>(
  reader: Reader,
  { primitive, ends }: { primitive: (reader: Reader) => Test<A, B, C>; ends: (next: string) => boolean },
): Test<A, B, C> {
  const next = (): string => reader.text[reader.at] ?? "";
  const not = (): Test<A, B, C> => {
    if (!take(reader, /!/y)) return primitive(reader);
    const test = not();
    return (a, b, c) => !test(a, b, c);
  };
  const and = (): Test<A, B, C> => {
    const tests = [not()];
    while (!/[,;]/.test(next()) && !ends(next())) {
      take(reader, /&/y);
      tests.push(not());
    }
    return joined(tests, false);
  };
  const or = (): Test<A, B, C> => {
    const tests = [and()];
    while (take(reader, /,/y)) tests.push(and());
    return joined(tests, true);
  };
  const tests = [or()];
  while (take(reader, /;/y)) tests.push(or());
  return joined(tests, false);
}

function elementTest(symbol: string): AtomTest | undefined {
  const isAromatic = AROMATIC_SYMBOLS.includes(symbol);
  // An aromatic symbol has a first letter.
  const z = SYMBOLS.get(isAromatic ? symbol[0]!.toUpperCase() + symbol.slice(1) : symbol);
  return z === undefined ? undefined : (atom) => atom.z === z && atom.isAromatic === isAromatic;
}

/** The text between brackets that the reader has just entered. */
function inParentheses(reader: Reader): string {
  const begin = reader.at;
  for (let depth = 1; depth > 0; reader.at++) {
    if (reader.at >= reader.text.length) throw new NotRead();
    const next = reader.text[reader.at];
    depth += next === "(" ? 1 : next === ")" ? -1 : 0;
  }
  return reader.text.slice(begin, reader.at - 1);
}

/** What a letter with a number says of an atom; a number that is not there is 1. */
const COUNTED: Readonly<Record<string, (atom: PlainAtom) => number>> = {
  H: ({ hydrogens }) => hydrogens,
  D: ({ bonds }) => bonds.length,
  X: ({ bonds, hydrogens }) => bonds.length + hydrogens,
  v: ({ valence }) => valence,
};

function atomPrimitive(reader: Reader): AtomTest {
  if (take(reader, /\*/y)) return () => true;
  if (take(reader, /\$\(/y)) {
    const inner = parse(inParentheses(reader));
    return (_, molecule, index) => matchesAt(inner, molecule, index);
  }
  const number = take(reader, /#(\d+)/y);
  if (number) return ({ z }) => z === Number(number[1]);
  const charge = take(reader, /\+\d+|-\d+|\++|-+/y)?.[0];
  if (charge !== undefined) {
    const sign = charge.startsWith("+") ? 1 : -1;
    const size = /\d/.test(charge) ? Number(charge.slice(1)) : charge.length;
    return (atom) => atom.charge === sign * size;
  }
  const long = take(reader, /[A-Z][a-z]|se|as|te|si/y)?.[0];
  if (long !== undefined) {
    const test = elementTest(long);
    if (test) return test;
    reader.at -= long.length;
  }
  const ring = take(reader, /([Rr])(\d*)/y);
  if (ring) {
    const [, kind, size] = ring;
    if (size === "") return ({ rings }) => rings > 0;
    if (kind === "r") throw new NotRead();
    return ({ rings }) => rings === Number(size);
  }
  const counted = take(reader, /([HDXv])(\d*)/y);
  if (counted) {
    const [, what, size] = counted;
    // One of the four letters was found.
    const of = COUNTED[what!]!;
    const wanted = size === "" ? 1 : Number(size);
    return (atom) => of(atom) === wanted;
  }
  if (take(reader, /A/y)) return ({ isAromatic }) => !isAromatic;
  if (take(reader, /a/y)) return ({ isAromatic }) => isAromatic;
  const test = elementTest(take(reader, /[A-Za-z]/y)?.[0] ?? "");
  if (!test) throw new NotRead();
  return test;
}

function bondPrimitive(reader: Reader): BondTest {
  const test = BOND[take(reader, /[-=#:~@]/y)?.[0] ?? ""];
  if (!test) throw new NotRead();
  return test;
}

function readAtom(reader: Reader): AtomTest {
  // An atom of hydrogen, which a plain molecule has not; in any other expression H counts.
  if (take(reader, /\[H\]/y)) return () => false;
  if (take(reader, /\[/y)) {
    const test = expression<PlainAtom, PlainMolecule, number>(reader, {
      primitive: atomPrimitive,
      ends: (next) => next === "]" || next === "",
    });
    if (!take(reader, /\]/y)) throw new NotRead();
    return test;
  }
  const symbol = take(reader, /Br|Cl|[BCNOPSFI]|[bcnops]|[*Aa]/y)?.[0];
  if (symbol === undefined) throw new NotRead();
  return atomPrimitive({ text: symbol, at: 0 });
}

function readBond(reader: Reader): BondTest | undefined {
  if (!/[-=#:~@!]/.test(reader.text[reader.at] ?? "")) return undefined;
  const test = expression<PlainBond, undefined, undefined>(reader, {
    primitive: bondPrimitive,
    ends: (next) => !/[-=#:~@!&]/.test(next),
  });
  return (bond) => test(bond, undefined, undefined);
}

function parse(text: string): Smarts {
  const reader: Reader = { text, at: 0 };
  const nodes: Node[] = [];
  const branches: number[] = [];
  const openings = new Map<string, { atom: number; bond: BondTest | undefined }>();
  let last = -1;
  while (reader.at < text.length) {
    if (take(reader, /\(/y)) {
      if (last < 0) throw new NotRead();
      branches.push(last);
      continue;
    }
    if (take(reader, /\)/y)) {
      const branch = branches.pop();
      if (branch === undefined) throw new NotRead();
      last = branch;
      continue;
    }
    const bond = readBond(reader);
    const closure = take(reader, /%\d\d|\d/y)?.[0];
    if (closure === undefined) {
      const test = readAtom(reader);
      nodes.push({ test, bonds: last < 0 ? [] : [{ to: last, test: bond ?? isSingleOrAromatic }] });
      last = nodes.length - 1;
      continue;
    }
    if (last < 0) throw new NotRead();
    const opening = openings.get(closure);
    if (!opening) openings.set(closure, { atom: last, bond });
    else {
      openings.delete(closure);
      const [first, second] = [Math.min(opening.atom, last), Math.max(opening.atom, last)];
      nodes[second]?.bonds.push({ to: first, test: bond ?? opening.bond ?? isSingleOrAromatic });
    }
  }
  if (nodes.length === 0 || openings.size > 0 || branches.length > 0) throw new NotRead();
  return nodes;
}

/** @returns undefined for a SMARTS that says what is not read here */
export function readSmarts(text: string): Smarts | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof NotRead) return undefined;
    throw error;
  }
}

function bondBetween(molecule: PlainMolecule, from: number, to: number): PlainBond | undefined {
  for (const bond of molecule[from]!.bonds) if (bond.to === to) return bond;
  return undefined;
}

/** Whether an atom can stand where the pattern's next one is. */
function fits(pattern: Smarts, molecule: PlainMolecule, placed: readonly number[], atom: number): boolean {
  if (placed.includes(atom)) return false;
  const { test, bonds } = pattern[placed.length]!;
  for (const { to, test: isBond } of bonds) {
    const bond = bondBetween(molecule, atom, placed[to]!);
    if (!bond || !isBond(bond)) return false;
  }
  return test(molecule[atom]!, molecule, atom);
}

/** Whether the rest of a pattern can be placed. */
function canPlace(pattern: Smarts, molecule: PlainMolecule, placed: number[]): boolean {
  if (placed.length === pattern.length) return true;
  // All but the first are bonded to one before them.
  const { to: parent } = pattern[placed.length]!.bonds[0]!;
  for (const { to } of molecule[placed[parent]!]!.bonds) {
    if (!fits(pattern, molecule, placed, to)) continue;
    placed.push(to);
    if (canPlace(pattern, molecule, placed)) return true;
    placed.pop();
  }
  return false;
}

/** Whether the pattern matches with its first atom at this one. */
export function matchesAt(pattern: Smarts, molecule: PlainMolecule, atom: number): boolean {
  if (!pattern[0]!.test(molecule[atom]!, molecule, atom)) return false;
  return pattern.length === 1 || canPlace(pattern, molecule, [atom]);
}

export function matchesAnywhere(pattern: Smarts, molecule: PlainMolecule): boolean {
  for (let atom = 0; atom < molecule.length; atom++) if (matchesAt(pattern, molecule, atom)) return true;
  return false;
}

/** Atoms at which a pattern can begin. */
export function countMatchedAtoms(pattern: Smarts, molecule: PlainMolecule): number {
  let count = 0;
  for (let atom = 0; atom < molecule.length; atom++) if (matchesAt(pattern, molecule, atom)) count++;
  return count;
}
