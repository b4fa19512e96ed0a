/** Products of dense matrices, row by row in one array, and vectors. */

export const dotOf = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** M v; as many columns as v has elements. */
export function applied(m: Float64Array, v: Float64Array): Float64Array {
  const n = v.length;
  return Float64Array.from({ length: m.length / n }, (_, i) => dotOf(m.subarray(i * n, (i + 1) * n), v));
}

/** Mᵀ v; as many rows as v has elements. */
export function appliedTransposed(m: Float64Array, v: Float64Array): Float64Array {
  const n = m.length / v.length;
  const product = new Float64Array(n);
  for (const [i, x] of v.entries()) for (let j = 0; j < n; j++) product[j]! += m[i * n + j]! * x;
  return product;
}

/** Aᵀ B of matrices with as many rows. */
export function transposedTimes(a: Float64Array, b: Float64Array, rows: number): Float64Array {
  const [m, n] = [a.length / rows, b.length / rows];
  const product = new Float64Array(m * n);
  for (let k = 0; k < rows; k++)
    for (let i = 0; i < m; i++) {
      const x = a[k * m + i]!;
      if (x !== 0) for (let j = 0; j < n; j++) product[i * n + j]! += x * b[k * n + j]!;
    }
  return product;
}

/** A B, the first [rows, inner]. */
export function product(a: Float64Array, b: Float64Array, inner: number): Float64Array {
  const [rows, n] = [a.length / inner, b.length / inner];
  const c = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      const x = a[i * inner + k]!;
      if (x !== 0) for (let j = 0; j < n; j++) c[i * n + j]! += x * b[k * n + j]!;
    }
  return c;
}
