/** Which stereoisomer a geometry is. */

import { withEitherBonds } from "#shared/molecule/molblock.ts";
import type { EmbeddedIsomer } from "#shared/molecule/molecule.ts";
import { namelessStereo } from "../stereo/open-stereo.ts";
import { identityOf } from "../toolkit/identity.ts";
import { type InvalidMolecule, isInvalid } from "../toolkit/notation.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";
import { moleculeInSpace } from "./in-space.ts";
import { spatialGraph } from "./spatial-graph.ts";
import { electronDomains } from "./vsepr.ts";

/** The pairs of electrons round an atom of a π bond lie in a plane: three of them at most. */
const PLANAR_DIRECTIONS = 3;

/**
 * Identity of the stereoisomer in a 3D molblock, stereo perceived by RDKit from the coordinates.
 *
 * Where RDKit finds no stereo beyond the proposal's, the proposal's identity stands: from coordinates InChI gives parities to
 * atoms that are no stereo centres, e.g. the bridgeheads of bicyclo[2.2.2]octane.
 *
 * @param molblock V2000, all hydrogens, bonds without stereo marks
 * @param asked the molecule that was embedded
 * @returns invalid where the molblock cannot be read.
 */
export function isomerOf(rdkit: RDKit, molblock: string, asked: Mol): EmbeddedIsomer | InvalidMolecule {
  using isomer = moleculeInSpace(rdkit, withoutFreeBonds(rdkit, molblock), { removeHs: true });
  if (!isomer) return { outcome: "invalid", reason: "RDKit cannot read the conformer" };
  const found = isomer.get_smiles() === asked.get_smiles() ? asked : isomer;
  const identity = identityOf(rdkit, found);
  if (isInvalid(identity)) return identity;
  const stereoUnspecified = specifiedStereo(found) - specifiedStereo(asked) + namelessStereo(asked);
  return { ...identity, stereoUnspecified };
}

/**
 * The molblock with freely turning double bonds marked as neither cis nor trans: at S(IV), S(VI), P(V) and the like the bond is
 * no π bond between two planar atoms, but RDKit reads cis and trans from the coordinates.
 */
function withoutFreeBonds(rdkit: RDKit, molblock: string): string {
  using full = rdkit.get_mol(molblock, JSON.stringify({ removeHs: false }));
  if (!full) return molblock;
  const { atoms, bonds } = spatialGraph(full);
  const isPlanar = (atom: number): boolean => {
    const domains = electronDomains(atoms[atom]!);
    return domains === undefined || domains.bonded + domains.lonePairs <= PLANAR_DIRECTIONS;
  };
  const free = bonds.flatMap(({ begin, end, order }, bond) =>
    order === 2 && !(isPlanar(begin) && isPlanar(end)) ? [bond] : [],
  );
  return withEitherBonds(molblock, free);
}

/** Number of atoms and double bonds whose stereo is defined. */
function specifiedStereo(mol: Mol): number {
  const { molecules } = JSON.parse(mol.get_json()) as StereoJson;
  const { atoms, bonds = [] } = molecules[0];
  return [...atoms, ...bonds].filter(({ stereo }) => stereo !== undefined && stereo !== "unspecified").length;
}

interface StereoJson {
  molecules: [{ atoms: { stereo?: string }[]; bonds?: { stereo?: string }[] }];
}
