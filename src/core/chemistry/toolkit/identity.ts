/** What a molecule is: canonical SMILES and InChIKey. */
import type { MoleculeIdentity } from "#shared/molecule/molecule.ts";
import type { InvalidMolecule } from "./notation.ts";
import type { Mol, RDKit } from "./rdkit.ts";

/**
 * RDKit canonical SMILES (isomeric) and standard InChIKey.
 *
 * Tautomers keep their own canonical SMILES; the standard InChIKey is the same for those that differ by mobile hydrogens.
 * Stereo is kept as given; an unspecified centre stays unspecified and is its own identity. Not kept is that of nitrogen in a
 * three-membered ring, which RDKit's WebAssembly build leaves out: invertomers of an aziridine, but also of an oxaziridine, are one.
 *
 * @returns invalid where InChI has no key for it, e.g. with a dummy atom.
 */
export function identityOf(rdkit: RDKit, mol: Mol): MoleculeIdentity | InvalidMolecule {
  const inchi = mol.get_inchi();
  const inchiKey = inchi ? rdkit.get_inchikey_for_inchi(inchi) : "";
  if (!inchiKey)
    return { outcome: "invalid", reason: "no InChI can be made for it (dummy atoms or unknown elements)" };
  return { canonicalSmiles: mol.get_smiles(), inchiKey };
}
