/** From a molecular graph to a 3D geometry with all hydrogens. */
import { AssertionError, strict as assert } from "node:assert";
import type { Conformer, Geometry } from "#shared/molecule.ts";
import { distortedBond, placeHydrogens } from "./bond-lengths.ts";
import { hydrogenRotors, turnHydrogens } from "./hydrogen-rotors.ts";
import { isomerOf } from "./isomer.ts";
import { molblockGeometry, withCoordinates, withoutBondStereo } from "./molblock.ts";
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
  | "dummy-atom"
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
 * kept, unspecified stereo is chosen and recorded as the isomer. Where MMFF94 has no parameters, or breaks a
 * bond length that was right, the conformer is kept unminimised, its energy null and hydrogens at measured distances.
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
  if (canonicalSmiles.includes("*")) {
    return failed("dummy-atom", "dummy atoms (*) are not supported: give every atom an element");
  }
  const best = isSingleAtom(mol) ? ("atom" as const) : bestConformer(canonicalSmiles, seed);
  if (typeof best === "object" && "outcome" in best) return best;
  using embedded = best === "atom" ? rdkit.get_mol(canonicalSmiles) : readBack(rdkit, best.molecule);
  if (!embedded || (best !== "atom" && !isSameMolecule(mol, embedded))) {
    return failed("structure-changed", "the conformer is not the molecule that was asked for");
  }
  const molblock = withoutBondStereo(embedded.get_v2Kmolblock()).replace(
    /^.*/,
    canonicalSmiles.slice(0, TITLE_WIDTH),
  );
  const isomer = isomerOf(rdkit, molblock, mol);
  if (isInvalid(isomer)) return failed("structure-changed", isomer.reason);
  const geometry = molblockGeometry(molblock);
  if (best !== "atom") assertWritten(geometry, best.molecule);
  const distance = smallestDistance(geometry);
  if (distance < MIN_DISTANCE_ANGSTROM)
    return failed("atoms-overlap", `two atoms ${distance.toFixed(3)} Å apart`);
  return {
    outcome: "embedded",
    conformer: { geometry, ...howMade(best), seed, molblock, isomer },
  };
}

interface Candidate {
  molecule: OclMolecule;
  /** null where it was not minimised. */
  energy: number | null;
  /** What minimising did wrong, where that is why it was not kept. */
  distortion?: string;
}

function howMade(best: Candidate | "atom"): Pick<Conformer, "method" | "forceFieldEnergy_kcal_per_mol"> {
  if (best === "atom") return { method: "a single atom", forceFieldEnergy_kcal_per_mol: null };
  const { energy, distortion } = best;
  const why = distortion === undefined ? "" : ` (the force field moved ${distortion})`;
  return {
    method: `openchemlib ${OPENCHEMLIB_VERSION} conformer${energy === null ? `, not minimised${why}` : " + MMFF94"}`,
    forceFieldEnergy_kcal_per_mol: energy,
  };
}

/** RDKit's molecule at OpenChemLib's coordinates; OpenChemLib's own molfile scales small hydrides to bonds of 1.5 Å. */
function readBack(rdkit: RDKit, molecule: OclMolecule): Mol | null {
  roundCoordinates(molecule);
  const molblock = withCoordinates(withoutBondStereo(molecule.toMolfile()), (atom) => [
    molecule.getAtomX(atom),
    -molecule.getAtomY(atom),
    -molecule.getAtomZ(atom),
  ]);
  return rdkit.get_mol(molblock, JSON.stringify({ removeHs: false }));
}

/** What is written must be what was minimised. */
function assertWritten({ coordinates_angstrom: xyz }: Geometry, molecule: OclMolecule): void {
  for (let atom = 0; atom < molecule.getAllAtoms(); atom++) {
    const [x, y, z] = xyz.slice(3 * atom, 3 * atom + 3) as [number, number, number];
    const off = Math.hypot(
      x - molecule.getAtomX(atom),
      y + molecule.getAtomY(atom),
      z + molecule.getAtomZ(atom),
    );
    assert(off < 10 ** -DECIMALS, `Atom ${atom} was written ${off} Å from where it is.`);
  }
}

const isSingleAtom = (mol: Mol): boolean => atomCounts(mol).NumAtoms === 1;

type Failed = Extract<EmbedOutcome, { outcome: "failed" }>;

function bestConformer(canonicalSmiles: string, seed: number): Candidate | Failed {
  let best: Candidate | undefined;
  let failure = failed("no-conformer", "no conformer without collisions was found");
  const random = seededRandom(seed);
  try {
    for (const molecule of starts(canonicalSmiles, seed, random)) {
      const start = molecule.getCompactCopy();
      const minimised = minimise(molecule, random);
      const distortion = minimised === "no-parameters" ? undefined : distortedBond(start, molecule);
      if (minimised === "no-parameters" || distortion !== undefined) {
        placeHydrogens(start);
        return { molecule: start, energy: null, ...(distortion !== undefined && { distortion }) };
      }
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
  const { NumAtoms, NumHeavyAtoms } = atomCounts(mol);
  return NumAtoms - NumHeavyAtoms;
}

const atomCounts = (mol: Mol): Record<"NumAtoms" | "NumHeavyAtoms", number> =>
  JSON.parse(mol.get_descriptors());

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
