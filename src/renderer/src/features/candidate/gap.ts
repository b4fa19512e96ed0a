/** How far VQE is from the exact answer in the same space. */
import type { IonisationResult } from "#shared/quantum/energy-result.ts";
import { type CasciResult, type VqeResult, vqeBound } from "#shared/quantum/state-result.ts";

/** The difference VQE − CASCI of neutral or cation, whichever is larger in size, Hartree; null where either is missing. */
export function gapOf({ neutral, cation }: IonisationResult): number | null {
  if (!neutral.casci || !neutral.vqe || !cation) return null;
  const ofNeutral = neutral.vqe.energy_hartree - vqeBound(neutral.casci);
  const ofCation = cation.vqe.energy_hartree - vqeBound(cation.casci);
  return Math.abs(ofCation) > Math.abs(ofNeutral) ? ofCation : ofNeutral;
}

/** Standard error of a measured ionisation energy, Hartree: its two energies come from shots of their own. null where exact. */
export function statedErrorOf({ neutral, cation }: IonisationResult): number | null {
  const errors = [neutral.vqe?.statedError_hartree, cation?.vqe.statedError_hartree];
  if (errors.some((error) => error === null || error === undefined)) return null;
  return Math.hypot(...(errors as number[]));
}

/** A trace below this is drawn at it: a logarithm has no zero, and doubles end near here. */
export const FLOOR_HARTREE = 1e-12;

/** VQE − CASCI after each iteration as points for a logarithmic axis; `exact` is the true difference. */
export function convergencePoints(
  vqe: VqeResult,
  casci: CasciResult,
): { iteration: number; shown: number; exact: number }[] {
  return vqe.trace_hartree.map((energy, iteration) => {
    const exact = energy - vqeBound(casci);
    return { iteration, shown: Math.max(Math.abs(exact), FLOOR_HARTREE), exact };
  });
}
