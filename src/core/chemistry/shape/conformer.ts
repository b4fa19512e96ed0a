/** From a molecular graph to a 3D geometry with all hydrogens. */
import { AssertionError, strict as assert } from "node:assert";
import { molblockGeometry, withCoordinates, withoutBondStereo } from "#shared/molecule/molblock.ts";
import type { Conformer, Geometry } from "#shared/molecule/molecule.ts";
import { uniformNumbers } from "#shared/random.ts";
import { unheldStereo } from "../stereo/unheld-stereo.ts";
import { readGraph } from "../toolkit/graph.ts";
import { isInvalid } from "../toolkit/notation.ts";
import { type MinimiseOutcome, mmff94Energy, mmff94Minimise } from "../toolkit/openchemlib.ts";
import { type Mol, parseSmiles, type RDKit } from "../toolkit/rdkit.ts";
import { distortedBond, placeHydrogens } from "./bond-lengths.ts";
import { distanceWay, libraryWay, type OclMolecule, positionOf, type Way } from "./conformer-ways.ts";
import { moleculeInSpace } from "./in-space.ts";
import { isomerOf } from "./isomer.ts";
import { implausibility } from "./plausibility.ts";
import { spatialGraph } from "./spatial-graph.ts";

/** Why there is no conformer. */
export type EmbedFailure =
  | "unparsable"
  | "multi-component"
  | "dummy-atom"
  | "stereo-not-held"
  | "no-conformer"
  | "not-converged"
  | "non-finite-energy"
  | "atoms-overlap"
  | "structure-changed"
  | "implausible";

/** What is left to do with a conformer. */
export interface Embedded {
  outcome: "embedded";
  conformer: Conformer;
  /** Why MMFF94 could not relax it, so that something else has to; null where it did, and for a single atom. */
  unrelaxed: string | null;
}

interface EmbedFailed {
  outcome: "failed";
  reason: EmbedFailure;
  detail: string;
}

export type EmbedOutcome = Embedded | EmbedFailed;

/** Minimisations begin this far off, Å: exactly linear groups have no gradient by which to bend. */
const NUDGE_ANGSTROM = 0.02;
const MAX_MINIMISATIONS = 4;
/** Molblocks hold four decimals; the geometry is rounded to them so that both are the same. */
const DECIMALS = 4;
const TITLE_WIDTH = 80;
/** Shorter than any bond (H2: 0.74 Å). */
const MIN_DISTANCE_ANGSTROM = 0.6;

/**
 * Finds a low-energy conformer: OpenChemLib's torsion library and self-organisation, then MMFF94 (Halgren 1996,
 * doi:10.1002/(SICI)1096-987X(199604)17:5/6<490::AID-JCC1>3.0.CO;2-P); of ten starts at most the lowest minimum. Where
 * that way leads to none, or to another molecule, distance geometry makes the starts.
 *
 * Depends on nothing but the molecule (not on how its SMILES was written) and the seed. Stereo that the SMILES specifies is
 * kept, unspecified stereo is chosen and recorded as the isomer. Where MMFF94 has no parameters, or makes of the molecule
 * what it cannot be, the conformer is a start that is yet to be relaxed; its energy is null and `unrelaxed` says why.
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
  const unheld = unheldStereo(smiles);
  if (unheld !== undefined) return failed("stereo-not-held", unheld);
  if (isSingleAtom(mol)) return singleAtom(rdkit, mol, seed);
  const random = uniformNumbers(seed);
  const first = conformerBy(rdkit, mol, {
    way: libraryWay(rdkit, canonicalSmiles, { seed, random }),
    seed,
    random,
  });
  if (first.outcome === "embedded" && !first.isDoubtful) return withoutDoubt(first);
  const again = uniformNumbers(seed);
  const second = conformerBy(rdkit, mol, {
    way: distanceWay(rdkit, mol, { random: again }),
    seed,
    random: again,
  });
  return withoutDoubt(better(first, second));
}

/** Two minimisations of one conformer agree to better than this. */
const CLEARLY_KCAL_PER_MOL = 0.01;

/** A relaxed conformer before one that is yet to be, and of two relaxed ones that of lower energy. */
function better<Made extends EmbedOutcome>(first: Made, second: Made): Made {
  if (first.outcome === "failed") return second.outcome === "failed" ? first : second;
  if (second.outcome === "failed") return first;
  const energy = ({ conformer }: Embedded): number =>
    conformer.forceFieldEnergy_kcal_per_mol ?? Number.POSITIVE_INFINITY;
  return energy(second) < energy(first) - CLEARLY_KCAL_PER_MOL ? second : first;
}

/**
 * A conformer with other coordinates, those of a better method than what made it.
 *
 * @param xyz Å, x y z of each atom of the conformer in turn
 * @param method what relaxed it, e.g. "RHF/6-31G*"
 * @returns failed where it is no longer the molecule that was asked for, or cannot be one
 */
