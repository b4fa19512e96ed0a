/**
 * A SMILES grammar that keeps sampling on valid molecules: branches and rings get closed, valences fit, aromatic systems have a
 * Kekulé structure. It looks one token ahead: a string it accepts to the end is a valid molecule but for rare cases.
 */
import { type AtomType, atomType, isHypervalent, isSulfur } from "./grammar-atom.ts";
import { hasKekuleStructure } from "./kekule.ts";
import { ringBonds } from "./ring-bonds.ts";
import { END, isRingLabel, type Vocabulary } from "./vocabulary.ts";

interface Atom {
  readonly type: AtomType;
  /** Sum of bond orders, for an aromatic atom the number of neighbours; bonds of open rings included. */
  readonly used: number;
  readonly neighbours: readonly number[];
  /** Neighbours over a bond that may be aromatic. */
  readonly aromatic: readonly number[];
  readonly exocyclicDoubleBond: boolean;
  /** Part of `used` that bonds of hypervalent sulfur may take. */
  readonly hypervalent: number;
}

interface OpenRing {
  readonly atom: number;
  /** Bond order written at the opening, 0 for none. */
  readonly bond: number;
}

/** What has been written so far; never changed in place. */
export interface GrammarState {
  readonly atoms: readonly Atom[];
  readonly current: number;
  /** The token before; a bond right after an atom or a ring label may still belong to a ring label. */
  readonly last: "start" | "atom" | "ring" | "bond" | "branch" | "end-of-branch" | "branch-bond";
  /** Order of the bond token just written, 0 for none. */
  readonly bond: number;
  readonly branches: readonly number[];
  readonly rings: ReadonlyMap<string, OpenRing>;
  readonly length: number;
}

/** A part of the molecule that one bond joins to the rest: what was open before it began stays open and takes no other bond from it. */
export interface Enclosure {
  /** Branches that were open. */
  readonly branches: number;
  /** Labels of rings that were open. */
  readonly rings: ReadonlySet<string>;
}

const NOT_ENCLOSED: Enclosure = { branches: 0, rings: new Set() };

/** Decides token by token what may follow. */
export interface Grammar {
  readonly start: GrammarState;
  /** The state after the token, or undefined where it may not follow. */
  next(state: GrammarState, token: number, enclosure?: Enclosure): GrammarState | undefined;
}

const BOND_ORDER: Readonly<Record<string, number>> = { "-": 1, "=": 2, "#": 3 };
const START: GrammarState = {
  atoms: [],
  current: -1,
  last: "start",
  bond: 0,
  branches: [],
  rings: new Map(),
  length: 0,
};
/** Tokens that closing one ring and going on may take. */
export const RING_COST = 3;

/** Makes the grammar of a vocabulary. @param maxTokens the sampler's limit: near it only what closes rings and branches may follow */
export function createGrammar(vocabulary: Vocabulary, maxTokens: number): Grammar {
  const types = vocabulary.tokens.map(atomType);
  const labels = vocabulary.tokens.filter(isRingLabel).length;
  return {
    start: START,
    next(state, token, enclosure = NOT_ENCLOSED) {
      if (token === END) return atEnd(state) ? state : undefined;
      const text = vocabulary.tokens[token]!;
      const type = types[token];
      const next = type ? addAtom(state, type) : addMark(state, text);
      if (!next) return undefined;
      const after = { ...next, length: state.length + 1 };
      if (!canFinish(after, maxTokens, enclosure)) return undefined;
      const canOpenRing = after.rings.size < labels;
      return closesNothing(state, after) || isSound(after, enclosure, canOpenRing) ? after : undefined;
    },
  };
}

function addMark(state: GrammarState, text: string): Omit<GrammarState, "length"> | undefined {
  if (text in BOND_ORDER) return addBond(state, BOND_ORDER[text]!);
  if (text === "(") return openBranch(state);
  if (text === ")") return closeBranch(state);
  return isRingLabel(text) ? addRingLabel(state, text) : undefined;
}

function addAtom(state: GrammarState, type: AtomType) {
  const atom: Atom = {
    type,
    used: 0,
    neighbours: [],
    aromatic: [],
    exocyclicDoubleBond: false,
    hypervalent: 0,
  };
  const placed = {
    ...state,
    atoms: [...state.atoms, atom],
    current: state.atoms.length,
    last: "atom",
    bond: 0,
  } as const;
  if (state.last === "start") return placed;
  const atoms = bonded(placed.atoms, state.current, placed.current, state.bond);
  return atoms && { ...placed, atoms };
}

function addBond(state: GrammarState, bond: number) {
  const afterAtom = state.last === "atom" || state.last === "ring";
  if (!afterAtom && state.last !== "branch" && state.last !== "end-of-branch") return undefined;
  const last = afterAtom ? "bond" : "branch-bond";
  return hasRoom(state.atoms[state.current]!, bond) ? ({ ...state, last, bond } as const) : undefined;
}

