/** Eigenvalues and eigenvectors of small symmetric matrices. */

const SWEEPS = 60;

interface Eigen {
  /** Rising. */
  readonly values: Float64Array;
  /** Row k is the unit eigenvector of value k. */
  readonly vectors: readonly Float64Array[];
}

/** Turns rows and columns p and q so that their element vanishes. */
function rotate(a: Float64Array, v: Float64Array, [p, q, n]: readonly [number, number, number]): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const turn = (m: Float64Array, i: number, j: number): void => {
    const [x, y] = [m[i]!, m[j]!];
    m[i] = c * x - s * y;
    m[j] = s * x + c * y;
  };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(v, p * n + k, q * n + k);
}

/**
 * By Jacobi's rotations (C. G. J. Jacobi, doi:10.1515/crll.1846.30.51), in cyclic order.
 *
 * @param matrix symmetric, [n, n]; it is not changed. Cost: some 10 n³.
 */
export function symmetricEigen(matrix: Float64Array): Eigen {
  const n = Math.sqrt(matrix.length);
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  // Of as many elements as a call has no room for.
  const scale = Math.sqrt(a.reduce((sum, x) => sum + x * x, 0));
  const off = (): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) sum += a[i * n + j]! ** 2;
    return Math.sqrt(sum);
  };
  for (let sweep = 0; sweep < SWEEPS && off() > 1e-15 * scale; sweep++)
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, [p, q, n]);
  const order = Array.from({ length: n }, (_, k) => k).sort((i, j) => a[i * n + i]! - a[j * n + j]!);
  return {
    values: Float64Array.from(order, (k) => a[k * n + k]!),
    vectors: order.map((k) => v.slice(k * n, k * n + n)),
  };
}
