/** The molecular graph as plain data, read once from RDKit's JSON. */
import type { Mol } from "./rdkit.ts";

interface GraphAtom {
  /** Atomic number; 0 for a dummy atom. */
  readonly z: number;
  /** Hydrogens that are not atoms of the graph. */
  readonly hydrogens: number;
  readonly charge: number;
  readonly radicalElectrons: number;
  /** Mass number, 0 where none is given. */
  readonly isotope: number;
}

interface GraphBond {
  readonly begin: number;
  readonly end: number;
  /** 1, 2, 3 …; 12 for an aromatic bond, as in RDKit. */
  readonly type: number;
}

export interface MoleculeGraph {
  readonly atoms: readonly GraphAtom[];
  readonly bonds: readonly GraphBond[];
  /** Smallest set of smallest rings: indices of atoms. */
  readonly rings: readonly (readonly number[])[];
}

export const SINGLE_BOND = 1;
const TRIPLE_BOND = 3;
export const AROMATIC_BOND = 12;

/** Double bonds in rings of fewer atoms are cis: to RDKit whatever a SMILES says, and in the molecules. */
export const SMALLEST_TRANS_RING = 8;

/** Of each atom its neighbours with the bonds' types, in order of the bonds. */
export function bondedTo(graph: MoleculeGraph): { atom: number; type: number }[][] {
  const lists: { atom: number; type: number }[][] = graph.atoms.map(() => []);
  for (const { begin, end, type } of graph.bonds) {
    lists[begin]!.push({ atom: end, type });
    lists[end]!.push({ atom: begin, type });
  }
  return lists;
}

/** Numbers of atoms joined by bonds, each list in order of the bonds. */
export function neighbours(graph: MoleculeGraph): number[][] {
  return bondedTo(graph).map((around) => around.map(({ atom }) => atom));
}

/** Number of connected components among the atoms for which `keep` holds. */
export function countComponents(graph: MoleculeGraph, keep: (atom: number) => boolean = () => true): number {
  const adjacent = neighbours(graph);
  const seen = graph.atoms.map((_, i) => !keep(i));
  let components = 0;
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    components++;
    const stack = [start];
    seen[start] = true;
    for (let atom = stack.pop(); atom !== undefined; atom = stack.pop()) {
      for (const next of adjacent[atom]!) {
        if (seen[next]) continue;
        seen[next] = true;
        stack.push(next);
      }
    }
  }
  return components;
}

/** Reads the graph of a parsed molecule (RDKit's CommonChem JSON with its aromaticity extension). */
export function readGraph(mol: Mol): MoleculeGraph {
  const json = JSON.parse(mol.get_json()) as RdkitJson;
  const molecule = json.molecules[0];
  const { atom: atomDefaults, bond: bondDefaults } = json.defaults;
  const extension = molecule.extensions.find((e) => e.name === "rdkitRepresentation");
  const aromatic = new Set(extension?.aromaticBonds);
  return {
    atoms: molecule.atoms.map((atom) => {
      const a = { ...atomDefaults, ...atom };
      return { z: a.z, hydrogens: a.impHs, charge: a.chg, radicalElectrons: a.nRad, isotope: a.isotope };
    }),
    bonds: (molecule.bonds ?? []).map((bond, i) => {
      const order = bond.bo ?? bondDefaults.bo;
      // The triple bond of an aryne keeps its type although it is flagged aromatic.
      const type = aromatic.has(i) && order !== TRIPLE_BOND ? AROMATIC_BOND : order;
      return { begin: bond.atoms[0], end: bond.atoms[1], type };
    }),
    rings: extension?.atomRings ?? [],
  };
}

interface JsonAtom {
  z: number;
  impHs: number;
  chg: number;
  nRad: number;
  isotope: number;
}

interface RdkitJson {
  defaults: { atom: JsonAtom; bond: { bo: number } };
  molecules: [
    {
      atoms: Partial<JsonAtom>[];
      bonds?: { atoms: [number, number]; bo?: number }[];
      extensions: { name: string; aromaticBonds?: number[]; atomRings?: number[][] }[];
    },
  ];
}
