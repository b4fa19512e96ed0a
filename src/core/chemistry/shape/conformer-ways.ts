/** Two ways to a start in space: OpenChemLib's library of fragments and torsions, and distance geometry. */

import { withCoordinates, withoutBondStereo } from "#shared/molecule/molblock.ts";
import { OPENCHEMLIB_VERSION, oclConformers, oclMolecule, oclMoleculeOf } from "../toolkit/openchemlib.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";
import { distanceGeometries } from "./distance-geometry.ts";
import { hydrogenRotors, turnHydrogens } from "./hydrogen-rotors.ts";
import { moleculeInSpace } from "./in-space.ts";
import { spatialGraph, withHydrogens } from "./spatial-graph.ts";

export type OclMolecule = ReturnType<typeof oclMolecule>;

export interface Way {
  readonly name: string;
  /** Whether its starts have lengths of bonds that can be trusted more than a force field. */
  readonly hasMeasuredLengths: boolean;
  /** Whether what is read back has the atoms in the start's order. */
  readonly keepsOrder: boolean;
  /** Fresh molecules with all hydrogens, before any force field. */
  starts(): Generator<OclMolecule>;
  /** RDKit's molecule at the coordinates of one of them; null where RDKit cannot read it. */
  readBack(molecule: OclMolecule): Mol | null;
}

/** The one of lowest energy is taken among at most so many. */
const MAX_CONFORMERS = 10;
const HYDROGEN = 1;

type Position = [number, number, number];

/** OpenChemLib's y and z point the other way from a molfile's. */
export const positionOf = (molecule: OclMolecule, atom: number): Position => [
  molecule.getAtomX(atom),
  -molecule.getAtomY(atom),
  -molecule.getAtomZ(atom),
];

const readAll = (rdkit: RDKit, molblock: string): Mol | null =>
  moleculeInSpace(rdkit, molblock, { removeHs: false });

/** At most so many of OpenChemLib's conformers, then, where hydrogens can turn, the same ones with hydrogens turned at random. */
export function libraryWay(
  rdkit: RDKit,
  canonicalSmiles: string,
  { seed, random, most = MAX_CONFORMERS }: { seed: number; random: () => number; most?: number },
): Way {
  return {
    name: `openchemlib ${OPENCHEMLIB_VERSION} conformer`,
    hasMeasuredLengths: true,
    keepsOrder: true,
    *starts() {
      const found: OclMolecule[] = [];
      for (const molecule of oclConformers(oclMolecule(canonicalSmiles), seed)) {
        found.push(molecule.getCompactCopy());
        yield molecule;
        if (found.length === most) return;
      }
      // A hydrogen that is written out may carry the stereo of its double bond.
      const rotors = found[0] && !canonicalSmiles.includes("[H]") ? hydrogenRotors(found[0]) : [];
      for (let i = found.length; i < most && rotors.length > 0; i++) {
        const molecule = found[i % found.length]!.getCompactCopy();
        turnHydrogens(molecule, rotors, random);
        yield molecule;
      }
    },
    // OpenChemLib's own molfile scales small hydrides to bonds of 1.5 Å.
    readBack: (molecule) =>
      readAll(
        rdkit,
        withCoordinates(withoutBondStereo(molecule.toMolfile()), (atom) => positionOf(molecule, atom)),
      ),
  };
}

/** Distance geometry with the stereo that is given, from RDKit's graph. */
export function distanceWay(rdkit: RDKit, asked: Mol, { random }: { random: () => number }): Way {
  using full = withHydrogens(rdkit, asked);
  const graph = spatialGraph(full);
  const molblock = withoutBondStereo(full.get_v2Kmolblock());
  // OpenChemLib wants its hydrogens last.
  const order = graph.atoms.map((_, atom) => atom).sort((a, b) => rank(a) - rank(b) || a - b);
  function rank(atom: number): number {
    return graph.atoms[atom]!.z === HYDROGEN ? 1 : 0;
  }
  const place = order.reduce((places, atom, k) => places.set(atom, k), new Map<number, number>());
  // Every atom is in the order.
  const placeOf = (atom: number): number => place.get(atom)!;
  const ordered = {
    atoms: order.map((atom) => graph.atoms[atom]!),
    bonds: graph.bonds.map((bond) => ({ ...bond, begin: placeOf(bond.begin), end: placeOf(bond.end) })),
  };
  return {
    name: "distance geometry",
    hasMeasuredLengths: false,
    keepsOrder: false,
    *starts() {
      for (const xyz of distanceGeometries(graph, { random, count: MAX_CONFORMERS })) {
        const molecule = oclMoleculeOf(ordered);
        order.forEach((atom, k) => {
          molecule.setAtomX(k, xyz[3 * atom]!);
          molecule.setAtomY(k, -xyz[3 * atom + 1]!);
          molecule.setAtomZ(k, -xyz[3 * atom + 2]!);
        });
        yield molecule;
      }
    },
    readBack: (molecule) =>
      readAll(
        rdkit,
        withCoordinates(molblock, (atom) => positionOf(molecule, placeOf(atom))),
      ),
  };
}
