/** States of a molecule as data, so that the same one may be computed once for several properties; and their computation. */
import type { EnergyRequest, IonKind } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import { type EvaluationContext, evaluateEnergy } from "./evaluator.ts";

/** Geometry, charge, spin and level in one: all that the result depends on. */
interface OwnState {
  readonly request: EnergyRequest;
}

/** One electron less or more in the orbitals and the active space of the state with that name. */
interface IonState {
  readonly ionOf: string;
  readonly kind: IonKind;
}

export type State = OwnState | IonState;
export type States = Readonly<Record<string, State>>;

/** By the names of the states; null for an ion of a molecule whose field did not converge. */
export type StateResults = Readonly<Record<string, EnergyResult | IonResult | null>>;

const timeOf = ({ casci, vqe }: IonResult): number => casci.wallTime_ms + (vqe?.wallTime_ms ?? 0);

/** A state and the ions that share its orbitals, by name. */
async function computeWithIons(
  [name, { request }]: readonly [string, OwnState],
  ions: readonly (readonly [string, IonState])[],
  context: EvaluationContext,
): Promise<[string, EnergyResult | IonResult | null][]> {
  const kinds = ions.map(([, { kind }]) => kind);
  const { ions: found, ...result } = await evaluateEnergy({ ...request, ions: kinds }, context);
  const wallTime_ms = result.wallTime_ms - found.reduce((sum, ion) => sum + timeOf(ion), 0);
  return [
    [name, { ...result, ions: [], wallTime_ms }],
    ...ions.map(([ion], k): [string, IonResult | null] => [ion, found[k] ?? null]),
  ];
}

/**
 * Computes each state; those in shared orbitals right after the state whose orbitals they take.
 *
 * What does not converge is an outcome in the result. Throws as evaluateEnergy.
 */
export async function computeStates(states: States, context: EvaluationContext): Promise<StateResults> {
  const named = Object.entries(states);
  const results: [string, EnergyResult | IonResult | null][] = [];
  for (const [name, state] of named) {
    if (!("request" in state)) continue;
    const ions = named.flatMap(([ion, other]) =>
      "ionOf" in other && other.ionOf === name ? [[ion, other] as const] : [],
    );
    results.push(...(await computeWithIons([name, state], ions, context)));
  }
  return Object.fromEntries(results);
}
