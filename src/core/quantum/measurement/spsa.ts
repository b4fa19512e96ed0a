/** Minimisation of an energy that is only known from shots. */
import type { Measurement } from "../backends/backend.ts";
import { uniformNumbers } from "../random.ts";

export interface SpsaOptions {
  readonly start: Float64Array;
  readonly iterations: number;
  /** 32-bit seed of the directions; measurements get seeds of their own drawn from it. */
  readonly seed: number;
  /** Length of a parameter's first step, radian; default 0.1. */
  readonly firstStep?: number;
}

export interface SpsaRun {
  /** Mean of the parameters over the last quarter of the iterations. */
  readonly parameters: Float64Array;
  /** Measured afresh at `parameters`. */
  readonly final: Measurement;
  /** Mean of the two energies of each iteration, Hartree. */
  readonly trace_hartree: readonly number[];
  /** All shots, those that only set the size of the steps among them. */
  readonly shots: number;
}

/** Exponents and offset that J. C. Spall recommends: steps a / (k + 1 + A)^α, displacements c / (k + 1)^γ. */
const ALPHA = 0.602;
const GAMMA = 0.101;
const OFFSET_SHARE = 0.1;
/** First displacement, radian: wide enough that energies differ by more than their error. */
const DISPLACEMENT = 0.1;
/** Differences measured before the first step to set its size. */
const CALIBRATIONS = 5;

const shifted = (x: Float64Array, direction: readonly number[], length: number): Float64Array =>
  x.map((value, k) => value + length * direction[k]!);

/**
 * Simultaneous perturbation stochastic approximation: two measurements an iteration, at x ± c Δ with random signs Δ, give a
 * step against the slope between them, however many parameters there are.
 *
 * Steps fall slowly to zero, and their mean over the last quarter is the answer (B. T. Polyak, A. B. Juditsky,
 * doi:10.1137/0330046). There is no gradient to end at: the number of iterations is the budget. Same seed, same run.
 * J. C. Spall, IEEE Trans. Autom. Control 37, 332 (1992), doi:10.1109/9.119632.
 */
export function minimiseSpsa(
  measure: (parameters: Float64Array, seed: number) => Measurement,
  { start, iterations, seed, firstStep = 0.1 }: SpsaOptions,
): SpsaRun {
  if (!Number.isInteger(iterations) || iterations < 4)
    throw new RangeError(`SPSA: expected at least 4 iterations, got ${iterations}`);
  const random = uniformNumbers(seed);
  let shots = 0;
  const sampled = (parameters: Float64Array): number => {
    const one = measure(parameters, Math.floor(random() * 2 ** 32));
    shots += one.shots;
    return one.energy_hartree;
  };
  const probe = (x: Float64Array, c: number) => {
    const direction = Array.from(x, () => (random() < 0.5 ? -1 : 1));
    const [plus, minus] = [sampled(shifted(x, direction, c)), sampled(shifted(x, direction, -c))];
    return { direction, slope: (plus - minus) / (2 * c), mean: (plus + minus) / 2 };
  };
  let x: Float64Array = Float64Array.from(start);
  const slopes = Array.from({ length: CALIBRATIONS }, () => Math.abs(probe(x, DISPLACEMENT).slope));
  const typical = slopes.reduce((sum, slope) => sum + slope, 0) / CALIBRATIONS;
  const offset = OFFSET_SHARE * iterations;
  const gain = typical > 0 ? (firstStep * (1 + offset) ** ALPHA) / typical : 0;
  const kept = Math.ceil(iterations / 4);
  const sum = new Float64Array(x.length);
  const trace: number[] = [];
  for (let k = 0; k < iterations; k++) {
    const { direction, slope, mean } = probe(x, DISPLACEMENT / (k + 1) ** GAMMA);
    x = shifted(x, direction, (-gain * slope) / (k + 1 + offset) ** ALPHA);
    trace.push(mean);
    if (k >= iterations - kept) for (const [i, value] of x.entries()) sum[i]! += value;
  }
  const parameters = sum.map((value) => value / kept);
  const final = measure(parameters, Math.floor(random() * 2 ** 32));
  return { parameters, final, trace_hartree: trace, shots: shots + final.shots };
}
