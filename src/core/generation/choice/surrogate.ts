/** A surrogate of an expensive objective: a Gaussian process over fingerprints that says how sure it is. */
import { type CountFingerprint, minMaxSimilarity } from "./count-fingerprint.ts";

export interface TrainingPoint {
  fingerprint: CountFingerprint;
  value: number;
}

export interface Prediction {
  mean: number;
  /** Of a new measurement's noise-free value, in the unit of the values. */
  standardDeviation: number;
}

interface Surrogate {
  readonly observations: number;
  /** Signal and noise standard deviations and the constant mean found, in the unit of the values. */
  readonly scale: number;
  readonly noise: number;
  readonly mean: number;
  /** Logarithm of the probability density of the observed values under the model. */
  readonly logMarginalLikelihood: number;
  predict(fingerprint: CountFingerprint): Prediction;
}

/** Noise variance as a share of the signal variance; the most likely is chosen. */
const NOISE_RATIOS = [1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1, 3];

/**
 * Fits a Gaussian process with constant mean and the MinMax kernel (Tanimoto's for counts) to observations.
 *
 * k(a, b) = s² M(a, b) + n² δ; mean and s² in closed form and n²/s² from a grid, all by maximum marginal likelihood
 * (Rasmussen and Williams, ISBN 026218253X, ch. 2 and 5; kernel: Ralaivola et al., doi:10.1016/j.neunet.2005.07.009).
 * Costs O(n³) once, O(n) a prediction; meant for up to a few thousand observations.
 * @param observations at least two
 */
export function fitSurrogate(observations: readonly TrainingPoint[]): Surrogate {
  const n = observations.length;
  const values = Float64Array.from(observations, (o) => o.value);
  const kernel = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const similarity = minMaxSimilarity(observations[i]!.fingerprint, observations[j]!.fingerprint);
      kernel[i * n + j] = similarity;
      kernel[j * n + i] = similarity;
    }
  const fits = NOISE_RATIOS.map((ratio) => fitWithNoise(kernel, values, ratio));
  const best = fits.reduce((a, b) => (b.logMarginalLikelihood > a.logMarginalLikelihood ? b : a));
  return {
    observations: n,
    scale: Math.sqrt(best.variance),
    noise: Math.sqrt(best.variance * best.ratio),
    mean: best.mean,
    logMarginalLikelihood: best.logMarginalLikelihood,
    predict(fingerprint) {
      const similarities = Float64Array.from(observations, (o) =>
        minMaxSimilarity(o.fingerprint, fingerprint),
      );
      let mean = best.mean;
      for (let i = 0; i < n; i++) mean += similarities[i]! * best.weights[i]!;
      const solved = solveLower(best.factor, similarities);
      const explained = solved.reduce((sum, x) => sum + x * x, 0);
      return { mean, standardDeviation: Math.sqrt(best.variance * Math.max(0, 1 - explained)) };
    },
  };
}

interface Fit {
  ratio: number;
  mean: number;
  variance: number;
  /** Lower Cholesky factor of M + ratio I, row-major. */
  factor: Float64Array;
  /** (M + ratio I)⁻¹ (values − mean) */
  weights: Float64Array;
  logMarginalLikelihood: number;
}

function fitWithNoise(kernel: Float64Array, values: Float64Array, ratio: number): Fit {
  const n = values.length;
  const factor = cholesky(kernel, n, ratio);
  const onesSolved = solveLower(factor, new Float64Array(n).fill(1));
  const valuesSolved = solveLower(factor, values);
  const mean = dot(onesSolved, valuesSolved) / dot(onesSolved, onesSolved);
  const residual = valuesSolved.map((y, i) => y - mean * onesSolved[i]!);
  const spread = dot(values, values) / n;
  const variance = Math.max(dot(residual, residual) / n, spread * 1e-12, Number.MIN_VALUE);
  let logDeterminant = 0;
  for (let i = 0; i < n; i++) logDeterminant += 2 * Math.log(factor[i * n + i]!);
  return {
    ratio,
    mean,
    variance,
    factor,
    weights: solveUpper(factor, residual),
    logMarginalLikelihood: -0.5 * (n * Math.log(2 * Math.PI * variance) + logDeterminant + n),
  };
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Lower factor of matrix + ridge × identity; a pivot that rounding made too small is lifted. */
function cholesky(matrix: Float64Array, n: number, ridge: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]! + (i === j ? ridge : 0);
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      factor[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-10)) : sum / factor[j * n + j]!;
    }
  return factor;
}

function solveLower(factor: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * result[k]!;
    result[i] = sum / factor[i * n + i]!;
  }
  return result;
}

function solveUpper(factor: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const result = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i]! * result[k]!;
    result[i] = sum / factor[i * n + i]!;
  }
  return result;
}
