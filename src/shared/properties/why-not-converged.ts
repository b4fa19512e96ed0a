/** Why an evaluation has no number, in words: records, lists and pages say it alike. */
import type { EnergyResult } from "../quantum/energy-result.ts";
import type { FieldSearch } from "../quantum/field-result.ts";
import { type Attempt, type Evaluation, isOwn, type StateResult } from "./evaluation.ts";
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

/** Each start has DIIS first, Newton's steps where that fails. */
const startsOf = (search: FieldSearch | null): string =>
  search && search.starts.length > 1
    ? `, the last of ${search.starts.length} starts by DIIS and Newton's steps`
    : "";

/** What may fail, that on which the others stand first. */
const REASONS: readonly Why[] = [
  ofOwn(({ hartreeFock: { outcome, iterations, search } }, { of }) =>
    outcome === "converged"
      ? null
      : `Hartree-Fock${of} did not converge in ${iterations} iterations${startsOf(search)}`,
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
  ofOwn(({ multireference }) =>
    multireference?.outcome === "not-converged"
      ? "states in an active space did not converge by CASSCF with NEVPT2"
      : null,
  ),
  ofOwn(({ vibrations }, { name }) =>
    vibrations && vibrations.outcome !== "minimum"
      ? `no minimum of the ${name} was found for its vibrations`
      : null,
  ),
];

/** The problem at the geometry that was asked for, with what was tried elsewhere in vain and what a person can do. */
export function afterAttempts(problem: string, attempts: readonly Attempt[] = []): string {
  const elsewhere = attempts.slice(1).map((attempt) => `; ${attempt.at}: ${attempt.problem}`);
  if (attempts.length === 0) return problem;
  return `${problem}${elsewhere.join("")}; another basis set, or a geometry of your own, may help`;
}

/** The first calculation that did not converge, and what was tried elsewhere; null where all did, and where what is missing is no calculation. */
export const whyNotConverged = (
  evaluation: NamedProperty & Pick<Evaluation, "outcome" | "states" | "attempts">,
): string | null =>
  evaluation.outcome === "not-converged"
    ? afterAttempts(firstProblem(evaluation), evaluation.attempts)
    : null;

function firstProblem(evaluation: NamedProperty & Pick<Evaluation, "states">): string {
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
