/** Bemis–Murcko scaffolds. */
import type { Mol, RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { type JsonBond, type JsonMolecule, partOf } from "./molecule-json.ts";

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
  const atoms = molecule.atoms.map(({ isotope: _, ...atom }) => ({ ...atom, impHs: atom.impHs ?? 0 }));
  for (const { atoms: ends, bo = 1 } of bonds)
    for (const [atom, other] of [ends, [ends[1], ends[0]]] as const)
      if (!kept.has(other)) atoms[atom]!.impHs += bo;
  json.molecules[0] = partOf({ atoms, bonds }, kept);
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
