/**
 * Any gate on two qubits as local turns around e^{i(aXX + bYY + cZZ)}. B. Kraus, J. I. Cirac, doi:10.1103/PhysRevA.63.062309;
 * the magic basis in which local turns are real: S. Hill, W. K. Wootters, doi:10.1103/PhysRevLett.78.5022.
 */
import {
  dagger,
  diagonalisedSymmetric,
  identity,
  kron,
  type Matrix,
  matrixProduct,
  rx,
  ry,
  rz,
} from "./matrix.ts";

/** Coordinates closer than this, radian, are the same: gates are products of hundreds of others. */
export const WEYL_TINY = 1e-8;

/** gate = phase · left · e^{i(aXX + bYY + cZZ)} · right; π/4 ≥ a ≥ b ≥ |c|, and c ≥ 0 where a = π/4. */
export interface Weyl {
  readonly coordinates: readonly [number, number, number];
  /** Turns of the first and the second qubit. */
  readonly left: readonly [Matrix, Matrix];
  readonly right: readonly [Matrix, Matrix];
}

const R = Math.SQRT1_2;
// biome-ignore format: one row a line
const MAGIC: Matrix = Float64Array.of(
  R, 0, 0, 0, 0, 0, 0, R,
  0, 0, 0, R, R, 0, 0, 0,
  0, 0, 0, R, -R, 0, 0, 0,
  R, 0, 0, 0, 0, 0, 0, -R,
);
const UNMAGIC = dagger(MAGIC);
const { PI } = Math;

const real = (m: Matrix): Float64Array => m.filter((_, k) => k % 2 === 0);
const complex = (m: Float64Array): Matrix =>
  Float64Array.from({ length: 2 * m.length }, (_, k) => (k % 2 ? 0 : m[k / 2]!));
const transposed = (m: Float64Array): Float64Array => m.map((_, k) => m[4 * (k % 4) + Math.floor(k / 4)]!);

/** Determinant of a real 4 × 4 matrix, by elimination. */
function determinant(m: Float64Array): number {
  const a = Float64Array.from(m);
  let product = 1;
  for (let k = 0; k < 4; k++) {
    let pivot = k;
    for (let i = k + 1; i < 4; i++) if (Math.abs(a[4 * i + k]!) > Math.abs(a[4 * pivot + k]!)) pivot = i;
    if (pivot !== k) {
      product = -product;
      for (let j = 0; j < 4; j++) [a[4 * k + j], a[4 * pivot + j]] = [a[4 * pivot + j]!, a[4 * k + j]!];
    }
    product *= a[5 * k]!;
    for (let i = k + 1; i < 4; i++) {
      const factor = a[4 * i + k]! / a[5 * k]!;
      for (let j = k; j < 4; j++) a[4 * i + j]! -= factor * a[4 * k + j]!;
    }
  }
  return product;
}

/** The turns of the two qubits of a local gate, each of determinant 1 but for a phase. */
function factors(local: Matrix): [Matrix, Matrix] {
  // The largest element says which 2 × 2 blocks are far from 0.
  let largest = 0;
  for (let k = 0; k < 32; k += 2)
    if (Math.hypot(local[k]!, local[k + 1]!) > Math.hypot(local[largest]!, local[largest + 1]!)) largest = k;
  const [row, column] = [largest >> 3, (largest >> 1) & 3];
  const unit = (element: (i: number, j: number) => number): Matrix => {
    const m = new Float64Array(8);
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 2; j++) {
        const k = element(i, j);
        m.set([local[k]!, local[k + 1]!], 4 * i + 2 * j);
      }
    // 2 × 2 complex numbers.
    const norm = Math.hypot(m[0]!, m[1]!, m[2]!, m[3]!);
    return m.map((value) => value / norm);
  };
  const at = (i: number, j: number) => 8 * i + 2 * j;
  return [
    unit((i, j) => at((row & 2) | i, (column & 2) | j)),
    unit((i, j) => at((row & 1) | (i << 1), (column & 1) | (j << 1))),
  ];
}

/** Real orthogonal P, as columns, with Pᵀ M P diagonal for a symmetric unitary M. */
function orthogonalEigenvectors(m: Matrix): Float64Array {
  // Real and imaginary part commute: a mixture of both that no eigenvalues coincide in by chance has the eigenvectors of both.
  let best: { vectors: Float64Array; error: number } = {
    vectors: new Float64Array(16),
    error: Number.POSITIVE_INFINITY,
  };
  for (const angle of [0.6, 1.9, 2.8, 1.2, 0.1, 2.3]) {
    const mixed = Float64Array.from(
      { length: 16 },
      (_, k) => Math.cos(angle) * m[2 * k]! + Math.sin(angle) * m[2 * k + 1]!,
    );
    const vectors = diagonalisedSymmetric(mixed);
    const rotated = matrixProduct(matrixProduct(complex(transposed(vectors)), m), complex(vectors));
    const error = rotated.reduce((sum, value, k) => ((k >> 1) % 5 === 0 ? sum : sum + Math.abs(value)), 0);
    if (error < best.error) best = { vectors, error };
    if (error < 1e-12) break;
  }
  return best.vectors;
}

