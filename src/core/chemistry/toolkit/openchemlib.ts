/**
 * The only importer of OpenChemLib in the engine: 3D conformers and the MMFF94 force field.
 *
 * The unminified build is used because one of its private fields is set, see `withoutFragmentCache`.
 */
import { strict as assert } from "node:assert";
import * as OCL from "openchemlib/debug";

export const OPENCHEMLIB_VERSION = "9.25.0";

let registered = false;

/** Gives OpenChemLib its tables of conformers and of the force field, once. */
function register(): void {
  if (!registered) OCL.Resources.registerFromNodejs();
  registered = true;
}

/** A molecule from SMILES, the conformer data being registered first; throws what OpenChemLib throws for a bad SMILES. */
export function oclMolecule(smiles: string): OCL.Molecule {
  register();
  return OCL.Molecule.fromSmiles(smiles);
}

/**
 * Conformers of a molecule, likely torsions first, each a fresh molecule with all hydrogens; ends when there are no more.
 *
 * @param seed 32-bit unsigned
 */
export function* oclConformers(molecule: OCL.Molecule, seed: number): Generator<OCL.Molecule> {
  const generator = withoutFragmentCache(new OCL.ConformerGenerator(seed | 0));
  if (!generator.initializeConformers(molecule)) return;
  for (;;) {
    const conformer = generator.getNextConformerAsMolecule();
    if (!conformer) return;
    yield conformer;
  }
}

/** An atom or bond as OpenChemLib is told of it. */
interface OclGraph {
  atoms: readonly { z: number; charge: number }[];
  bonds: readonly { begin: number; end: number; kekuleOrder: number }[];
}

/** A molecule of atoms in this order, hydrogens last or they will be moved there; without coordinates. */
export function oclMoleculeOf({ atoms, bonds }: OclGraph): OCL.Molecule {
  register();
  const molecule = new OCL.Molecule(atoms.length, bonds.length);
  for (const { z, charge } of atoms) {
    const atom = molecule.addAtom(z);
    molecule.setAtomCharge(atom, charge);
  }
  const types = [OCL.Molecule.cBondTypeSingle, OCL.Molecule.cBondTypeDouble, OCL.Molecule.cBondTypeTriple];
  for (const { begin, end, kekuleOrder } of bonds) {
    const bond = molecule.addBond(begin, end);
    molecule.setBondType(bond, types[kekuleOrder - 1] ?? OCL.Molecule.cBondTypeSingle);
  }
  molecule.ensureHelperArrays(OCL.Molecule.cHelperRings);
  return molecule;
}

/** A molecule from SMILES; undefined for what OpenChemLib takes for no molecule, as the aromatic P4 that RDKit writes. */
function readable(smiles: string): OCL.Molecule | undefined {
  try {
    return oclMolecule(smiles);
  } catch {
    return undefined;
  }
}

/** Number of biaryl bonds that cannot turn, each with two mirror images; none in what OpenChemLib cannot read. */
export function biarylAxes(smiles: string): number {
  const molecule = readable(smiles);
  if (!molecule) return 0;
  molecule.ensureHelperArrays(OCL.Molecule.cHelperParities);
  let axes = 0;
  for (let bond = 0; bond < molecule.getBonds(); bond++) {
    if (molecule.getBondParity(bond) !== 0 && molecule.isBINAPChiralityBond(bond)) axes++;
  }
  return axes;
}

export type MinimiseOutcome = "converged" | "not-converged" | "no-parameters";

/** Moves the atoms to the nearest MMFF94 minimum, in place. */
export function mmff94Minimise(molecule: OCL.Molecule): MinimiseOutcome {
  const field = mmff94(molecule);
  if (!field) return "no-parameters";
  return field.minimise() === 0 ? "converged" : "not-converged";
}

/** MMFF94 energy in kcal/mol; null where an atom type or parameter is missing. */
export function mmff94Energy(molecule: OCL.Molecule): number | null {
  return mmff94(molecule)?.getTotalEnergy() ?? null;
}

/** Its constructor throws for a molecule with an atom that MMFF94 does not know. */
function mmff94(molecule: OCL.Molecule): OCL.ForceFieldMMFF94 | undefined {
  try {
    return new OCL.ForceFieldMMFF94(molecule, OCL.ForceFieldMMFF94.MMFF94);
  } catch {
    return undefined;
  }
}

/**
 * OpenChemLib keeps the conformers of rigid fragments for the whole process, whatever the seed and the atom order they were
 * made with: the same call would give other coordinates after another molecule. Nothing public turns that off.
 */
function withoutFragmentCache(generator: OCL.ConformerGenerator): OCL.ConformerGenerator {
  const inner = generator as unknown as {
    oclGenerator?: { mRigidFragmentProvider?: { mCache?: object | null } };
  };
  const provider = inner.oclGenerator?.mRigidFragmentProvider;
  assert(provider && "mCache" in provider, "OpenChemLib's fragment cache is not where it was.");
  provider.mCache = null;
  return generator;
}
