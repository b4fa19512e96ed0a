/** From a molecular graph to a 3D geometry with all hydrogens. */
import { AssertionError } from "node:assert";
import type { Conformer, Geometry } from "#shared/molecule.ts";
import { hydrogenRotors, turnHydrogens } from "./hydrogen-rotors.ts";
import { isomerOf } from "./isomer.ts";
import { molblockGeometry, withoutBondStereo } from "./molblock.ts";
import {
  type MinimiseOutcome,
  mmff94Energy,
  mmff94Minimise,
  OPENCHEMLIB_VERSION,
  oclConformers,
  oclMolecule,
} from "./openchemlib.ts";
import { seededRandom } from "./random.ts";
import { isInvalid, type Mol, parseSmiles, type RDKit } from "./rdkit.ts";

/** Why there is no conformer. */
export type EmbedFailure =
  | "unparsable"
  | "multi-component"
  | "no-conformer"
  | "not-converged"
  | "non-finite-energy"
  | "atoms-overlap"
  | "structure-changed";

export type EmbedOutcome =
  | { outcome: "embedded"; conformer: Conformer }
  | { outcome: "failed"; reason: EmbedFailure; detail: string };

type OclMolecule = ReturnType<typeof oclMolecule>;

/** The one of lowest energy is taken among at most so many. */
const MAX_CONFORMERS = 10;
/** Minimisations begin that far off, Å: exactly linear groups have no gradient to leave them by. */
const NUDGE_ANGSTROM = 0.02;
const MAX_MINIMISATIONS = 4;
/** Molblocks hold four decimals; the geometry is rounded to them so that both are the same. */
const DECIMALS = 4;
const TITLE_WIDTH = 80;
/** Shorter than any bond (H2: 0.74 Å). */
const MIN_DISTANCE_ANGSTROM = 0.6;

/**
 * Finds a low-energy conformer: OpenChemLib's torsion library and self-organisation, then MMFF94 (Halgren 1996,
 * doi:10.1002/(SICI)1096-987X(199604)17:5/6<490::AID-JCC1>3.0.CO;2-P); of ten starts at most the lowest minimum.
 *
 * Depends on nothing but the molecule (not on how its SMILES was written) and the seed. Stereo that the SMILES specifies is
 * kept, unspecified stereo is chosen and recorded as the isomer. Where MMFF94 has no parameters the first conformer is kept
 * unminimised, its energy null.
 *
 * @param seed 32-bit unsigned
 * @returns geometry in Å, centred, rounded to 1e-4 Å; or why there is none.
 */
export function embed(rdkit: RDKit, smiles: string, { seed }: { seed: number }): EmbedOutcome {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return failed("unparsable", parsed.reason);
  using mol = parsed;
  const canonicalSmiles = mol.get_smiles();
  if (canonicalSmiles.includes(".")) {
    return failed("multi-component", "where its components lie to each other is not defined");
  }
  const best = bestConformer(canonicalSmiles, seed);
  if ("outcome" in best) return best;
  roundCoordinates(best.molecule);
  using embedded = rdkit.get_mol(
    withoutBondStereo(best.molecule.toMolfile()),
    JSON.stringify({ removeHs: false }),
  );
  if (!embedded || !isSameMolecule(mol, embedded)) {
    return failed("structure-changed", "the conformer is not the molecule that was asked for");
  }
  const molblock = withoutBondStereo(embedded.get_v2Kmolblock()).replace(
    /^.*/,
    canonicalSmiles.slice(0, TITLE_WIDTH),
  );
  const isomer = isomerOf(rdkit, molblock, mol);
  if (isInvalid(isomer)) return failed("structure-changed", isomer.reason);
  const geometry = molblockGeometry(molblock);
  const distance = smallestDistance(geometry);
  if (distance < MIN_DISTANCE_ANGSTROM)
    return failed("atoms-overlap", `two atoms ${distance.toFixed(3)} Å apart`);
  const method = `openchemlib ${OPENCHEMLIB_VERSION} conformer${best.energy === null ? ", not minimised" : " + MMFF94"}`;
  return {
    outcome: "embedded",
    conformer: { geometry, method, seed, forceFieldEnergy_kcal_per_mol: best.energy, molblock, isomer },
  };
}

interface Candidate {
  molecule: OclMolecule;
  /** null where it was not minimised. */
  energy: number | null;
}

type Failed = Extract<EmbedOutcome, { outcome: "failed" }>;

