/** The vertical ionisation energy for tests that speak of its neutral and its cation. */
import type { EvaluationContext } from "#core/quantum/evaluate/evaluator.ts";
import { computeStates } from "#core/quantum/evaluate/states.ts";
import { evaluationOf, statesOf } from "#core/quantum/properties/evaluate.ts";
import type { Level } from "#core/quantum/properties/protocol.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { Evaluation, SharedSpaceResult } from "#shared/properties/evaluation.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";

const PROPERTY = "vertical-ionisation-energy";

export type IonisationRequest = Level & { geometry: Geometry };

export interface IonisationResult {
  outcome: Evaluation["outcome"];
  neutral: EnergyResult;
  cation: SharedSpaceResult | null;
  vertical_hartree: number | null;
  verticalCasci_hartree: number | null;
  koopmans_hartree: number | null;
}

export const asEvaluation = <
  T extends Pick<IonisationResult, "outcome"> & { neutral: object; cation: object | null },
>({
  outcome,
  neutral,
  cation,
  ...values
}: T) => ({ property: PROPERTY, outcome, states: { neutral, cation }, values }) as unknown as Evaluation;

export const asIonisation = ({ outcome, states, values }: Evaluation): IonisationResult =>
  ({ outcome, ...states, ...values }) as unknown as IonisationResult;

export async function evaluateVerticalIonisation(
  { geometry, ...level }: IonisationRequest,
  context: EvaluationContext,
): Promise<IonisationResult> {
  const states = statesOf(PROPERTY, { geometry, level, settings: {} });
  return asIonisation(evaluationOf(PROPERTY, await computeStates(states, context)));
}