const PAULI_TURNS = [rx(PI), ry(PI), rz(PI)] as const;
/** A quarter turn of both qubits about the third axis exchanges the coordinates of the two others. */
const exchange = (first: number, second: number): Matrix => {
  const axis = 3 - first - second;
  return [rx, ry, rz][axis]!(PI / 2); // axes from 0 to 2
};

/** Cost: some thousand multiplications. */
export function weylDecomposition(gate: Matrix): Weyl {
  const inMagic = matrixProduct(matrixProduct(UNMAGIC, gate), MAGIC);
  const transposedGate = dagger(inMagic).map((value, k) => (k % 2 ? -value : value));
  const square = matrixProduct(transposedGate, inMagic);
  const p = orthogonalEigenvectors(square);
  if (determinant(p) < 0) for (let i = 0; i < 4; i++) p[4 * i] = -p[4 * i]!;
  const rotated = matrixProduct(matrixProduct(complex(transposed(p)), square), complex(p));
  const phases = [0, 1, 2, 3].map((k) => Math.atan2(rotated[10 * k + 1]!, rotated[10 * k]!) / 2);
  const unphased = (angles: readonly number[]): Matrix => {
    const inverse = new Float64Array(32);
    angles.forEach((angle, k) => {
      inverse.set([Math.cos(angle), -Math.sin(angle)], 10 * k);
    });
    return matrixProduct(matrixProduct(inMagic, complex(p)), inverse);
  };
  // A phase of the whole gate makes the square of the determinant arbitrary, the rest real.
  let q = unphased(phases);
  if (determinant(real(q)) < 0) {
    phases[0]! += PI; // four of them
    q = unphased(phases);
  }
  const local = (m: Float64Array) => factors(matrixProduct(matrixProduct(MAGIC, complex(m)), UNMAGIC));
  const [t0, t1, t2, t3] = phases as [number, number, number, number];
  return canonical(
    [(t0 + t1 - t2 - t3) / 4, (t1 + t3 - t0 - t2) / 4, (t0 + t3 - t1 - t2) / 4],
    local(real(q)),
    local(transposed(p)),
  );
}

type Pair = [Matrix, Matrix];

/** The same gate with its coordinates in the Weyl chamber. */
function canonical(found: [number, number, number], left: Pair, right: Pair): Weyl {
  const c = found;
  const before = ([first, second]: readonly [Matrix, Matrix]) => {
    right = [matrixProduct(first, right[0]), matrixProduct(second, right[1])];
  };
  const around = (turn: readonly [Matrix, Matrix]) => {
    before(turn);
    left = [matrixProduct(left[0], dagger(turn[0])), matrixProduct(left[1], dagger(turn[1]))];
  };
  const none = identity(2);
  const shift = (axis: number, sign: 1 | -1) => {
    c[axis]! -= (sign * PI) / 2;
    before([PAULI_TURNS[axis]!, PAULI_TURNS[axis]!]); // axes from 0 to 2
  };
  const flip = (first: number, second: number) => {
    c[first] = -c[first]!;
    c[second] = -c[second]!;
    around([PAULI_TURNS[3 - first - second]!, none]); // the third axis
  };
  const swap = (first: number, second: number) => {
    [c[first], c[second]] = [c[second]!, c[first]!];
    around([exchange(first, second), exchange(first, second)]);
  };
  for (const axis of [0, 1, 2]) {
    while (c[axis]! > PI / 4 + WEYL_TINY) shift(axis, 1);
    while (c[axis]! <= -PI / 4 - WEYL_TINY) shift(axis, -1);
  }
  for (const [first, second] of [[0, 1], [1, 2], [0, 1]] as const) // biome-ignore format: one list
    if (Math.abs(c[first]) < Math.abs(c[second])) swap(first, second);
  if (c[0] < 0) flip(0, c[1] < 0 ? 1 : 2);
  if (c[1] < 0) flip(1, 2);
  if (c[0] > PI / 4 - WEYL_TINY && c[2] < 0) {
    shift(0, 1);
    flip(0, 2);
  }
  return { coordinates: c, left, right };
}

/** CZs that a gate of these coordinates needs. V. V. Shende et al., doi:10.1103/PhysRevA.70.012310. */
export function czCount([a, b, c]: Weyl["coordinates"]): 0 | 1 | 2 | 3 {
  if (Math.abs(c) > WEYL_TINY) return 3;
  if (b > WEYL_TINY) return 2;
  if (a < WEYL_TINY) return 0;
  return Math.abs(a - PI / 4) < WEYL_TINY ? 1 : 2;
}

/** left · gate · right. */
export const withLocals = (gate: Matrix, { left, right }: Pick<Weyl, "left" | "right">): Matrix =>
  matrixProduct(matrixProduct(kron(...left), gate), kron(...right));
