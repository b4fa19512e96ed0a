/** Molecules of the organic elements as SMARTS sees them, so that patterns need not be matched by RDKit's WebAssembly build. */
import { AROMATIC_BOND, type MoleculeGraph } from "../toolkit/graph.ts";

/** B, C, N, O, F, P, S, Cl, Br, I. */
const ORGANIC = new Set([5, 6, 7, 8, 9, 15, 16, 17, 35, 53]);
const BONDS = new Set([1, 2, 3, AROMATIC_BOND]);
/** RDKit stops at 1,000 matches of a pattern, which so few atoms never reach. */
const MOST_ATOMS = 40;

export interface PlainBond {
  readonly to: number;
  /** 1, 2 or 3; 12 for an aromatic bond. */
  readonly type: number;
  readonly inRing: boolean;
}

export interface PlainAtom {
  readonly z: number;
  readonly isAromatic: boolean;
  /** None of them is an atom of its own. */
  readonly hydrogens: number;
  readonly charge: number;
  /** Sum of the orders of its bonds, hydrogens among them; NaN where it is aromatic. */
  readonly valence: number;
  /** Rings that it is in. */
  readonly rings: number;
  readonly bonds: readonly PlainBond[];
}

export type PlainMolecule = readonly PlainAtom[];

const bondKey = (a: number, b: number): number => Math.min(a, b) * MOST_ATOMS + Math.max(a, b);

/**
 * The graph as a plain molecule.
 *
 * @returns undefined where it has what only RDKit judges: metals, isotopes, radicals, atoms of hydrogen, unusual bonds, many atoms
 */
export function plainMolecule({ atoms, bonds, rings }: MoleculeGraph): PlainMolecule | undefined {
  if (atoms.length > MOST_ATOMS) return undefined;
  if (!atoms.every(({ z, isotope, radicalElectrons }) => ORGANIC.has(z) && !isotope && !radicalElectrons))
    return undefined;
  if (!bonds.every(({ type }) => BONDS.has(type))) return undefined;
  const ringCount = new Int32Array(atoms.length);
  const ringBonds = new Set<number>();
  for (const ring of rings)
    for (const [k, atom] of ring.entries()) {
      ringCount[atom]!++;
      // The ring closes with its first atom.
      ringBonds.add(bondKey(atom, ring[(k + 1) % ring.length]!));
    }
  const around: PlainBond[][] = atoms.map(() => []);
  const valence = atoms.map(({ hydrogens }) => hydrogens);
  const isAromatic = new Array<boolean>(atoms.length).fill(false);
  for (const { begin, end, type } of bonds) {
    const inRing = ringBonds.has(bondKey(begin, end));
    around[begin]!.push({ to: end, type, inRing });
    around[end]!.push({ to: begin, type, inRing });
    for (const atom of [begin, end]) {
      valence[atom]! += type;
      if (type === AROMATIC_BOND) isAromatic[atom] = true;
    }
  }
  // The triple bond of an aryne is aromatic too.
  if (bonds.some(({ begin, end, type }) => type === 3 && isAromatic[begin] && isAromatic[end]))
    return undefined;
  return atoms.map(({ z, hydrogens, charge }, i) => ({
    z,
    isAromatic: isAromatic[i]!,
    hydrogens,
    charge,
    valence: isAromatic[i] ? Number.NaN : valence[i]!,
    rings: ringCount[i]!,
    bonds: around[i]!,
  }));
}
