/** Quasi-Newton steps: the inverse of a Hessian, and what each step teaches about it. Matrices are dense, row by row. */

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
export const largest = (v: Float64Array): number => v.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/**
 * Inverts a positive definite matrix in place, by Gauss–Jordan without exchanges. Cost: n³.
 * @returns the smallest pivot: not above 0 where the matrix is not positive definite, and near it where it is nearly singular
 */
export function invert(h: Float64Array): number {
  const n = Math.sqrt(h.length);
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < n; k++) {
    const pivot = h[k * n + k]!;
    smallest = Math.min(smallest, pivot);
    h[k * n + k] = 1;
    for (let j = 0; j < n; j++) h[k * n + j]! /= pivot;
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = h[i * n + k]!;
      h[i * n + k] = 0;
      for (let j = 0; j < n; j++) h[i * n + j]! -= factor * h[k * n + j]!;
    }
  }
  return smallest;
}

/**
 * Brings an inverse Hessian up to date by BFGS: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., eq. 6.17.
 * @param s the step
 * @param y the change of the gradient by it
 */
export function updateInverse(h: Float64Array, s: Float64Array, y: Float64Array): void {
  const n = s.length;
  const sy = dot(s, y);
  if (sy < 1e-10) return; // no positive curvature along the step: keep the old one
  const hy = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hy[i]! += h[i * n + j]! * y[j]!;
  const factor = 1 + dot(y, hy) / sy;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      h[i * n + j]! += (factor * s[i]! * s[j]! - hy[i]! * s[j]! - s[i]! * hy[j]!) / sy;
}

/**
 * Brings a Hessian up to date by BFGS: Nocedal and Wright, eq. 6.19.
 * @param s the step
 * @param y the change of the gradient by it
 */
export function updateHessian(h: Float64Array, s: Float64Array, y: Float64Array): void {
  const n = s.length;
  const sy = dot(s, y);
  const hs = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hs[i]! += h[i * n + j]! * s[j]!;
  const shs = dot(s, hs);
  if (sy < 1e-10 || shs <= 0) return; // no positive curvature along the step: keep the old one
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) h[i * n + j]! += (y[i]! * y[j]!) / sy - (hs[i]! * hs[j]!) / shs;
}

/** −H⁻¹g, no component longer than the trust radius. */
export function quasiNewtonStep(h: Float64Array, gradient: Float64Array, radius: number): Float64Array {
  const n = gradient.length;
  const step = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) step[i]! -= h[i * n + j]! * gradient[j]!;
  const scale = Math.min(1, radius / Math.max(largest(step), 1e-300));
  return step.map((x) => x * scale);
}
