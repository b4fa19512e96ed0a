/** The bond that a SMILES marks by the atom maps :1 and :2. */

/** An atom of a SMILES, in brackets or of the organic subset. */
const ATOM = /\[[^[\]]+\]|Br|Cl|[BCNOPSFIbcnops*]/g;

/** Places of the atoms with the maps 1 and 2 in the order in which a SMILES names its atoms; undefined without both. */
export function markedAtoms(smiles: string): [number, number] | undefined {
  if (!smiles.includes(":1]") || !smiles.includes(":2]")) return undefined;
  const atoms = smiles.match(ATOM) ?? [];
  const [first = -1, second = -1] = ["1", "2"].map((map) =>
    atoms.findIndex((atom) => atom.endsWith(`:${map}]`)),
  );
  return first < 0 || second < 0 ? undefined : [first, second];
}

export const marksBond = (smiles: string): boolean => markedAtoms(smiles) !== undefined;
