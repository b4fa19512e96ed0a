import { describe, expect, it } from "vitest";
import { fromZero } from "#core/quantum/transpile/from-zero.ts";
import { matrixOf } from "#core/quantum/transpile/gate-matrices.ts";
import { matrixProduct, ry, rz } from "#core/quantum/transpile/matrix.ts";
import type { Operation } from "#core/quantum/transpile/operations.ts";
import { stateOverlap } from "./state-overlap.ts";

const pair = (kind: "cx" | "cz" | "cp" | "givens", a: number, b: number, angle = 0): Operation => ({
  qubits: [a, b],
  matrix: matrixOf(kind, angle),
});
const turn = (qubit: number, angle: number, phase = 0): Operation => ({
  qubits: [qubit],
  matrix: matrixProduct(rz(phase), ry(angle)),
});
const flip = (qubit: number): Operation => ({ qubits: [qubit], matrix: matrixOf("x", 0) });
const swap = (a: number, b: number): Operation => ({
  qubits: [a, b],
  matrix: [pair("cx", b, a), pair("cx", a, b)].reduce(
    (product, { matrix, qubits }) => matrixProduct(exchangedIf(qubits[0] !== a, matrix), product),
    pair("cx", a, b).matrix,
  ),
});

/** The matrix with the bits of its rows and columns in the other order. */
function exchangedIf(isExchanged: boolean, matrix: Float64Array): Float64Array {
  const place = (bits: number) => (isExchanged ? ((bits & 1) << 1) | (bits >> 1) : bits);
  return matrix.map((_, k) => matrix[8 * place(k >> 3) + 2 * place((k >> 1) & 3) + (k & 1)]!);
}

/** Amplitudes of |0…0⟩ after the operations, element by element. */
function stateAfter(operations: readonly Operation[], qubits: number) {
  let state = { re: new Float64Array(2 ** qubits), im: new Float64Array(2 ** qubits) };
  state.re[0] = 1;
  for (const { qubits: on, matrix } of operations) {
    const size = 2 ** on.length;
    const after = { re: new Float64Array(2 ** qubits), im: new Float64Array(2 ** qubits) };
    for (const bits of state.re.keys()) {
      const column = on.reduce((sum, q, i) => sum | (((bits >> q) & 1) << i), 0);
      for (let row = 0; row < size; row++) {
        const target = on.reduce((b, q, i) => (b & ~(1 << q)) | (((row >> i) & 1) << q), bits);
        const [x, y] = [matrix[2 * (size * row + column)]!, matrix[2 * (size * row + column) + 1]!];
        after.re[target]! += x * state.re[bits]! - y * state.im[bits]!;
        after.im[target]! += x * state.im[bits]! + y * state.re[bits]!;
      }
    }
    state = after;
  }
  return state;
}

/** Entangles two qubits, so that the state of neither is known. */
const entangled = (a: number, b: number): Operation[] => [turn(a, 0.9, 0.4), turn(b, 0.3), pair("cx", a, b)];

describe("a circuit from |0…0⟩", () => {
  it.each([
    ["a control that is off", [...entangled(0, 1), pair("cx", 2, 1)], 1],
    ["a control that is on, first", [...entangled(0, 1), flip(2), pair("cx", 2, 1)], 1],
    [
      "a control that is on, second",
      [...entangled(0, 1), flip(2), pair("givens", 0, 1, 0.7), pair("cp", 1, 2, 0.6)],
      2,
    ],
    [
      "a target that a controlled gate leaves",
      [...entangled(0, 1), turn(2, Math.PI / 2), pair("cx", 1, 2)],
      1,
    ],
    ["two qubits that exchange their states", [turn(0, 0.8, 0.5), turn(1, 2.1, -1.3), swap(0, 1)], 0],
    ["one that exchanges |1⟩ for a turned one", [flip(0), turn(1, 0.7, 2), swap(0, 1)], 0],
    ["two states that a gate entangles", [turn(0, 0.8, 0.5), turn(1, 2.1, -1.3), pair("cx", 0, 1)], 1],
  ] as const)("is the same state by fewer gates: %s", (_, operations, left) => {
    const fewer = fromZero(operations, 3);
    expect(stateOverlap(stateAfter(fewer, 3), stateAfter(operations, 3))).toBeCloseTo(1, 12);
    expect(fewer.filter(({ qubits }) => qubits.length === 2)).toHaveLength(left);
  });

  it("keeps a controlled turn's own matrix where its control is on: a turn of 0.6, not more and not scaled", () => {
    const controlled = (angle: number): Operation => {
      const [c, s] = [Math.cos(angle / 2), Math.sin(angle / 2)];
      const matrix = Float64Array.from({ length: 32 }, (_, k) => (k === 0 || k === 20 ? 1 : 0));
      // Rows and columns 1 and 3: the first qubit is 1.
      [matrix[10], matrix[14], matrix[26], matrix[30]] = [c, -s, s, c];
      return { qubits: [2, 1], matrix };
    };
    for (const angle of [0.6, 2.4, Math.PI]) {
      const fewer = fromZero([...entangled(0, 1), flip(2), controlled(angle)], 3);
      const onTarget = fewer.filter(({ qubits }) => qubits.length === 1 && qubits[0] === 1).at(-1)!;
      const expected = ry(angle);
      // Up to a phase of the whole.
      const overlap = expected.reduce((sum, value, k) => sum + value * onTarget.matrix[k]!, 0);
      const across = expected.reduce((sum, value, k) => sum + value * onTarget.matrix[k ^ 1]!, 0);
      expect(Math.hypot(overlap, across)).toBeCloseTo(2, 12);
    }
  });
});
