/** Which stereoisomer a geometry is. */
import type { EmbeddedIsomer } from "#shared/molecule.ts";
import { identityOf } from "./identity.ts";
import { type InvalidMolecule, isInvalid, type Mol, type RDKit } from "./rdkit.ts";

/**
 * Identity of the stereoisomer in a 3D molblock, stereo perceived by RDKit from the coordinates.
 *
 * Where RDKit finds no stereo beyond the proposal's, the proposal's identity stands: from coordinates InChI gives parities to
 * centres that are none, e.g. the bridgeheads of bicyclo[2.2.2]octane.
 *
 * @param molblock V2000, all hydrogens, bonds without stereo marks
 * @param asked the molecule that was embedded
 * @returns invalid where the molblock cannot be read.
 */
export function isomerOf(rdkit: RDKit, molblock: string, asked: Mol): EmbeddedIsomer | InvalidMolecule {
  using isomer = rdkit.get_mol(molblock, JSON.stringify({ removeHs: true }));
  if (!isomer) return { outcome: "invalid", reason: "RDKit cannot read the conformer" };
  const found = isomer.get_smiles() === asked.get_smiles() ? asked : isomer;
  const identity = identityOf(rdkit, found);
  if (isInvalid(identity)) return identity;
  return { ...identity, stereoUnspecified: specifiedStereo(found) - specifiedStereo(asked) };
}

/** Number of atoms and double bonds whose stereo is defined. */
function specifiedStereo(mol: Mol): number {
  const { molecules } = JSON.parse(mol.get_json()) as StereoJson;
  const { atoms, bonds = [] } = molecules[0]!;
  return [...atoms, ...bonds].filter(({ stereo }) => stereo !== undefined && stereo !== "unspecified").length;
}

interface StereoJson {
  molecules: { atoms: { stereo?: string }[]; bonds?: { stereo?: string }[] }[];
}
