/** Molecules in RDKit's JSON (CommonChem), to be cut down and read again. */

export interface JsonAtom {
  /** Carbon where it is left out. */
  z?: number;
  impHs?: number;
  chg?: number;
  nRad?: number;
  isotope?: number;
  stereo?: string;
}

export interface JsonBond {
  atoms: [number, number];
  /** Single where it is left out. */
  bo?: number;
  stereo?: string;
  /** Numbers of the atoms that a double bond's stereo refers to. */
  stereoAtoms?: [number, number];
}

export interface JsonMolecule {
  atoms: JsonAtom[];
  bonds?: JsonBond[];
}

/**
 * Some atoms, in their order, and the bonds between them; hydrogens are not filled up.
 *
 * Without stereo, which names atoms by number, some of them left out; aromaticity and rings are RDKit's to find anew.
 */
export function partOf(molecule: JsonMolecule, kept: ReadonlySet<number>): JsonMolecule {
  const place = new Map([...kept].sort((a, b) => a - b).map((atom, i) => [atom, i]));
  return {
    atoms: [...place.keys()].map((atom) => {
      const { stereo: _, ...plain } = molecule.atoms[atom]!;
      return plain;
    }),
    bonds: (molecule.bonds ?? [])
      .filter(({ atoms }) => atoms.every((atom) => kept.has(atom)))
      .map(({ stereo: _, stereoAtoms: __, ...bond }) => ({
        ...bond,
        // Both are kept.
        atoms: [place.get(bond.atoms[0])!, place.get(bond.atoms[1])!],
      })),
  };
}
