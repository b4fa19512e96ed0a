/** Which candidates to evaluate next, by what the surrogate predicts. */
import type { AcquisitionStrategy } from "#shared/campaign/campaign.ts";
import { standardNormal } from "#shared/random.ts";
import type { Prediction } from "./surrogate.ts";

/**
 * - greedy: the best mean
 * - expected-improvement: the mean gain over the best value known (Jones et al., doi:10.1023/A:1008306431147)
 * - thompson: the best of one random draw from each candidate's distribution
 */
export type SurrogateStrategy = Exclude<AcquisitionStrategy, "none">;

interface AcquisitionOptions {
  strategy: SurrogateStrategy;
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

/** E[max(0, x)] of a normal x: gain Φ(g) + s φ(g) with g = gain / s, to twelve digits also where nearly no gain is left. */
export function expectedImprovement(gain: number, standardDeviation: number): number {
  if (standardDeviation === 0) return Math.max(0, gain);
  return Math.max(0, gain) + standardDeviation * expectedLoss(Math.abs(gain / standardDeviation));
}

/** From here on the continued fraction needs fewer terms than the series loses digits. */
const FAR = 3;
const TERMS = 60;

/**
 * φ(x) − x Φ(−x) for x ≥ 0, which no difference of rounded numbers gives far out.
 *
 * Near: Φ(−x) = 1/2 − φ(x) (x + x³/3 + x⁵/15 + …). Far: Φ(−x) = φ(x) / (x + r) with r = 1/(x + 2/(x + 3/(x + …))), so that
 * φ(x) r / (x + r) is left (Abramowitz and Stegun 26.2.11 and 26.2.14).
 */
function expectedLoss(x: number): number {
  const density = Math.exp(-(x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x > FAR) {
    let r = 0;
    for (let k = TERMS; k > 0; k--) r = k / (x + r);
    return (density * r) / (x + r);
  }
  let sum = 0;
  let term = x;
  for (let odd = 3; sum + term !== sum; odd += 2) {
    sum += term;
    term *= (x * x) / odd;
  }
  return density - x * (0.5 - density * sum);
}
