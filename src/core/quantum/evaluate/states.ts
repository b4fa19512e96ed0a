/** States of a molecule as data, so that the same one is computed once for several properties. */
import type { EnergyRequest, IonKind } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";

/**
 * A calculation in orbitals of its own. The request holds geometry, charge, spin and level, and what kind of calculation it is: an
 * energy by its method, a relaxation first where it has `optimise`, whose result then has the geometry.
 */
interface OwnState {
  readonly request: EnergyRequest;
}

/** One electron less or more in the orbitals and the active space of the state with that name, a closed shell. */
interface IonState {
  readonly ionOf: string;
  readonly kind: IonKind;
}

export type State = OwnState | IonState;
export type States = Readonly<Record<string, State>>;

/** By the names of the states; null for an ion of a molecule whose field did not converge. */
export type StateResults = Readonly<Record<string, EnergyResult | IonResult | null>>;

/** A state of its own with the ions that share its orbitals: what is computed, kept and found again as one. */
export interface Unit {
  /** Of the state, then of its ions. */
  readonly names: readonly [string, ...string[]];
  readonly request: EnergyRequest;
}

/** The units of some states, in their order. */
export function unitsOf(states: States): Unit[] {
  const named = Object.entries(states);
  return named.flatMap(([name, state]): Unit[] => {
    if (!("request" in state)) return [];
    const ions = named.flatMap(([ion, other]) =>
      "ionOf" in other && other.ionOf === name ? [{ name: ion, kind: other.kind }] : [],
    );
    const names = ions.map((ion) => ion.name);
    if (names.length === 0) return [{ names: [name], request: state.request }];
    const request = { ...state.request, ions: ions.map(({ kind }) => kind) };
    return [{ names: [name, ...names], request }];
  });
}

/**
 * The units of a property's next round. The first of all, the molecule, is asked whether one determinant will do.
 *
 * @param known results of the rounds before
 */
export function unitsOfRound(states: States, known: StateResults): Unit[] {
  const [molecule, ...others] = unitsOf(states);
  if (!molecule || Object.keys(known).length > 0) return unitsOf(states);
  return [{ ...molecule, request: { ...molecule.request, diagnose: "from-field" } }, ...others];
}

const timeOf = ({ casci, vqe }: IonResult): number => casci.wallTime_ms + (vqe?.wallTime_ms ?? 0);

/** The result of a unit by the names of its states. */
export function resultsOf(
  { names: [name, ...ions] }: Unit,
  { ions: found, ...result }: EnergyResult,
): StateResults {
  const wallTime_ms = result.wallTime_ms - found.reduce((sum, ion) => sum + timeOf(ion), 0);
  return {
    [name]: { ...result, ions: [], wallTime_ms },
    ...Object.fromEntries(ions.map((ion, k) => [ion, found[k] ?? null])),
  };
}
