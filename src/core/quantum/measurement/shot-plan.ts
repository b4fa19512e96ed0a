/** Shots where the variance is: how many each measurement setting gets. */
import { DomainError } from "#shared/errors.ts";
import type { MeasurementGroup } from "./grouping.ts";

/** Shots of each setting that only measure its variance. */
export const PILOT_SHOTS = 200;

/** Of the values of a setting's shots, Hartree. */
export interface Moments {
  readonly count: number;
  readonly sum: number;
  readonly squares: number;
}

const variance = ({ count, sum, squares }: Moments): number =>
  Math.max(0, (squares - (sum * sum) / count) / (count - 1));

/**
 * Variance of a setting, Hartree², with the flip of its largest term added once to what was seen (as Agresti & Coull add to a
 * count, doi:10.1080/00031305.1998.10480550): a few hundred shots miss what happens once in a thousand, and a variance of 0
 * would get no shots to see it with and would state too small an error.
 */
export function cautiousVariance(seen: Moments, { terms }: MeasurementGroup): number {
  const flip = 2 * terms.reduce((most, { coefficient }) => Math.max(most, Math.abs(coefficient)), 0);
  return variance(seen) + flip ** 2 / seen.count;
}

/** @throws DomainError `invalid-input` for a budget that leaves nothing to measure with after the pilots */
export function checkBudget(shots: number, settings: number): void {
  const least = 2 * PILOT_SHOTS * settings;
  if (shots >= least) return;
  throw new DomainError(
    "invalid-input",
    `Shots: expected at least ${least} for ${settings} measurement settings, got ${shots}.`,
    { shots, least },
  );
}

/** What an energy may cost. */
export interface ShotGoal {
  /** Standard error of the energy asked for, Hartree; shots are chosen to reach it. */
  readonly standardError: number;
  /** Shots to spend in all, the pilots' included; standardError then plays no part. */
  readonly shots?: number | undefined;
}

/**
 * Shots of each setting after the pilots, [settings]: σ_g · Σσ / ε² of setting g is the least total that reaches ε with
 * independent settings; with a budget, all of it in proportion to σ.
 *
 * @param sigmas standard deviation of a shot's value in each setting, Hartree
 */
export function allocateShots(sigmas: readonly number[], { standardError, shots }: ShotGoal): number[] {
  const sum = sigmas.reduce((total, sigma) => total + sigma, 0);
  if (shots === undefined)
    return sigmas.map((sigma) => Math.max(PILOT_SHOTS, Math.ceil((sigma * sum) / standardError ** 2)));
  const free = shots - 2 * PILOT_SHOTS * sigmas.length;
  return sigmas.map((sigma) => PILOT_SHOTS + (sum === 0 ? 0 : Math.floor((free * sigma) / sum)));
}
