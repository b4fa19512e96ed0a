import { type Matrix, matrixProduct } from "./matrix.ts";

type Complex = [number, number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const TRACE_TINY = 1e-11;
/** Of elements of γ, which grow as the coordinates do. */
const TINY_ELEMENT = 1e-8;
const SIGNS = [-1, 1, 1, -1] as const;

/** Determinant of rows i, j and columns k, l. */
function minor(m: Matrix, [i, j]: readonly [number, number], [k, l]: readonly [number, number]): Complex {
  const at = (row: number, column: number): Complex => [
    m[8 * row + 2 * column]!,
    m[8 * row + 2 * column + 1]!,
  ];
  const [p, q] = [times(at(i, k), at(j, l)), times(at(i, l), at(j, k))];
  return [p[0] - q[0], p[1] - q[1]];
}

/** By Laplace's expansion over the first two rows. */
function determinant4(m: Matrix): Complex {
  let [re, im] = [0, 0];
  // biome-ignore format: sign, columns of the upper rows, columns of the lower
  for (const [sign, upper, lower] of [
    [1, [0, 1], [2, 3]], [-1, [0, 2], [1, 3]], [1, [0, 3], [1, 2]],
    [1, [1, 2], [0, 3]], [-1, [1, 3], [0, 2]], [1, [2, 3], [0, 1]],
  ] as const) {
    const [x, y] = times(minor(m, [0, 1], upper), minor(m, [2, 3], lower));
    re += sign * x;
    im += sign * y;
  }
  return [re, im];
}

/**
 * CZs that a gate on two qubits needs, by the trace of γ = U YY Uᵀ YY alone: cos 2a cos 2b cos 2c + i sin 2a sin 2b sin 2c,
 * which is real where two are enough. V. V. Shende et al., doi:10.1103/PhysRevA.69.062321. Cost: a hundred multiplications.
 */
export function czCost(m: Matrix): 0 | 1 | 2 | 3 {
  let [re, im] = [0, 0];
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < 4; j++) {
      const [k, mirror] = [8 * i + 2 * j, 30 - 8 * i - 2 * j];
      const sign = SIGNS[i]! * SIGNS[j]!;
      re += sign * (m[k]! * m[mirror]! - m[k + 1]! * m[mirror + 1]!);
      im += sign * (m[k]! * m[mirror + 1]! + m[k + 1]! * m[mirror]!);
    }
  const determinant = determinant4(m);
  const phase = -Math.atan2(determinant[1], determinant[0]) / 2;
  const [x, y] = times([re / 4, im / 4], [Math.cos(phase), Math.sin(phase)]);
  if (Math.abs(y) > TRACE_TINY) return 3;
  if (Math.abs(x) > TRACE_TINY && Math.abs(x) < 1 - 1e-6) return 2;
  const gamma = gammaOf(m);
  // A local gate's γ is ±1, that of a CZ has the eigenvalues ±i twice.
  if (Math.abs(x) > 0.5) return isScalar(gamma) ? 0 : 2;
  const square = matrixProduct(gamma, gamma);
  const sign = square[0]! * determinant[0] + square[1]! * determinant[1]; // an exchange's partner iSWAP has +1
  return sign < 0 && isScalar(square) ? 1 : 2;
}

/** Uᵀ YY U YY. */
function gammaOf(m: Matrix): Matrix {
  const element = (k: number): [number, number, number] => [k >> 3, (k >> 1) & 3, k & 1];
  const transposed = m.map((_, k) => {
    const [i, j, part] = element(k);
    return m[8 * j + 2 * i + part]!;
  });
  const turned = m.map((_, k) => {
    const [i, j, part] = element(k);
    return SIGNS[i]! * SIGNS[j]! * m[30 - 8 * i - 2 * j + part]!;
  });
  return matrixProduct(transposed, turned);
}

/** Whether the matrix is a multiple of the identity. */
const isScalar = (m: Matrix): boolean =>
  m.every((value, k) => Math.abs(value - ((k >> 1) % 5 === 0 ? m[k & 1]! : 0)) < TINY_ELEMENT);
