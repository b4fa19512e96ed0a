/** A molecule with all its hydrogens as a geometry needs it: bonds with orders, rings, and the stereo that is given. */
import { AROMATIC_BOND, readGraph, SINGLE_BOND } from "../toolkit/graph.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";

export interface SpatialAtom {
  readonly z: number;
  readonly charge: number;
  readonly radicalElectrons: number;
  readonly neighbours: readonly number[];
  /** Sum of the orders of its bonds. */
  readonly valence: number;
}

interface SpatialBond {
  readonly begin: number;
  readonly end: number;
  /** 1, 2, 3, or 1.5 for an aromatic bond. */
  readonly order: number;
  /** 1, 2 or 3: of one structure with localised bonds. */
  readonly kekuleOrder: number;
}

/** A stereo centre: seen from the first neighbour the others go round clockwise or not. */
interface StereoCentre {
  readonly atom: number;
  /** Three or four; where there are three, a lone pair is the fourth. */
  readonly neighbours: readonly number[];
  readonly clockwise: boolean;
}

interface StereoBond {
  readonly begin: number;
  readonly end: number;
  /** Substituents, one of each end, that lie on one side or on different ones. */
  readonly beside: readonly [number, number];
  readonly cis: boolean;
}

export interface SpatialGraph {
  readonly atoms: readonly SpatialAtom[];
  readonly bonds: readonly SpatialBond[];
  readonly rings: readonly (readonly number[])[];
  readonly centres: readonly StereoCentre[];
  readonly stereoBonds: readonly StereoBond[];
}

/** RDKit's molecule with its hydrogens as atoms, to be freed. */
export function withHydrogens(rdkit: RDKit, mol: Mol): Mol {
  const copy = rdkit.get_mol_copy(mol);
  if (!copy?.add_hs_in_place()) throw new Error("RDKit added no hydrogens");
  return copy;
}

/** Reads a molecule whose hydrogens are atoms. */
export function spatialGraph(mol: Mol): SpatialGraph {
  const graph = readGraph(mol);
  const { atoms, bonds = [] } = (JSON.parse(mol.get_json()) as StereoJson).molecules[0];
  const around: number[][] = graph.atoms.map(() => []);
  const valence = graph.atoms.map(() => 0);
  const spatialBonds = graph.bonds.map(({ begin, end, type }, i): SpatialBond => {
    const kekuleOrder = bonds[i]!.bo ?? SINGLE_BOND;
    const order = type === AROMATIC_BOND ? 1.5 : kekuleOrder;
    around[begin]!.push(end);
    around[end]!.push(begin);
    valence[begin]! += kekuleOrder;
    valence[end]! += kekuleOrder;
    return { begin, end, order, kekuleOrder };
  });
  return {
    atoms: graph.atoms.map(({ z, charge, radicalElectrons }, i) => ({
      z,
      charge,
      radicalElectrons,
      neighbours: around[i]!,
      valence: valence[i]!,
    })),
    bonds: spatialBonds,
    rings: graph.rings,
    centres: atoms.flatMap(({ stereo }, atom): StereoCentre[] =>
      stereo === "cw" || stereo === "ccw"
        ? [{ atom, neighbours: around[atom]!, clockwise: stereo === "cw" }]
        : [],
    ),
    stereoBonds: bonds.flatMap(({ stereo, stereoAtoms, atoms: [begin, end] }): StereoBond[] =>
      stereoAtoms && (stereo === "cis" || stereo === "trans")
        ? [{ begin, end, beside: stereoAtoms, cis: stereo === "cis" }]
        : [],
    ),
  };
}

interface StereoJson {
  molecules: [
    {
      atoms: { stereo?: string }[];
      bonds?: { atoms: [number, number]; bo?: number; stereo?: string; stereoAtoms?: [number, number] }[];
    },
  ];
}
