/** How far VQE is from the exact answer in the same space. */
import { type Evaluation, stateOf } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { type CasciResult, type VqeResult, vqeBound } from "#shared/quantum/state-result.ts";

/** The states in an active space. */
const statesOf = (evaluation: Evaluation) =>
  declarationOf(evaluation)
    .states.map(({ name }) => stateOf(evaluation, name))
    .filter(({ casci, vqe }) => casci || vqe);

/** The difference VQE − CASCI that is largest in size among the states, Hartree; null where one is missing. */
export function gapOf(evaluation: Evaluation): number | null {
  const gaps = statesOf(evaluation).map(({ vqe, casci }) =>
    vqe && casci ? vqe.energy_hartree - vqeBound(casci) : null,
  );
  if (gaps.length === 0) return null;
  return gaps.reduce((largest, gap) =>
    largest === null || gap === null ? null : Math.abs(gap) > Math.abs(largest) ? gap : largest,
  );
}

/**
 * Standard error of a difference of two energies that were measured, Hartree: each comes from shots of its own. null where exact,
 * and for more states, which may count more than once, as the neutral in a gap does.
 */
export function statedErrorOf(evaluation: Evaluation): number | null {
  const errors = statesOf(evaluation).map(({ vqe }) => vqe?.statedError_hartree ?? null);
  if (errors.length === 0 || errors.length > 2) return null;
  return errors.reduce((sum, error) => (sum === null || error === null ? null : Math.hypot(sum, error)));
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
