/** Which candidates to evaluate next, by what the surrogate predicts. */
import type { Prediction } from "./surrogate.ts";

/**
 * - greedy: the best mean
 * - expected-improvement: the mean gain over the best value known (Jones et al., doi:10.1023/A:1008306431147)
 * - thompson: the best of one random draw from each candidate's distribution
 */
export type AcquisitionStrategy = "greedy" | "expected-improvement" | "thompson";

export interface AcquisitionOptions {
  strategy: AcquisitionStrategy;
  direction: "minimise" | "maximise";
  /** How many candidates to pick. */
  count: number;
  /** Best value observed so far. */
  best: number;
  /** Uniform random numbers, for thompson. */
  random: () => number;
}

/** Indices of the picked candidates, best first; equal ones in their order. */
export function pickNext(predictions: readonly Prediction[], options: AcquisitionOptions): number[] {
  const worth = predictions.map((prediction) => worthOf(prediction, options));
  return [...worth.keys()].sort((a, b) => worth[b]! - worth[a]! || a - b).slice(0, options.count);
}

function worthOf(
  { mean, standardDeviation }: Prediction,
  { strategy, direction, best, random }: AcquisitionOptions,
): number {
  const sign = direction === "maximise" ? 1 : -1;
  if (strategy === "greedy") return sign * mean;
  if (strategy === "thompson") return sign * mean + standardDeviation * standardNormal(random);
  return expectedImprovement(sign * (mean - best), standardDeviation);
}

/** E[max(0, x)] of a normal x: gain Φ(g) + s φ(g) with g = gain / s. */
export function expectedImprovement(gain: number, standardDeviation: number): number {
  if (standardDeviation === 0) return Math.max(0, gain);
  const g = gain / standardDeviation;
  return gain * normalDistribution(g) + (standardDeviation * Math.exp(-(g * g) / 2)) / Math.sqrt(2 * Math.PI);
}

/** Φ by Abramowitz and Stegun 7.1.26, to 1.5e-7. */
function normalDistribution(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = (series * Math.exp(-z * z)) / 2;
  return x > 0 ? 1 - upper : upper;
}

/** Box and Muller's transform. */
const standardNormal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