export function relaxedConformer(
  rdkit: RDKit,
  smiles: string,
  { conformer, xyz, method }: { conformer: Conformer; xyz: readonly number[]; method: string },
): EmbedOutcome {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return failed("unparsable", parsed.reason);
  using mol = parsed;
  const centred = centre(xyz);
  const molblock = withCoordinates(
    conformer.molblock,
    (atom) => centred.slice(3 * atom, 3 * atom + 3) as Position,
  );
  using embedded = moleculeInSpace(rdkit, molblock, { removeHs: false });
  if (!embedded || !isSameMolecule(mol, embedded)) return STRUCTURE_CHANGED;
  const written = describe(rdkit, mol, embedded);
  if (written.outcome === "failed") return written;
  const wrong = implausibility(spatialGraph(embedded), written.geometry.coordinates_angstrom);
  if (wrong !== undefined) return failed("implausible", `${method} ended where ${wrong}`);
  const { outcome: _, ...made } = written;
  const start = conformer.method.replace(NOT_MINIMISED, "");
  return {
    outcome: "embedded",
    conformer: {
      ...made,
      seed: conformer.seed,
      forceFieldEnergy_kcal_per_mol: null,
      method: `${start} + ${method}`,
    },
    unrelaxed: null,
  };
}

/** Origin of a geometry that a person gave. */
const AS_GIVEN = "as given";

/**
 * The conformer that a person gave: nothing is moved, and several components stay where they are.
 *
 * @param molblock V2000, all hydrogens, Å
 * @returns failed where it is another molecule than the SMILES
 */
export function conformerAsGiven(
  rdkit: RDKit,
  smiles: string,
  { molblock, seed }: { molblock: string; seed: number },
): EmbedOutcome {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return failed("unparsable", parsed.reason);
  using mol = parsed;
  using embedded = moleculeInSpace(rdkit, molblock, { removeHs: false });
  if (!embedded || !isSameMolecule(mol, embedded)) return STRUCTURE_CHANGED;
  const written = describe(rdkit, mol, embedded);
  if (written.outcome === "failed") return written;
  const { outcome: _, ...made } = written;
  const conformer = { ...made, seed, forceFieldEnergy_kcal_per_mol: null, method: AS_GIVEN };
  return { outcome: "embedded", conformer, unrelaxed: null };
}

type Position = [number, number, number];

const NOT_MINIMISED = /, not minimised.*$/s;

function centre(xyz: readonly number[]): number[] {
  const n = xyz.length / 3;
  const middle = [0, 1, 2].map((axis) => xyz.filter((_, i) => i % 3 === axis).reduce((a, b) => a + b, 0) / n);
  return xyz.map((x, i) => x - middle[i % 3]!);
}

/** What kept a candidate from a minimum of MMFF94: the first two do so for every start of a molecule. */
interface Obstacle {
  kind: "no-parameters" | "moved" | "implausible";
  detail: string;
}

interface Candidate {
  molecule: OclMolecule;
  /** kcal/mol; null where there is an obstacle. */
  energy: number | null;
  obstacle: Obstacle | null;
}

/** With whether starts were lost, so that a better one may be had by the other way. */
type Best = Candidate & { isDoubtful: boolean };

function singleAtom(rdkit: RDKit, mol: Mol, seed: number): EmbedOutcome {
  // RDKit reads what it wrote.
  using atom = rdkit.get_mol(mol.get_smiles());
  const written = describe(rdkit, mol, atom!);
  if (written.outcome === "failed") return written;
  const { outcome: _, ...made } = written;
  const conformer = { ...made, method: "a single atom", seed, forceFieldEnergy_kcal_per_mol: null };
  return { outcome: "embedded", conformer, unrelaxed: null };
}

interface Making {
  way: Way;
  seed: number;
  random: () => number;
}

type Made = (Embedded & { isDoubtful: boolean }) | EmbedFailed;

function withoutDoubt(made: Made): EmbedOutcome {
  if (made.outcome === "failed") return made;
  const { isDoubtful: _, ...embedded } = made;
  return embedded;
}

/** The best conformer of one way, as it is written. */
function conformerBy(rdkit: RDKit, asked: Mol, { way, seed, random }: Making): Made {
  const best = bestConformer(asked, way, random);
  if ("outcome" in best) return best;
  // bestConformer takes only what can be read back.
  using embedded = way.readBack(best.molecule)!;
  const written = describe(rdkit, asked, embedded);
  if (written.outcome === "failed") return written;
  const { outcome: _, ...made } = written;
  if (way.keepsOrder) assertWritten(made.geometry, best.molecule);
  const { energy, obstacle } = best;
  const unrelaxed = obstacle?.detail ?? null;
  const method = `${way.name}${unrelaxed === null ? " + MMFF94" : `, not minimised (${unrelaxed})`}`;
  const conformer = { ...made, method, seed, forceFieldEnergy_kcal_per_mol: energy };
  return { outcome: "embedded", conformer, unrelaxed, isDoubtful: best.isDoubtful };
}