function openBranch(state: GrammarState) {
  if (!["atom", "ring", "end-of-branch"].includes(state.last) || !canGrow(state.atoms[state.current]!))
    return undefined;
  return { ...state, branches: [...state.branches, state.current], last: "branch" } as const;
}

function closeBranch(state: GrammarState) {
  const current = state.branches.at(-1);
  if (current === undefined || !["atom", "ring", "end-of-branch"].includes(state.last)) return undefined;
  return {
    ...state,
    current,
    branches: state.branches.slice(0, -1),
    last: "end-of-branch",
  } as const;
}

function addRingLabel(state: GrammarState, label: string) {
  if (!["atom", "ring", "bond"].includes(state.last)) return undefined;
  const rings = new Map(state.rings);
  const open = state.rings.get(label);
  if (open === undefined) {
    if (!fits(state.atoms[state.current]!, state.bond || 1)) return undefined;
    rings.set(label, { atom: state.current, bond: state.bond });
    const atoms = reserve(state.atoms, state.current, state.bond || 1);
    return { ...state, atoms, rings, bond: 0, last: "ring" } as const;
  }
  if (open.bond && state.bond && open.bond !== state.bond) return undefined;
  if (open.atom === state.current || state.atoms[state.current]!.neighbours.includes(open.atom))
    return undefined;
  rings.delete(label);
  const released = reserve(state.atoms, open.atom, -(open.bond || 1));
  const atoms = bonded(released, open.atom, state.current, open.bond || state.bond);
  return atoms && ({ ...state, atoms, rings, bond: 0, last: "ring" } as const);
}

/** Valence that a bond takes: an aromatic atom counts neighbours, and of double bonds only one to a neighbour outside the ring. */
const cost = (atom: Atom, bond: number) => (atom.type.aromatic ? 1 : bond);

/** A double bond beside the aromatic ones: neutral nitrogen would have five bonds. */
const takesDoubleBond = ({ type, exocyclicDoubleBond }: Atom) =>
  !exocyclicDoubleBond && (type.symbol !== "n" || type.exact);

function hasRoom(atom: Atom, bond: number): boolean {
  if (atom.type.aromatic && (bond > 2 || (bond === 2 && !takesDoubleBond(atom)))) return false;
  return atom.used + cost(atom, bond) <= atom.type.capacity;
}

/** Two bonds of sulfur may be of any kind. */
const isUsual = ({ type, used, hypervalent }: Atom, bond: number) =>
  !isSulfur(type) || used - hypervalent + bond <= 2;

/** Room for a bond to any atom. */
const fits = (atom: Atom, bond: number) => hasRoom(atom, bond) && isUsual(atom, bond);

/** Room for a bond to some atom: sulfur with two bonds takes =O. */
const canGrow = (atom: Atom) => fits(atom, 1) || (isSulfur(atom.type) && hasRoom(atom, 2));

const fitsWith = (atom: Atom, other: Atom, bond: number) =>
  isHypervalent(other.type, bond) ? hasRoom(atom, bond) : fits(atom, bond);

const replaced = (atoms: readonly Atom[], index: number, change: Partial<Atom>) =>
  atoms.with(index, { ...atoms[index]!, ...change });

const reserve = (atoms: readonly Atom[], index: number, bond: number) =>
  replaced(atoms, index, {
    used: atoms[index]!.used + Math.sign(bond) * cost(atoms[index]!, Math.abs(bond)),
  });

/** The atoms with a bond between two of them; bond 0 is single, or aromatic between aromatic atoms. Undefined where it does not fit. */
function bonded(atoms: readonly Atom[], a: number, b: number, bond: number): readonly Atom[] | undefined {
  const order = bond || 1;
  const [first, second] = [atoms[a]!, atoms[b]!];
  if (!fitsWith(first, second, order) || !fitsWith(second, first, order)) return undefined;
  const aromatic = bond === 0 && first.type.aromatic && second.type.aromatic;
  const withBond = (atom: Atom, other: Atom, place: number): Partial<Atom> => ({
    used: atom.used + cost(atom, order),
    neighbours: [...atom.neighbours, place],
    aromatic: aromatic ? [...atom.aromatic, place] : atom.aromatic,
    exocyclicDoubleBond: atom.exocyclicDoubleBond || order === 2,
    hypervalent: atom.hypervalent + (isHypervalent(other.type, order) ? order : 0),
  });
  return replaced(replaced(atoms, a, withBond(first, second, b)), b, withBond(second, first, a));
}

/** True where open rings and branches can still be closed: there is an atom to go on from, and room. */
function canFinish(state: GrammarState, maxTokens: number, { branches, rings }: Enclosure): boolean {
  const left = maxTokens - state.length;
  if (left < state.rings.size * RING_COST + state.branches.length + (state.bond ? 1 : 0)) return false;
  if (state.rings.size === rings.size) return true;
  return [state.current, ...state.branches.slice(branches)].some((atom) => canGrow(state.atoms[atom]!));
}

