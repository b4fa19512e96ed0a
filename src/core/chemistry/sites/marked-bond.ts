/** The bond that a SMILES marks by the atom maps :1 and :2. */

import { moleculeInSpace } from "../shape/in-space.ts";
import { isInvalid, readNotation } from "../toolkit/notation.ts";
import { type RDKit, withReason } from "../toolkit/rdkit.ts";
import { placedGraph } from "./placed-graph.ts";

/** An atom of a SMILES, in brackets or of the organic subset. */
const ATOM = /\[[^[\]]+\]|Br|Cl|[BCNOPSFIbcnops*]/g;

/** Places of the atoms with the maps 1 and 2 in the order in which a SMILES names its atoms; undefined without both. */
function markedAtoms(smiles: string): [number, number] | undefined {
  const atoms = smiles.match(ATOM) ?? [];
  const [first, second] = ["1", "2"].map((map) => atoms.findIndex((atom) => atom.endsWith(`:${map}]`)));
  return first === undefined || second === undefined || first < 0 || second < 0 ? undefined : [first, second];
}

/** Whether a SMILES marks a bond. */
export const marksBond = (smiles: string): boolean => markedAtoms(smiles) !== undefined;

/**
 * Numbers from 0 of the marked atoms in a conformer; undefined where the SMILES marks none, the two are not bonded, or it is another
 * molecule. Hydrogens that are written out may be marked: [CH3:1][H:2].
 *
 * @param molblock V2000 of the molecule in space, with all hydrogens
 */
export function markedBond(rdkit: RDKit, smiles: string, molblock: string): [number, number] | undefined {
  const marked = markedAtoms(smiles);
  const notation = readNotation(smiles);
  if (!marked || isInvalid(notation)) return undefined;
  const parsed = withReason(rdkit, () => rdkit.get_mol(notation.smiles, JSON.stringify({ removeHs: false })));
  if (!("value" in parsed)) return undefined;
  using asked = parsed.value;
  using conformer = moleculeInSpace(rdkit, molblock, { removeHs: false });
  if (!conformer) return undefined;
  const { atoms } = JSON.parse(conformer.get_substruct_match(asked)) as { atoms?: number[] };
  if (!atoms) return undefined;
  // A match names an atom of the conformer for each of the SMILES.
  const [a, b] = marked.map((atom) => atoms[atom]!) as [number, number];
  const isBond = placedGraph(molblock).bonds.some((bond) => bond.atoms.includes(a) && bond.atoms.includes(b));
  return isBond ? [a, b] : undefined;
}
