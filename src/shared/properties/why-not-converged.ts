/** Why an evaluation has no number, in words: records, lists and pages say it alike. */
import type { EnergyResult } from "../quantum/energy-result.ts";
import { type Evaluation, isOwn, type StateResult } from "./evaluation.ts";
import { declarationOf, type NamedProperty } from "./find.ts";

interface Named {
  readonly name: string;
  /** " of the cation"; empty for the molecule itself. */
  readonly of: string;
  readonly result: StateResult;
}

type Why = (state: Named) => string | null;

const ofOwn =
  (why: (result: EnergyResult, named: Named) => string | null): Why =>
  (named) =>
    isOwn(named.result) ? why(named.result, named) : null;

/** What may fail, that on which the others stand first. */
const REASONS: readonly Why[] = [
  ofOwn(({ hartreeFock: { outcome, iterations } }, { of }) =>
    outcome === "converged" ? null : `Hartree-Fock${of} did not converge in ${iterations} iterations`,
  ),
  ({ name, result: { vqe } }) =>
    vqe?.outcome === "not-converged"
      ? `VQE of the ${name} did not converge in ${vqe.iterations} iterations (gradient ${vqe.gradientNorm.toExponential(1)} Eh)`
      : null,
  ofOwn(({ optimisation }, { name }) =>
    optimisation?.outcome === "not-converged"
      ? `the geometry of the ${name} was not relaxed in ${optimisation.steps} steps`
      : null,
  ),
  ({ result: { casci } }) =>
    casci?.outcome === "not-converged" ? "exact diagonalisation did not converge" : null,
  ofOwn(({ vibrations }, { name }) =>
    vibrations && vibrations.outcome !== "minimum"
      ? `no minimum of the ${name} was found for its vibrations`
      : null,
  ),
];

/** The first calculation that did not converge; null where all did, and where what is missing is no calculation. */
export function whyNotConverged(
  evaluation: NamedProperty & Pick<Evaluation, "outcome" | "states">,
): string | null {
  if (evaluation.outcome !== "not-converged") return null;
  const { name: property, states } = declarationOf(evaluation);
  const named = Object.entries(evaluation.states).map(
    ([name, result]): Named => ({ name, result, of: name === states[0].name ? "" : ` of the ${name}` }),
  );
  for (const why of REASONS)
    for (const state of named) {
      const reason = why(state);
      if (reason !== null) return reason;
    }
  return `a state that the ${property} is made of was not reached, or mixes spins too much for MP2`;
}