function atEnd(state: GrammarState): boolean {
  if (!["atom", "ring", "end-of-branch"].includes(state.last)) return false;
  if (state.branches.length > 0 || state.rings.size > 0) return false;
  return isSound({ ...state, current: -1 }, NOT_ENCLOSED, false);
}

/**
 * After a bond, the opening of a branch or of a ring all open atoms stay open: what was sound still is. But a bond takes room of an
 * aromatic ring, and a branch the double bond of aromatic nitrogen.
 */
function closesNothing(before: GrammarState, after: GrammarState): boolean {
  const { aromatic, symbol } = after.atoms[after.current]!.type;
  if (after.bond > 0) return !aromatic;
  return after.last === "branch" ? symbol !== "n" : after.rings.size > before.rings.size;
}

/**
 * Atoms that nothing can be bonded to any more must have their valence (sulfur 2, 4 or 6), two bonds of an aromatic ring, and a
 * Kekulé structure; aromatic atoms that are open must have room for what they lack of a ring, and a label for it.
 */
function isSound(state: GrammarState, enclosure: Enclosure, canOpenRing: boolean): boolean {
  const { inside, outside } = openAtoms(state, enclosure);
  const canCloseRing = canOpenRing || state.rings.size > enclosure.rings.size;
  const ringNeighbours = aromaticRingNeighbours(state.atoms, [inside, outside]);
  const partners = new Map<number, readonly number[]>();
  const required: number[] = [];
  for (const [index, atom] of state.atoms.entries()) {
    const { type } = atom;
    // Only aromatic atoms are looked at while a bond is to come.
    const pending = index === state.current && (state.bond > 0 || state.last === "branch") ? 1 : 0;
    const used = atom.used + pending;
    const inRing = ringNeighbours?.[index] ?? [];
    const isFull = pending > 0 && used === type.capacity;
    const isOpen = inside.has(index) || outside.has(index);
    if (isOpen && isFull && state.last === "branch" && !type.needsDoubleBond(atom.neighbours.length + 1))
      continue;
    if (isOpen && !(isFull && state.bond > 0)) {
      if (!type.aromatic) continue;
      if (inRing.length + aromaticRoom(index, state) < 2) return false;
      if (!canCloseRing && !outside.has(index) && inRing.length < 2) return false;
      partners.set(index, inRing);
      continue;
    }
    if (type.exact && used !== type.capacity) return false;
    // RDKit would give it a hydrogen: [SH] with three bonds.
    if (isSulfur(type) && used > 2 && used % 2 === 1) return false;
    if (!type.aromatic) continue;
    if (inRing.length < 2) return false;
    const isExocyclic = atom.exocyclicDoubleBond || (pending > 0 && state.bond === 2);
    if (isExocyclic || !type.needsDoubleBond(atom.neighbours.length + pending)) continue;
    partners.set(index, inRing);
    required.push(index);
  }
  return required.length === 0 || hasKekuleStructure(partners, required);
}

/** Aromatic bonds that an open atom may still get: of those that it has room for, the bonds just written and of open rings may be none. */
function aromaticRoom(index: number, { atoms, current, bond, rings }: GrammarState): number {
  const { type, used } = atoms[index]!;
  const open = [...rings.values()].filter((ring) => ring.atom === index && ring.bond === 0).length;
  return type.capacity - used + open - (index === current && bond > 0 ? 1 : 0);
}

/** Atoms that may still get a bond, within the enclosure and outside it; the atom that it begins at may be among both. */
function openAtoms({ atoms, current, branches, rings }: GrammarState, enclosure: Enclosure) {
  const growing = (indices: readonly number[]) =>
    indices.filter((index) => index >= 0 && canGrow(atoms[index]!));
  const ringAtoms = (isOutside: boolean) =>
    [...rings].flatMap(([label, { atom }]) => (enclosure.rings.has(label) === isOutside ? [atom] : []));
  return {
    inside: new Set([...ringAtoms(false), ...growing([current, ...branches.slice(enclosure.branches)])]),
    outside: new Set([...ringAtoms(true), ...growing(branches.slice(0, enclosure.branches))]),
  };
}

/** Neighbours over aromatic bonds that lie in a ring, or still may: the open atoms of a group may come to be joined by what is not yet written. */
function aromaticRingNeighbours(
  atoms: readonly Atom[],
  groups: readonly ReadonlySet<number>[],
): readonly (readonly number[])[] | undefined {
  if (!atoms.some((atom) => atom.type.aromatic)) return undefined;
  const graph = atoms.map((atom, i) => [
    ...atom.neighbours,
    ...groups.flatMap((group, k) => (group.has(i) ? [atoms.length + k] : [])),
  ]);
  const inRing = ringBonds([...graph, ...groups.map((group) => [...group])]);
  return atoms.map((atom, i) => atom.aromatic.filter((other) => inRing(i, other)));
}
