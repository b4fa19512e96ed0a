/** Thermal terms at a minimum, looked for again where the first stationary point is none. */
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import type { ThermalTerms } from "#shared/quantum/vibrations-result.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import { ownResult, relaxedGeometry, vibrating } from "./requests.ts";

const TRIES = 3;

interface Part {
  readonly geometry: Geometry;
  readonly electrons: Electrons;
  /** "bond C1–C2 broke": what it has become elsewhere; undefined where it is what it was. */
  lostBond(elsewhere: Geometry): string | undefined;
}

interface Terms {
  /** null where three tries found no minimum, or one of something else. */
  readonly terms: ThermalTerms | null;
  /** "bond C1–C2 broke": what became of it on the way to its minimum. */
  readonly change?: string;
}

/**
 * States `name`-1, -2 …: the second begins down the imaginary vibration of the first.
 *
 * @returns the state to compute next, or the terms
 */
export function termsAtMinimum(
  name: string,
  { geometry, electrons, lostBond }: Part,
  results: StateResults,
): { states: States } | Terms {
  let start = geometry;
  for (let number = 1; number <= TRIES; number++) {
    const key = `${name}-${number}`;
    if (!(key in results)) return { states: { [key]: { request: vibrating(start, electrons) } } };
    const end = relaxedGeometry(results, key);
    const change = end && lostBond(end);
    if (change !== undefined) return { terms: null, change };
    const { terms = null, downhill = null } = ownResult(results, key)?.vibrations ?? {};
    if (terms || !downhill) return { terms };
    start = downhill;
  }
  return { terms: null };
}
