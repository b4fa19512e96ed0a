/** Several shapes of one molecule. */
import { AssertionError } from "node:assert";
import type { Conformer } from "#shared/molecule/molecule.ts";
import { uniformNumbers } from "#shared/random.ts";
import { isInvalid } from "../toolkit/notation.ts";
import { parseSmiles, type RDKit } from "../toolkit/rdkit.ts";
import { describe, hasRadical, minimised } from "./conformer.ts";
import { libraryWay } from "./conformer-ways.ts";

/** Higher ones have no share at room temperature that MMFF94's error would not hide, kcal/mol. */
const WINDOW_KCAL_PER_MOL = 5;
/** Minima of energies that are closer are one, kcal/mol: mirror images and turned hydrogens of a kind among them. */
export const SAME_KCAL_PER_MOL = 0.01;
/** Starts for each conformer that is asked for, and at most. */
const STARTS_EACH = 10;
const MOST_STARTS = 100;

interface Asked {
  /** 32-bit unsigned */
  readonly seed: number;
  /** At most. */
  readonly count: number;
}

/**
 * The lowest minima of MMFF94 within 5 kcal/mol of the lowest, from OpenChemLib's torsions; the same for the same molecule and seed.
 *
 * Of mirror images one is taken. None where MMFF94 has no parameters for the molecule. Cost: ten minimisations for each that is asked for.
 *
 * @param smiles with the stereo that is to be kept
 * @returns rising by energy; the atoms in one order
 */
export function conformersOf(rdkit: RDKit, smiles: string, { seed, count }: Asked): Conformer[] {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return [];
  using mol = parsed;
  const random = uniformNumbers(seed);
  const most = Math.min(MOST_STARTS, STARTS_EACH * count);
  const way = libraryWay(rdkit, mol.get_smiles(), { seed, random, most });
  const making = { asked: mol, isRadical: hasRadical(mol), way, random };
  const found: Conformer[] = [];
  try {
    for (const start of way.starts()) {
      const made = minimised(start, making);
      if ("outcome" in made || made.energy === null) continue;
      using read = way.readBack(made.molecule);
      const written = read && describe(rdkit, mol, read);
      if (!written || written.outcome === "failed") continue;
      const { outcome: _, ...shape } = written;
      found.push({
        ...shape,
        seed,
        method: `${way.name} + MMFF94`,
        forceFieldEnergy_kcal_per_mol: made.energy,
      });
    }
  } catch (error) {
    // OpenChemLib throws where it has no torsions for a molecule.
    if (error instanceof AssertionError) throw error;
  }
  return lowest(found, count);
}

const energyOf = (conformer: Conformer): number =>
  conformer.forceFieldEnergy_kcal_per_mol ?? Number.POSITIVE_INFINITY;

function lowest(found: readonly Conformer[], count: number): Conformer[] {
  const ordered = found.toSorted((a, b) => energyOf(a) - energyOf(b));
  const [first] = ordered;
  if (!first) return [];
  const distinct = ordered.filter(
    (conformer, k) =>
      energyOf(conformer) - (ordered[k - 1] ? energyOf(ordered[k - 1]!) : -Infinity) > SAME_KCAL_PER_MOL,
  );
  return distinct
    .filter((conformer) => energyOf(conformer) - energyOf(first) < WINDOW_KCAL_PER_MOL)
    .slice(0, count);
}
