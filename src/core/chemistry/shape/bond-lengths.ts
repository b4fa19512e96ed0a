/** What a bond's length says about a conformer, and hydrogens at the distances that are measured. */
import type { Molecule } from "openchemlib/debug";
import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";

const HYDROGEN = 1;
const TRIPLE = 3;

/**
 * Largest relative change of a bond between heavy atoms when a good start is minimised.
 *
 * Of some 90 small molecules the multiple bonds that MMFF94 gets right moved by at most 8.1 % (CN=[N+]=[N-]), those that it
 * takes for single bonds by 10.1 % (C=S of CS2, 1.80 Å) to 33 % (N2, 1.46 Å). Bonds beside a triple bond are as short and as
 * often mistaken (butadiyne and cyanogen, 13 %; others up to 1.5 %). Other single bonds may be wrong in the start: by 11.5 % in OF2 and
 * 12.6 % in nitric acid the minimum is right.
 */
const MAX_CHANGE = { short: 0.09, single: 0.15 };

/** Relative to covalent radii: the start was wrong where the minimum is this near (in tropane by 0.25 Å, cyclooctyne 0.13 Å). */
const RIGHT_AFTER_ALL = { single: 0.06, multiple: 0.03 };

/** Measured bond lengths of the hydrides XHn by atomic number of X, Å (gas phase, NIST CCCBDB). */
const HYDRIDE_LENGTH_ANGSTROM: Readonly<Record<number, number>> = {
  1: 0.741,
  5: 1.19,
  6: 1.087,
  7: 1.012,
  8: 0.958,
  9: 0.917,
  14: 1.48,
  15: 1.42,
  16: 1.336,
  17: 1.275,
  34: 1.46,
  35: 1.4144,
  53: 1.609,
};

/** The first bond between heavy atoms whose length is no longer that of the start, e.g. "C=O 1.16 Å to 1.41 Å". */
export function distortedBond(start: Molecule, minimised: Molecule): string | undefined {
  for (let bond = 0; bond < start.getAllBonds(); bond++) {
    if (ends(start, bond).some((atom) => start.getAtomicNo(atom) === HYDROGEN)) continue;
    const [before, after] = [bondLength(start, bond), bondLength(minimised, bond)];
    const short = isShort(start, bond);
    if (Math.abs(after / before - 1) <= (short ? MAX_CHANGE.short : MAX_CHANGE.single)) continue;
    const [a, b] = ends(start, bond);
    if (isRightAfterAll(start, bond, { before, after })) continue;
    return `${start.getAtomLabel(a)}-${start.getAtomLabel(b)} ${before.toFixed(2)} Å to ${after.toFixed(2)} Å`;
  }
  return undefined;
}

/** Single bonds beside a triple one are shorter than their radii say: there only a start that was too long was wrong. */
function isRightAfterAll(molecule: Molecule, bond: number, { before, after }: Change): boolean {
  const order = molecule.getBondOrder(bond);
  const [a, b] = ends(molecule, bond);
  const expected = expectedBondLength(molecule.getAtomicNo(a), molecule.getAtomicNo(b), order);
  if (order === 1 && isShort(molecule, bond) && (before < expected || after > expected)) return false;
  return Math.abs(after / expected - 1) < (order === 1 ? RIGHT_AFTER_ALL.single : RIGHT_AFTER_ALL.multiple);
}

interface Change {
  before: number;
  after: number;
}

/** Puts hydrogens at the measured distance, in place: OpenChemLib's are those of X-ray structures, some 0.1 Å too near. */
export function placeHydrogens(molecule: Molecule): void {
  for (let bond = 0; bond < molecule.getAllBonds(); bond++) {
    const [a, b] = ends(molecule, bond);
    const [pivot, hydrogen] = molecule.getAtomicNo(b) === HYDROGEN ? [a, b] : [b, a];
    const length = HYDRIDE_LENGTH_ANGSTROM[molecule.getAtomicNo(pivot)];
    if (molecule.getAtomicNo(hydrogen) !== HYDROGEN || length === undefined) continue;
    const scale = length / bondLength(molecule, bond);
    const [from, to] = [position(molecule, pivot), position(molecule, hydrogen)];
    const scaled = (axis: 0 | 1 | 2): number => from[axis] + scale * (to[axis] - from[axis]);
    molecule.setAtomX(hydrogen, scaled(0));
    molecule.setAtomY(hydrogen, scaled(1));
    molecule.setAtomZ(hydrogen, scaled(2));
  }
}

function isShort(molecule: Molecule, bond: number): boolean {
  return molecule.getBondOrder(bond) > 1 || ends(molecule, bond).some((atom) => hasTriple(molecule, atom));
}

function hasTriple(molecule: Molecule, atom: number): boolean {
  for (let bond = 0; bond < molecule.getAllBonds(); bond++) {
    if (molecule.getBondOrder(bond) === TRIPLE && ends(molecule, bond).includes(atom)) return true;
  }
  return false;
}

function bondLength(molecule: Molecule, bond: number): number {
  const [a, b] = ends(molecule, bond);
  const [from, to] = [position(molecule, a), position(molecule, b)];
  return Math.hypot(...from.map((p, axis) => p - to[axis]!));
}

const ends = (molecule: Molecule, bond: number): [number, number] => [
  molecule.getBondAtom(0, bond),
  molecule.getBondAtom(1, bond),
];

const position = (molecule: Molecule, atom: number): readonly [number, number, number] => [
  molecule.getAtomX(atom),
  molecule.getAtomY(atom),
  molecule.getAtomZ(atom),
];
