/** What the evaluation of a candidate found: the states of its property, and the numbers made of them. */
import { z } from "zod";
import type { DiagnosticRoute } from "../quantum/diagnostic.ts";
import { EnergyResult } from "../quantum/energy-result.ts";
import { CasciResult, VqeResult } from "../quantum/state-result.ts";
import { PropertyDefinition } from "./definition.ts";
import { declarationOf, type NamedProperty, PropertyId } from "./find.ts";
import { type PropertyValue, rankedValue } from "./property.ts";
import type { PropertySettings } from "./settings.ts";

/** A state in the orbitals and the active space of another one. */
export const SharedSpaceResult = z.strictObject({ casci: CasciResult, vqe: VqeResult });
export type SharedSpaceResult = z.infer<typeof SharedSpaceResult>;

export const StateResult = z.union([EnergyResult, SharedSpaceResult]);
export type StateResult = z.infer<typeof StateResult>;

/**
 * How an evaluation ended. Without a number though nothing failed: not-bound, an electron, ion or molecule that does not stay; not-applicable, a molecule
 * that lacks what the property is of (earlier records say not-bound there too); outside-limits, one that has all parts of a composite, one
 * of them outside what is allowed.
 */
export const EvaluationOutcome = z.enum([
  "converged",
  "not-converged",
  "not-bound",
  "not-applicable",
  "outside-limits",
]);
export type EvaluationOutcome = z.infer<typeof EvaluationOutcome>;

/** Whether an evaluation found that there is no number. */
export const hasNoNumber = (outcome: EvaluationOutcome): boolean =>
  outcome === "not-bound" || outcome === "not-applicable" || outcome === "outside-limits";

/** One of those that a number was chosen from or averaged over: a bond, a tautomer, a conformer. */
export const Alternative = z.strictObject({
  /** "C1–O2": atoms are numbered from 1, as in the geometry. */
  name: z.string(),
  /** The number that is ranked by, were it that of this one alone, in the stored unit; null where there is none. */
  value: z.number().nullable(),
  /** Share in the number, which is an average, 0 to 1; absent where one of them is chosen, and of what is not in the average. */
  weight: z.number().exactOptional(),
  /** Of the molecules at 298.15 K, 0 to 1, told of what no average is made with; tautomers of before version 12 say it as weight. */
  share: z.number().exactOptional(),
  /** Why there is no number, or what else is to be said: a clause for people. */
  remark: z.string().exactOptional(),
  /** That it, or it with one of its spins, became something else and was left out of the choice of the lowest: the number may not be that of the lowest. */
  isLeftOut: z.literal(true).exactOptional(),
});
export type Alternative = z.infer<typeof Alternative>;

/** One place where all states of an evaluation were tried. */
export const Attempt = z.strictObject({
  /** Where: "at the Hartree–Fock/STO-3G minimum", for people. */
  at: z.string(),
  /** Why there was no number, a clause for people; null for the one whose numbers and states are the evaluation's. */
  problem: z.string().nullable(),
});
export type Attempt = z.infer<typeof Attempt>;

export const Evaluation = z.strictObject({
  property: PropertyId,
  /** Of a person's own property. */
  definition: PropertyDefinition.exactOptional(),
  outcome: EvaluationOutcome,
  /** Those that were asked for and reached, by the names that the property declares. */
  states: z.record(z.string(), StateResult),
  /** By the keys that the property declares, in the stored unit; null unless all that it is made of converged. */
  values: z.record(z.string(), z.number().nullable()),
  /** Absent where there was no choice. */
  alternatives: z.array(Alternative).exactOptional(),
  /**
   * In their order, the first at the geometry that was asked for; absent where every state converged there. Where all failed, numbers
   * and states are those of the first.
   */
  attempts: z.array(Attempt).exactOptional(),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** Whether a state was computed in orbitals of its own. */
export const isOwn = (result: StateResult): result is EnergyResult => "hartreeFock" in result;

/** The molecule as it was proposed, in its own orbitals, the first of its states that was asked for; undefined where none is there. */
export function moleculeIfAny(
  evaluation: NamedProperty & Pick<Evaluation, "states">,
): EnergyResult | undefined {
  for (const { name } of declarationOf(evaluation).states) {
    const result = evaluation.states[name];
    if (result && isOwn(result)) return result;
  }
  return undefined;
}

/** The same where it must be there: its field, its active space, and its energies there. */
export function moleculeResult(evaluation: NamedProperty & Pick<Evaluation, "states">): EnergyResult {
  const result = moleculeIfAny(evaluation);
  if (!result) throw new Error(`an evaluation of ${evaluation.property} without its molecule`);
  return result;
}

/** Whether one determinant will do for the molecule; undefined where that was not asked, as by versions before 18. */
export const routeOf = (
  evaluation: NamedProperty & Pick<Evaluation, "states">,
): DiagnosticRoute | undefined => moleculeResult(evaluation).diagnostic?.route;

/** What was found in a state's active space; nulls where it was not reached. */
export function stateOf(
  { states }: Pick<Evaluation, "states">,
  name: string,
): { casci: CasciResult | null; vqe: VqeResult | null } {
  return states[name] ?? { casci: null, vqe: null };
}

/** The number by which candidates are ranked, in the stored unit. @param settings of the property */
export const mainValue = (
  evaluation: NamedProperty & Pick<Evaluation, "values">,
  settings: PropertySettings | undefined,
): number | null => evaluation.values[rankedValue(declarationOf(evaluation), settings).key] ?? null;

/** The property's number by a method, in the stored unit. */
export const valueBy = (
  evaluation: NamedProperty & Pick<Evaluation, "values">,
  method: PropertyValue["method"],
): number | null => {
  const declared = declarationOf(evaluation).values.find((value) => value.method === method);
  return declared ? (evaluation.values[declared.key] ?? null) : null;
};

/** Where the numbers are that states at the geometry that was asked for did not give; undefined where they are there. */
export const recoveredAt = ({ attempts = [] }: Pick<Evaluation, "attempts">): string | undefined =>
  attempts.find(({ problem }) => problem === null)?.at;

/** "numbers at the Hartree–Fock/STO-3G minimum", or "found at …" where what was found is that there is none. */
export const whereText = (at: string, hasNumber: boolean): string =>
  `${hasNumber ? "numbers" : "found"} ${at}`;

/** What is to be known of a number, or of a finding that there is none, from elsewhere than was asked for. */
export function recoveryNote({
  attempts = [],
  outcome,
}: Pick<Evaluation, "attempts" | "outcome">): string | null {
  const at = recoveredAt({ attempts });
  if (at === undefined) return null;
  const failed = attempts.flatMap(({ at: there, problem }) =>
    problem === null ? [] : [`${there}: ${problem}`],
  );
  const found = hasNoNumber(outcome)
    ? `That there is no number was found ${at}; at the geometry that was asked for there may be one.`
    : `The number is ${at}, where another one is expected than at the geometry that was asked for.`;
  return `${found} Tried before: ${failed.join("; ")}.`;
}
