import type { Operation } from "#core/quantum/transpile/operations.ts";

/** Amplitudes, bit q of an index for qubit q. */
export interface Amplitudes {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const moved = (index: number, qubits: readonly number[], bits: number): number =>
  qubits.reduce((k, q, i) => (k & ~(1 << q)) | (((bits >> i) & 1) << q), index);

/** The operations on a state, matrix by matrix. */
export function applied(operations: readonly Operation[], start: Amplitudes): Amplitudes {
  let state = start;
  for (const { qubits, matrix } of operations) {
    const [re, im] = [new Float64Array(state.re.length), new Float64Array(state.re.length)];
    const size = 2 ** qubits.length;
    for (const [index, x] of state.re.entries()) {
      const y = state.im[index]!;
      const column = qubits.reduce((bits, q, i) => bits | (((index >> q) & 1) << i), 0);
      for (let row = 0; row < size; row++) {
        const [a, b] = [matrix[2 * (row * size + column)]!, matrix[2 * (row * size + column) + 1]!];
        const to = moved(index, qubits, row);
        re[to]! += a * x - b * y;
        im[to]! += a * y + b * x;
      }
    }
    state = { re, im };
  }
  return state;
}

export function zeroState(qubits: number): Amplitudes {
  const [re, im] = [new Float64Array(2 ** qubits), new Float64Array(2 ** qubits)];
  re[0] = 1;
  return { re, im };
}

/** The state with bit q where it was on qubit ends[q]. */
export function renamed({ re, im }: Amplitudes, ends: readonly number[]): Amplitudes {
  const state = { re: new Float64Array(re.length), im: new Float64Array(re.length) };
  for (const [index, value] of re.entries()) {
    const own = ends.reduce((bits, place, q) => bits | (((index >> place) & 1) << q), 0);
    state.re[own] = value;
    state.im[own] = im[index]!;
  }
  return state;
}
