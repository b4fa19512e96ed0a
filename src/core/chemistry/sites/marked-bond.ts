/** The bond that a SMILES marks by the atom maps :1 and :2, in space. */
import { markedAtoms } from "#shared/molecule/marked-bond.ts";

import { moleculeInSpace } from "../shape/in-space.ts";
import { isInvalid, readNotation } from "../toolkit/notation.ts";
import { type RDKit, withReason } from "../toolkit/rdkit.ts";
import { placedGraph } from "./placed-graph.ts";

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