function bestConformer(canonicalSmiles: string, seed: number): Candidate | Failed {
  let best: Candidate | undefined;
  let failure = failed("no-conformer", "no conformer without collisions was found");
  const random = seededRandom(seed);
  try {
    for (const molecule of starts(canonicalSmiles, seed, random)) {
      const minimised = minimise(molecule, random);
      if (minimised === "no-parameters") return { molecule, energy: null };
      const energy = mmff94Energy(molecule) ?? Number.NaN;
      if (minimised === "not-converged") failure = failed("not-converged", "MMFF94 found no minimum");
      else if (!Number.isFinite(energy))
        failure = failed("non-finite-energy", "MMFF94 gave no finite energy");
      else if (energy < (best?.energy ?? Number.POSITIVE_INFINITY)) best = { molecule, energy };
    }
  } catch (error) {
    if (error instanceof AssertionError) throw error;
    return failed("no-conformer", String(error));
  }
  return best ?? failure;
}

/** OpenChemLib's conformers, then, where hydrogens can turn, the same ones with hydrogens turned at random. */
function* starts(canonicalSmiles: string, seed: number, random: () => number): Generator<OclMolecule> {
  const found: OclMolecule[] = [];
  for (const molecule of oclConformers(oclMolecule(canonicalSmiles), seed)) {
    found.push(molecule.getCompactCopy());
    yield molecule;
    if (found.length === MAX_CONFORMERS) return;
  }
  // A hydrogen that is written out may carry the stereo of its double bond.
  const rotors = found[0] && !canonicalSmiles.includes("[H]") ? hydrogenRotors(found[0]) : [];
  for (let i = found.length; i < MAX_CONFORMERS && rotors.length > 0; i++) {
    const molecule = found[i % found.length]!.getCompactCopy();
    turnHydrogens(molecule, rotors, random);
    yield molecule;
  }
}

function minimise(molecule: OclMolecule, random: () => number): MinimiseOutcome {
  const offset = (): number => NUDGE_ANGSTROM * (2 * random() - 1);
  let outcome: MinimiseOutcome = "not-converged";
  for (let i = 0; i < MAX_MINIMISATIONS && outcome === "not-converged"; i++) {
    moveAtoms(molecule, (x) => x + offset());
    outcome = mmff94Minimise(molecule);
  }
  return outcome;
}

function moveAtoms(molecule: OclMolecule, move: (x: number, axis: number) => number): void {
  for (let atom = 0; atom < molecule.getAllAtoms(); atom++) {
    molecule.setAtomX(atom, move(molecule.getAtomX(atom), 0));
    molecule.setAtomY(atom, move(molecule.getAtomY(atom), 1));
    molecule.setAtomZ(atom, move(molecule.getAtomZ(atom), 2));
  }
}

/** Moves the centroid to the origin and keeps as many decimals as a molblock does. */
function roundCoordinates(molecule: OclMolecule): void {
  const centre = [0, 0, 0];
  moveAtoms(molecule, (x, axis) => {
    centre[axis]! += x / molecule.getAllAtoms();
    return x;
  });
  moveAtoms(molecule, (x, axis) => Number((x - centre[axis]!).toFixed(DECIMALS)));
}

/** Same composition, and the asked-for graph with its stereo is found in the embedded one. */
function isSameMolecule(asked: Mol, embedded: Mol): boolean {
  if (asked.get_num_atoms(true) !== embedded.get_num_atoms(true)) return false;
  const match = embedded.get_substruct_match(asked, JSON.stringify({ useChirality: true }));
  return match !== "{}" && hydrogenCount(asked) === hydrogenCount(embedded);
}

function hydrogenCount(mol: Mol): number {
  const { NumAtoms, NumHeavyAtoms } = JSON.parse(mol.get_descriptors()) as Record<
    "NumAtoms" | "NumHeavyAtoms",
    number
  >;
  return NumAtoms - NumHeavyAtoms;
}

function smallestDistance({ coordinates_angstrom: xyz }: Geometry): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < xyz.length; i += 3) {
    for (let j = 0; j < i; j += 3) {
      const distance = Math.hypot(xyz[i]! - xyz[j]!, xyz[i + 1]! - xyz[j + 1]!, xyz[i + 2]! - xyz[j + 2]!);
      smallest = Math.min(smallest, distance);
    }
  }
  return smallest;
}

const failed = (reason: EmbedFailure, detail: string): Failed => ({ outcome: "failed", reason, detail });
