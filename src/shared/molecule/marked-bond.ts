/** The bond that a SMILES marks by the atom maps :1 and :2. */

/** An atom of a SMILES, in brackets or of the organic subset. */
const ATOM = /\[[^[\]]+\]|Br|Cl|[BCNOPSFIbcnops*]/g;

/** A map of 0 is none. */
const MAP = /:0*[1-9]\d*\]/;

/** Whether any atom of a SMILES has a map, be it 1, 2 or another. */
export const hasAtomMaps = (smiles: string): boolean => MAP.test(smiles);

/** Places of the atoms with the maps 1 and 2 in the order in which a SMILES names its atoms; undefined without both, once each. */
export function markedAtoms(smiles: string): [number, number] | undefined {
  if (!smiles.includes(":1]") || !smiles.includes(":2]")) return undefined;
  const atoms = smiles.match(ATOM) ?? [];
  const having = (map: string): number[] =>
    atoms.flatMap((atom, place) => (atom.endsWith(`:${map}]`) ? [place] : []));
  const [[first, ...firsts], [second, ...seconds]] = [having("1"), having("2")];
  if (first === undefined || second === undefined) return undefined;
  return firsts.length + seconds.length > 0 ? undefined : [first, second];
}

export const marksBond = (smiles: string): boolean => markedAtoms(smiles) !== undefined;
