/** Bemis–Murcko scaffolds. */
import type { Mol, RDKit } from "#core/chemistry/rdkit.ts";

interface JsonBond {
  atoms: [number, number];
  bo?: number;
  stereo?: string;
  /** Numbers of the atoms that a double bond's stereo refers to. */
  stereoAtoms?: [number, number];
}

interface JsonMolecule {
  atoms: { impHs?: number; stereo?: string; isotope?: number }[];
  bonds?: JsonBond[];
  extensions?: unknown;
}

/**
 * The rings of a molecule, the chains between them, and what is bound to these by a double bond.
 *
 * Bemis and Murcko (doi:10.1021/jm9602928) as RDKit and MOSES read it; hydrogens replace what is cut off. Stereo
 * marks, many of which refer to atoms that are cut off, and isotopes are left out: stereoisomers have one scaffold.
 * @returns canonical SMILES; the empty string for a molecule without rings
 */
export function murckoScaffold(rdkit: RDKit, mol: Mol): string {
  const json = JSON.parse(mol.get_json()) as { molecules: [JsonMolecule] };
  const [molecule] = json.molecules;
  const bonds = molecule.bonds ?? [];
  const kept = scaffoldAtoms(molecule.atoms.length, bonds);
  if (kept.size === 0) return "";
  const place = new Map([...kept].sort((a, b) => a - b).map((atom, i) => [atom, i]));
  const hydrogens = molecule.atoms.map((atom) => atom.impHs ?? 0);
  for (const { atoms, bo = 1 } of bonds)
    for (const [atom, other] of [atoms, [atoms[1], atoms[0]]] as const)
      if (!kept.has(other)) hydrogens[atom]! += bo;
  json.molecules[0] = {
    atoms: [...place.keys()].map((atom) => {
      const { stereo: _, isotope: __, ...plain } = molecule.atoms[atom]!;
      return { ...plain, impHs: hydrogens[atom]! };
    }),
    bonds: bonds
      .filter(({ atoms }) => atoms.every((atom) => kept.has(atom)))
      .map(({ stereo: _, stereoAtoms: __, ...bond }) => ({
        ...bond,
        atoms: [place.get(bond.atoms[0])!, place.get(bond.atoms[1])!],
      })),
  };
  using scaffold = rdkit.get_mol(JSON.stringify(json));
  return scaffold?.get_smiles() ?? "";
}

/** Takes end atoms away until none is left, then puts back those that hang on the rest by more than a single bond. */
function scaffoldAtoms(nAtoms: number, bonds: readonly JsonBond[]): Set<number> {
  const kept = new Set(Array.from({ length: nAtoms }, (_, i) => i));
  const degree = (atom: number) =>
    bonds.filter(({ atoms }) => atoms.includes(atom) && atoms.every((a) => kept.has(a))).length;
  for (let ends = [...kept]; ends.length > 0; ) {
    ends = [...kept].filter((atom) => degree(atom) < 2);
    for (const atom of ends) kept.delete(atom);
  }
  const rest = new Set(kept);
  for (const { atoms, bo = 1 } of bonds)
    if (bo > 1 && atoms.some((atom) => rest.has(atom))) for (const atom of atoms) kept.add(atom);
  return kept;
}