/** The lowest plausible minimum that is the molecule asked for; else a start or a minimum that is yet to be relaxed. */
function bestConformer(asked: Mol, way: Way, random: () => number): Best | EmbedFailed {
  let best: Candidate | undefined;
  let isDoubtful = false;
  const isRadical = hasRadical(asked);
  let failure = failed("no-conformer", "no conformer without collisions was found");
  try {
    for (const molecule of way.starts()) {
      const made = minimised(molecule, { asked, isRadical, way, random });
      if ("outcome" in made) {
        failure = made;
        if (made.reason === "structure-changed") isDoubtful = true;
        continue;
      }
      if (made.energy === null) best ??= made;
      else if (made.energy < (best?.energy ?? Number.POSITIVE_INFINITY)) best = made;
      if (made.obstacle?.kind === "implausible") isDoubtful = true;
      else if (made.obstacle) return { ...made, isDoubtful: false };
    }
  } catch (error) {
    if (error instanceof AssertionError) throw error;
    failure = failed("no-conformer", String(error));
    isDoubtful = true;
  }
  return best ? { ...best, isDoubtful } : failure;
}

const STRUCTURE_CHANGED = failed("structure-changed", "the conformer is not the molecule that was asked for");

interface Minimising {
  asked: Mol;
  isRadical: boolean;
  way: Way;
  random: () => number;
}

/** A start at its MMFF94 minimum; the start itself where MMFF94 has no minimum or parameters for it. */
export function minimised(molecule: OclMolecule, making: Minimising): Candidate | EmbedFailed {
  const { isRadical, way, random } = making;
  const start = molecule.getCompactCopy();
  const unmoved = (obstacle: Obstacle): Candidate | EmbedFailed => {
    placeHydrogens(start);
    return checked({ molecule: start, energy: null, obstacle }, making);
  };
  const outcome = isRadical ? "no-parameters" : minimise(molecule, random);
  if (outcome === "no-parameters")
    return unmoved({ kind: "no-parameters", detail: "MMFF94 has no parameters for it" });
  const distortion = way.hasMeasuredLengths ? distortedBond(start, molecule) : undefined;
  if (distortion !== undefined)
    return unmoved({ kind: "moved", detail: `the force field moved ${distortion}` });
  if (outcome === "not-converged") return failed("not-converged", "MMFF94 found no minimum");
  const energy = mmff94Energy(molecule) ?? Number.NaN;
  if (!Number.isFinite(energy)) return failed("non-finite-energy", "MMFF94 gave no finite energy");
  return checked({ molecule, energy, obstacle: null }, making);
}

/** A candidate as it would be written, if it is the molecule asked for; an implausible minimum is named. */
function checked(candidate: Candidate, { asked, way }: Minimising): Candidate | EmbedFailed {
  roundCoordinates(candidate.molecule);
  using embedded = way.readBack(candidate.molecule);
  if (!embedded || !isSameMolecule(asked, embedded)) return STRUCTURE_CHANGED;
  if (candidate.obstacle) return candidate;
  const { coordinates_angstrom } = molblockGeometry(embedded.get_v2Kmolblock());
  const wrong = implausibility(spatialGraph(embedded), coordinates_angstrom, "MMFF94");
  if (wrong === undefined) return candidate;
  return {
    ...candidate,
    energy: null,
    obstacle: { kind: "implausible", detail: `at the MMFF94 minimum ${wrong}` },
  };
}

type Written = { outcome: "written" } & Pick<Conformer, "geometry" | "molblock" | "isomer">;

/** Molblock, geometry and isomer of RDKit's molecule in space. */
export function describe(rdkit: RDKit, asked: Mol, embedded: Mol): Written | EmbedFailed {
  const molblock = withoutBondStereo(embedded.get_v2Kmolblock()).replace(
    /^.*/,
    asked.get_smiles().slice(0, TITLE_WIDTH),
  );
  const isomer = isomerOf(rdkit, molblock, asked);
  if (isInvalid(isomer)) return failed("structure-changed", isomer.reason);
  const geometry = molblockGeometry(molblock);
  const distance = smallestDistance(geometry);
  if (distance < MIN_DISTANCE_ANGSTROM)
    return failed("atoms-overlap", `two atoms ${distance.toFixed(3)} Å apart`);
  return { outcome: "written", geometry, molblock, isomer };
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

function failed(reason: EmbedFailure, detail: string): EmbedFailed {
  return { outcome: "failed", reason, detail };
}

/** Whether an atom has unpaired electrons: MMFF94 would take it for one with a bond less. */
export function hasRadical(mol: Mol): boolean {
  return readGraph(mol).atoms.some(({ radicalElectrons }) => radicalElectrons > 0);
}

/** What is written must be what was minimised. */
function assertWritten({ coordinates_angstrom: xyz }: Geometry, molecule: OclMolecule): void {
  for (let atom = 0; atom < molecule.getAllAtoms(); atom++) {
    const there = positionOf(molecule, atom);
    const off = Math.hypot(...there.map((x, axis) => x - xyz[3 * atom + axis]!));
    assert(off < 10 ** -DECIMALS, `Atom ${atom} was written ${off} Å from where it is.`);
  }
}

const isSingleAtom = (mol: Mol): boolean => atomCounts(mol).NumAtoms === 1;
