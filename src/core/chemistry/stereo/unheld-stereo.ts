/** Stereo that SMILES can say and this program cannot hold: RDKit drops it without a word, or gives it no canonical form. */
import { readGraph, SMALLEST_TRANS_RING } from "../toolkit/graph.ts";
import { neighbourClasses } from "../toolkit/neighbour-classes.ts";
import { type InvalidMolecule, isInvalid } from "../toolkit/notation.ts";
import { type Mol, parseSmiles, type RDKit } from "../toolkit/rdkit.ts";
import { readMarks, type WrittenAtom, type WrittenBond } from "./smiles-marks.ts";

const NON_TETRAHEDRAL = /@(SP|TB|OH)\d*/;
const ARRANGEMENT: Record<string, string> = {
  SP: "square planar",
  TB: "trigonal bipyramidal",
  OH: "octahedral",
};
const LEAVE_OUT = "leave the marks out to have the program choose an isomer";

/**
 * Why a SMILES is refused for its stereo; undefined where all that it says is kept or means nothing.
 *
 * Refused are square planar, bipyramidal and octahedral centres, the axes of allenes, cis and trans at the ends of cumulenes, and
 * trans double bonds in rings of fewer than eight atoms.
 */
export function unheldStereo(smiles: string): string | undefined {
  const [mark, kind = ""] = NON_TETRAHEDRAL.exec(smiles) ?? [];
  if (mark !== undefined) return `${ARRANGEMENT[kind]} stereo (${mark}) cannot be kept; ${LEAVE_OUT}`;
  if (!/[@/\\]/.test(smiles)) return undefined;
  const atoms = readMarks(smiles);
  const what = alleneAxis(atoms) ?? cumuleneAxis(atoms) ?? transInSmallRing(atoms);
  return what && `${what} cannot be kept; ${LEAVE_OUT}`;
}

/** As parseSmiles, and refuses a SMILES whose stereo would be dropped: what a proposal or a person brings comes in here. */
export function parseHeldSmiles(rdkit: RDKit, smiles: string): Mol | InvalidMolecule {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return parsed;
  const reason = unheldStereo(smiles);
  if (reason === undefined) return parsed;
  parsed.delete();
  return { outcome: "invalid", reason };
}

const isDouble = ({ symbol }: WrittenBond): boolean => symbol === "=";
const isMarked = ({ symbol }: WrittenBond): boolean => symbol === "/" || symbol === "\\";
const doubles = ({ bonds }: WrittenAtom): WrittenBond[] => bonds.filter(isDouble);
const other = ({ from, to }: WrittenBond, atom: number): number => (from === atom ? to : from);

/** Two double bonds and no other: a sulfone's sulfur has more. */
const isCumulated = (atom: WrittenAtom): boolean => atom.bonds.length === 2 && doubles(atom).length === 2;

function alleneAxis(atoms: readonly WrittenAtom[]): string | undefined {
  const centre = atoms.findIndex((atom) => atom.text.includes("@") && isCumulated(atom));
  return centre < 0
    ? undefined
    : `The handedness of the allene at atom ${centre + 1}, ${atoms[centre]!.text},`;
}

/** The ends of the chain of double bonds that begins at this atom, and its number of bonds. */
function chainFrom(atoms: readonly WrittenAtom[], begin: number): { end: number; length: number } {
  let bond = doubles(atoms[begin]!)[0]!;
  let end = other(bond, begin);
  let length = 1;
  while (isCumulated(atoms[end]!) && length < atoms.length) {
    // A cumulated atom has a second one.
    bond = doubles(atoms[end]!).find((next) => next !== bond)!;
    end = other(bond, end);
    length++;
  }
  return { end, length };
}

function cumuleneAxis(atoms: readonly WrittenAtom[]): string | undefined {
  for (const [begin, atom] of atoms.entries()) {
    if (doubles(atom).length !== 1 || !atom.bonds.some(isMarked)) continue;
    const { end, length } = chainFrom(atoms, begin);
    if (length < 2 || !atoms[end]!.bonds.some(isMarked)) continue;
    const ends = `at the ends of the ${length} double bonds from atom ${begin + 1} to ${end + 1}`;
    return `Cis or trans ${ends}${length % 2 === 0 ? ", which stand at right angles and have neither," : ""}`;
  }
  return undefined;
}

/** Bonds of the shortest way between two atoms that does not use their own bond; undefined where there is none. */
function ringPath(atoms: readonly WrittenAtom[], bond: WrittenBond): number[] | undefined {
  const before = new Map<number, number>([[bond.from, -1]]);
  const queue = [bond.from];
  for (let atom = queue.shift(); atom !== undefined; atom = queue.shift()) {
    for (const step of atoms[atom]!.bonds) {
      const next = other(step, atom);
      if (step === bond || before.has(next)) continue;
      before.set(next, atom);
      if (next !== bond.to) {
        queue.push(next);
        continue;
      }
      const path: number[] = [];
      // Every atom on the way back was reached from another.
      for (let at = next; at !== -1; at = before.get(at)!) path.push(at);
      return path;
    }
  }
  return undefined;
}

/** 1 where the marked neighbour lies above the atom, −1 below; with the neighbour. */
function sideOf(
  atoms: readonly WrittenAtom[],
  atom: number,
): { neighbour: number; side: number } | undefined {
  const bond = atoms[atom]!.bonds.find(isMarked);
  if (!bond) return undefined;
  const rises = bond.symbol === "/" ? 1 : -1;
  return { neighbour: other(bond, atom), side: bond.from === atom ? rises : -rises };
}

function transInSmallRing(atoms: readonly WrittenAtom[]): string | undefined {
  for (const bond of new Set(atoms.flatMap(doubles))) {
    const [first, second] = [sideOf(atoms, bond.from), sideOf(atoms, bond.to)];
    if (!first || !second) continue;
    const ring = ringPath(atoms, bond);
    if (!ring || ring.length >= SMALLEST_TRANS_RING) continue;
    const inRing = (atom: number): number => (ring.includes(atom) ? 1 : -1);
    if (first.side * second.side * inRing(first.neighbour) * inRing(second.neighbour) > 0) continue;
    return `A trans double bond in a ring of ${ring.length} atoms (atoms ${bond.from + 1} and ${bond.to + 1})`;
  }
  return undefined;
}

/**
 * Atoms, as they are written, whose marks RDKit drops although their neighbours all differ: nitrogens of three bonds, which
 * turn inside out, but also that of an oxaziridine, which does not.
 */
export function droppedMarks(rdkit: RDKit, smiles: string): string[] {
  if (!smiles.includes("@")) return [];
  const written = readMarks(smiles);
  // Hydrogens that are written out are atoms of the text; RDKit drops the stereo of three-membered rings as it removes them.
  const hasHydrogens = written.some(({ text }) => text === "[H]");
  using mol = rdkit.get_mol(smiles, JSON.stringify({ removeHs: !hasHydrogens }));
  if (!mol) return [];
  const classes = neighbourClasses(readGraph(mol));
  const { atoms } = (JSON.parse(mol.get_json()) as StereoJson).molecules[0];
  const isKept = (i: number): boolean => atoms[i]?.stereo === "cw" || atoms[i]?.stereo === "ccw";
  const couldBe = (i: number): boolean =>
    classes[i] !== undefined && classes[i].length >= 3 && new Set(classes[i]).size === classes[i].length;
  return written.flatMap(({ text }, i) =>
    text.includes("@") && !isKept(i) && couldBe(i) ? [`${text} (atom ${i + 1})`] : [],
  );
}

interface StereoJson {
  molecules: [{ atoms: { stereo?: string }[] }];
}
