/** What is said and drawn of candidates that are compared in space. */
import type { ComparedCandidate } from "#shared/campaign/comparison.ts";
import type { Alignment } from "#shared/molecule/alignment.ts";
import { molblockGeometry } from "#shared/molecule/molblock.ts";
import { distance } from "#shared/molecule/vectors.ts";
import { placedAll } from "../../components/molecule-3d/placing.ts";
import type { Company } from "../../components/molecule-3d/viewer.ts";
import { OKABE_ITO } from "../../text/colours.ts";

/** One that has a geometry, and where it stands among those that were asked for, from 0. */
export interface PlacedCandidate extends ComparedCandidate {
  readonly molblock: string;
  readonly place: number;
}

export const placedOnes = (compared: readonly ComparedCandidate[]): PlacedCandidate[] =>
  compared.flatMap(({ molblock, ...one }, place) => (molblock === null ? [] : [{ ...one, molblock, place }]));

/** Of carbon atoms, by place: told apart by those who see red and green alike (Okabe & Ito's), and numbered in the view. */
export const CARBONS = Object.values(OKABE_ITO);

/** Atoms of each, Å. */
export const companyOf = (placed: readonly PlacedCandidate[]): Company =>
  placed.map(({ molblock }) => placedAll(molblockGeometry(molblock).coordinates_angstrom, (point) => point));

/** The atom of each, from 0, that is furthest from all atoms of the others: where its number stands clear of them. */
export function apartAtoms(molblocks: readonly string[]): number[] {
  const geometries = molblocks.map(molblockGeometry);
  return geometries.map(({ symbols, coordinates_angstrom: own }, one) => {
    const others = geometries.flatMap(({ coordinates_angstrom }, k) =>
      k === one ? [] : coordinates_angstrom,
    );
    const clearance = symbols.map((_, atom) => {
      const both = [...own.slice(3 * atom, 3 * atom + 3), ...others];
      return Math.min(...Array.from({ length: others.length / 3 }, (_, k) => distance(both, 0, k + 1)));
    });
    return clearance.indexOf(Math.max(...clearance));
  });
}

/** "O1–O7, C2–C9": the reference's atom first. */
export function pairWords(pairs: Alignment["pairs"], reference: string, molblock: string): string {
  const [a, b] = [reference, molblock].map((block) => molblockGeometry(block).symbols);
  return pairs.map(([i, j]) => `${a?.[i]}${i + 1}–${b?.[j]}${j + 1}`).join(", ");
}

const HOW = {
  elements: "of the same elements and bonds",
  skeleton: "bonded alike, elements aside",
} as const;

/** Where one lies, in a sentence. @param reference its place, from 1 */
export function alignmentWords(alignment: Alignment | null, reference: number): string {
  if (!alignment) return "The others are laid on this one.";
  const { by, pairs, rmsd_angstrom } = alignment;
  if (by === "centres" || rmsd_angstrom === null)
    return `Fewer than three atoms in common with ${reference}: centre on centre, as it was turned.`;
  return `${pairs.length} atoms on those of ${reference}, ${HOW[by]}: RMSD ${rmsd_angstrom.toFixed(2)} Å.`;
}
