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

/** The most shots of a setting are so many doublings of the fewest at most. */
const MOST_DOUBLINGS = 8;

/**
 * The same in shots that circuits of one job can share: each setting has the fewest doubled so often as comes closest to its own.
 * That takes 4 % more than allocateShots where the shares of settings are spread evenly over what they are rounded to, as f = 2^u
 * with u from -1/2 to 1/2: the mean of f times that of 1/f.
 */
export function allocateSharedShots(sigmas: readonly number[], goal: ShotGoal): number[] {
  const { standardError, shots } = goal;
  const own = allocateShots(sigmas, goal);
  const fewest = Math.min(...own);
  const doublings = own.map((n) => Math.min(MOST_DOUBLINGS, Math.round(Math.log2(n / fewest))));
  if (shots === undefined) {
    // The error of a setting falls with its doublings; the fewest are what brings the sum of all to the error asked for.
    const variance = sigmas.reduce((sum, sigma, k) => sum + sigma ** 2 / 2 ** doublings[k]!, 0);
    const shared = Math.max(PILOT_SHOTS, Math.ceil(variance / standardError ** 2));
    return doublings.map((times) => shared * 2 ** times);
  }
  const budget = shots - PILOT_SHOTS * sigmas.length;
  for (let most = MOST_DOUBLINGS; ; most--) {
    const shares = doublings.map((times) => 2 ** Math.min(times, most));
    const shared = Math.floor(budget / shares.reduce((sum, share) => sum + share, 0));
    // With none doubled there are as many as the pilots had.
    if (shared >= PILOT_SHOTS || most === 0) return shares.map((share) => shared * share);
  }
}
