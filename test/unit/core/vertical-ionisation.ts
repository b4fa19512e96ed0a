/** The vertical ionisation energy for tests that speak of its neutral and its cation. */
import { type EvaluationContext, evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { type EvaluatedCandidate, evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Level, Structures } from "#core/quantum/properties/protocol.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { Evaluation, SharedSpaceResult } from "#shared/properties/evaluation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
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
}: T) =>
  ({
    property: PROPERTY,
    outcome,
    states: { neutral, ...(cation && { cation }) },
    values,
  }) as unknown as Evaluation;

/** As it comes from the protocol, of a candidate whose geometry nobody asks for. */
export const asEvaluated = (result: IonisationResult): EvaluatedCandidate => ({
  evaluation: asEvaluation(result),
  reason: null,
  geometries: {},
});
export const ANY_GEOMETRY: Geometry = { symbols: ["H"], coordinates_angstrom: [0, 0, 0] };

export const asIonisation = ({ outcome, states, values }: Evaluation): IonisationResult =>
  ({ outcome, cation: null, ...states, ...values }) as unknown as IonisationResult;

const NONE: Structures = {
  protomers: () => [],
  tautomers: () => [],
  bondBreaks: () => [],
  marksBond: false,
  probePoses: () => [],
  lostBond: () => undefined,
  newBond: () => undefined,
  at: () => NONE,
};

export async function evaluateVerticalIonisation(
  { geometry, ...level }: IonisationRequest,
  context: EvaluationContext,
): Promise<IonisationResult> {
  const candidate = {
    geometry,
    molblock: "",
    structures: NONE,
    charge: 0,
    multiplicity: 1,
    level,
    settings: {},
  };
  const compute = (asked: EnergyRequest) => evaluateEnergy(asked, context);
  return asIonisation((await evaluateCandidate(PROPERTY, candidate, compute)).evaluation);
}
