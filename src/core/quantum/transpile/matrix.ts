/** Small complex matrices, row by row, [re, im] of each element: 2 × 2 of a qubit, 4 × 4 of two, whose first is the lower bit. */

export type Matrix = Float64Array;

/** Angles and elements closer than this are the same. */
export const TINY = 1e-10;

const sizeOf = (m: Matrix): number => Math.sqrt(m.length / 2);

export function matrixProduct(a: Matrix, b: Matrix): Matrix {
  const n = sizeOf(a);
  const product = new Float64Array(a.length);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const [re, im] = [a[2 * (i * n + k)]!, a[2 * (i * n + k) + 1]!];
      if (re === 0 && im === 0) continue;
      for (let j = 0; j < n; j++) {
        const [x, y] = [b[2 * (k * n + j)]!, b[2 * (k * n + j) + 1]!];
        product[2 * (i * n + j)]! += re * x - im * y;
        product[2 * (i * n + j) + 1]! += re * y + im * x;
      }
    }
  return product;
}

/** The conjugate transpose: the inverse of a unitary. */
export function dagger(m: Matrix): Matrix {
  const n = sizeOf(m);
  const result = new Float64Array(m.length);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      result[2 * (j * n + i)] = m[2 * (i * n + j)]!;
      result[2 * (j * n + i) + 1] = -m[2 * (i * n + j) + 1]!;
    }
  return result;
}

/** 4 × 4 of `first` on the lower bit and `second` on the higher. */
export function kron(first: Matrix, second: Matrix): Matrix {
  const result = new Float64Array(32);
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++) {
      const [a, b] = [4 * (i & 1) + 2 * (j & 1), 4 * (i >> 1) + 2 * (j >> 1)];
      result[8 * i + 2 * j] = first[a]! * second[b]! - first[a + 1]! * second[b + 1]!;
      result[8 * i + 2 * j + 1] = first[a]! * second[b + 1]! + first[a + 1]! * second[b]!;
    }
  return result;
}

/** The same gate on the two qubits in the other order. */
export function exchanged(m: Matrix): Matrix {
  const swap = [0, 2, 1, 3];
  return Float64Array.from(m, (_, k) => {
    const [row, column] = [k >> 3, (k >> 1) & 3];
    return m[8 * swap[row]! + 2 * swap[column]! + (k & 1)]!;
  });
}

export const identity = (n: 2 | 4): Matrix =>
  Float64Array.from({ length: 2 * n * n }, (_, k) => (k % (2 * n + 2) === 0 ? 1 : 0));

/** |Tr(a† b)| / n: 1 where a and b are the same but for a phase. */
export function overlap(a: Matrix, b: Matrix): number {
  let [re, im] = [0, 0];
  for (let k = 0; k < a.length; k += 2) {
    re += a[k]! * b[k]! + a[k + 1]! * b[k + 1]!;
    im += a[k]! * b[k + 1]! - a[k + 1]! * b[k]!;
  }
  return Math.hypot(re, im) / sizeOf(a);
}

const polar = (angle: number): [number, number] => [Math.cos(angle), Math.sin(angle)];

// biome-ignore format: one matrix a line
export const rx = (t: number): Matrix =>
  Float64Array.of(Math.cos(t / 2), 0, 0, -Math.sin(t / 2), 0, -Math.sin(t / 2), Math.cos(t / 2), 0);
export const ry = (t: number): Matrix =>
  Float64Array.of(Math.cos(t / 2), 0, -Math.sin(t / 2), 0, Math.sin(t / 2), 0, Math.cos(t / 2), 0);
export const rz = (t: number): Matrix => Float64Array.of(...polar(-t / 2), 0, 0, 0, 0, ...polar(t / 2));
const R = Math.SQRT1_2;
export const HADAMARD: Matrix = Float64Array.of(R, 0, R, 0, R, 0, -R, 0);
export const CZ: Matrix = Float64Array.from(identity(4), (value, k) => (k === 30 ? -1 : value));

/** Eigenvectors of a real symmetric 4 × 4 matrix as columns, by Jacobi's turns. */
export function diagonalisedSymmetric(matrix: Float64Array): Float64Array {
  const n = 4;
  const a = Float64Array.from(matrix);
  const v = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));
  const turn = (m: Float64Array, i: number, j: number, [c, s]: readonly [number, number]) => {
    const [x, y] = [m[i]!, m[j]!];
    m[i] = c * x - s * y;
    m[j] = s * x + c * y;
  };
  for (let sweep = 0; sweep < 30; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = a[n * p + q]!;
        off += Math.abs(apq);
        if (Math.abs(apq) < 1e-300) continue;
        const theta = (a[n * q + q]! - a[n * p + p]!) / (2 * apq);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const rotation = [c, t * c] as const;
        for (let k = 0; k < n; k++) turn(a, n * k + p, n * k + q, rotation);
        for (let k = 0; k < n; k++) turn(a, n * p + k, n * q + k, rotation);
        for (let k = 0; k < n; k++) turn(v, n * k + p, n * k + q, rotation);
      }
    if (off < 1e-16) break;
  }
  return v;
}
