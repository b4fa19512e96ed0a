/** Stereo that neither SMILES nor InChI of this program can name, so that a geometry is always one choice of it. */
import { bondedTo, type MoleculeGraph, readGraph } from "../toolkit/graph.ts";
import { neighbourClasses } from "../toolkit/neighbour-classes.ts";
import { biarylAxes } from "../toolkit/openchemlib.ts";
import type { Mol } from "../toolkit/rdkit.ts";

const DOUBLE_BOND = 2;

/**
 * Number of axes and centres of which a geometry holds one of several arrangements without a name for it: allenes, cumulenes,
 * biaryls that cannot turn, and atoms of five and more neighbours that are not alike.
 */
export function namelessStereo(mol: Mol): number {
  const graph = readGraph(mol);
  return doubleBondAxes(graph) + biarylAxes(mol.get_smiles()) + crowdedCentres(graph);
}

/** Chains of two and more double bonds whose ends each have two different neighbours; one alone has its name in SMILES. */
function doubleBondAxes(graph: MoleculeGraph): number {
  const classes = neighbourClasses(graph);
  const bonds = bondedTo(graph);
  const doubles = bonds.map((around) => around.filter(({ type }) => type === DOUBLE_BOND));
  let axes = 0;
  for (const [begin, first] of doubles.entries()) {
    const [only, ...others] = first;
    if (!only || others.length > 0) continue;
    let [before, end, length] = [begin, only.atom, 1];
    while (doubles[end]!.length === 2 && bonds[end]!.length === 2 && length < graph.atoms.length) {
      // Of two double bonds one leads on.
      const next = doubles[end]!.find(({ atom }) => atom !== before)!;
      [before, end] = [end, next.atom];
      length++;
    }
    const differ = (atom: number, inner: number): boolean => {
      const others = classes[atom]!.filter((_, k) => bonds[atom]![k]?.atom !== inner);
      return others.length === 2 && others[0] !== others[1];
    };
    if (length >= 2 && begin < end && differ(begin, only.atom) && differ(end, before)) axes++;
  }
  return axes;
}

/** With five neighbours any difference makes isomers; with six it takes a second difference. */
function crowdedCentres(graph: MoleculeGraph): number {
  return neighbourClasses(graph).filter((around) => {
    const kinds = [...new Set(around)].map((one) => around.filter((other) => other === one).length);
    const odd = around.length - Math.max(0, ...kinds);
    return (around.length === 5 && odd > 0) || (around.length >= 6 && odd > 1);
  }).length;
}
