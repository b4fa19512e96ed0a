/**
 * The last rungs for a candidate of which a state does not converge at the geometry that was asked for: the same states elsewhere. Before
 * that each field had its other starts, DIIS and Newton's steps, and 1,000 iterations (field/search.ts).
 */
import { isRefusal } from "#shared/errors.ts";
import { type Attempt, type Evaluation, isOwn } from "#shared/properties/evaluation.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import { afterAttempts, whyNotConverged } from "#shared/properties/why-not-converged.ts";
import { type Conformation, evaluateConformers } from "./conformers.ts";
import type { Compute, EvaluatedCandidate } from "./evaluate.ts";
import { GEOMETRY_BASIS, ROUGH_BASIS } from "./requests.ts";

interface Asked {
  readonly compute: Compute;
  /** Where each shape is relaxed to first; absent: nowhere. */
  readonly relaxed?: "hartree-fock" | undefined;
  /** Another shape of the molecule than those that are averaged over; undefined where there is none. Asked for at need. */
  readonly other: () => Promise<Conformation | undefined>;
}

/** Whether a field or a relaxation is why there is no number: VQE, CASCI and mixed spins are the same at the next geometry. */
const lacksField = ({ outcome, states }: Evaluation): boolean =>
  outcome === "not-converged" &&
  Object.values(states).some(
    (state) =>
      isOwn(state) &&
      (state.hartreeFock.outcome === "not-converged" || state.optimisation?.outcome === "not-converged"),
  );

const problemOf = ({ evaluation, reason }: EvaluatedCandidate): string | null =>
  evaluation.outcome === "not-converged" ? (reason ?? whyNotConverged(evaluation)) : null;

type Rung = readonly [at: string, evaluate: () => Promise<EvaluatedCandidate | undefined>];

/** Where else the states are tried, the nearer first. */
function rungs(
  property: PropertyId,
  shapes: readonly Conformation[],
  { compute, relaxed, other }: Asked,
): Rung[] {
  const minimum = relaxed ? "Hartree–Fock/6-31G*" : "MMFF94";
  return [
    [
      "at the Hartree–Fock/STO-3G minimum",
      () => evaluateConformers(property, shapes, { compute, relaxedIn: ROUGH_BASIS }),
    ],
    [
      `in another conformer, at its ${minimum} minimum`,
      async () => {
        const shape = await other();
        return shape && evaluateConformers(property, [shape], { compute, relaxedIn: basisOf(relaxed) });
      },
    ],
  ];
}

const basisOf = (relaxed: Asked["relaxed"]): string | undefined => relaxed && GEOMETRY_BASIS;

interface Tried {
  readonly attempt: Attempt;
  readonly found?: EvaluatedCandidate;
}

/** What a rung gave; its problem where the molecule cannot be computed so, undefined where there is no such shape. */
async function tried([at, evaluate]: Rung): Promise<Tried | undefined> {
  try {
    const found = await evaluate();
    return found && { attempt: { at, problem: problemOf(found) }, found };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { attempt: { at, problem: error.message } };
  }
}

/**
 * Evaluates a molecule in its shapes; where a field or a relaxation on the way does not converge, at the Hartree–Fock/STO-3G minimum of
 * each, then in another conformer. A number from there is another number: `attempts` of the evaluation say where it is, and why.
 *
 * Throws as evaluateConformers. Cost: that; where a state does not converge, once more for each rung and for the relaxations.
 */
export async function evaluateMolecule(
  property: PropertyId,
  shapes: readonly Conformation[],
  asked: Asked,
): Promise<EvaluatedCandidate> {
  const { compute, relaxed } = asked;
  const first = await evaluateConformers(property, shapes, { compute, relaxedIn: basisOf(relaxed) });
  if (!lacksField(first.evaluation)) return first;
  const attempts: Attempt[] = [{ at: "at the geometry that was asked for", problem: problemOf(first) }];
  const told = (found: EvaluatedCandidate) => ({ ...found, evaluation: { ...found.evaluation, attempts } });
  for (const rung of rungs(property, shapes, asked)) {
    const step = await tried(rung);
    if (!step) continue;
    attempts.push(step.attempt);
    if (step.found && step.attempt.problem === null) return told(step.found);
  }
  return { ...told(first), reason: first.reason && afterAttempts(first.reason, attempts) };
}
