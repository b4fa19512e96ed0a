/** Thermal terms at a minimum, looked for again where the first stationary point is none. */
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import type { ThermalTerms } from "#shared/quantum/vibrations-result.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import { ownResult, vibrating } from "./requests.ts";

const TRIES = 3;

/**
 * States `name`-1, -2 …: the second begins down the imaginary vibration of the first.
 *
 * @returns the state to compute next, or the terms; null where three tries found no minimum
 */
export function termsAtMinimum(
  name: string,
  { geometry, electrons }: { geometry: Geometry; electrons: Electrons },
  results: StateResults,
): { states: States } | { terms: ThermalTerms | null } {
  let start = geometry;
  for (let number = 1; number <= TRIES; number++) {
    const key = `${name}-${number}`;
    if (!(key in results)) return { states: { [key]: { request: vibrating(start, electrons) } } };
    const { terms = null, downhill = null } = ownResult(results, key)?.vibrations ?? {};
    if (terms || !downhill) return { terms };
    start = downhill;
  }
  return { terms: null };
}
