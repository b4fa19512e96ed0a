/** A gate on two qubits as turns and as few CZs as it needs. */
import { CZ, dagger, HADAMARD, kron, type Matrix, matrixProduct, rx, ry, rz } from "./matrix.ts";
import type { CircuitStep } from "./to-native.ts";
import { czCount, type Weyl, weylDecomposition } from "./weyl.ts";

const { PI } = Math;
type Turns = readonly [Matrix, Matrix];

/** Turns between CZs, in the order of time: n CZs have n − 1 pairs of turns between them. */
function between([a, b, c]: Weyl["coordinates"], count: 2 | 3): readonly Turns[] {
  // CZ exchanges X₁ and X₁Z₂: the two turns become e^{i(aXZ + bZX)}.
  if (count === 2) return [[rx(-2 * a), rx(-2 * b)]];
  // F. Vatan, C. Williams, doi:10.1103/PhysRevA.69.032315, with CNOTs as Hadamards around CZs.
  const first: Turns = [
    matrixProduct(rz(PI / 2 - 2 * c), HADAMARD),
    matrixProduct(HADAMARD, ry(2 * a - PI / 2)),
  ];
  const second: Turns = [HADAMARD, matrixProduct(ry(PI / 2 - 2 * b), HADAMARD)];
  return [first, second];
}

function product(turns: readonly Turns[]): Matrix {
  return turns.reduce((m, pair) => matrixProduct(CZ, matrixProduct(kron(...pair), m)), CZ);
}

/** The gate but for a phase, on these qubits. */
export function czSteps(gate: Matrix, [first, second]: readonly [number, number]): CircuitStep[] {
  const weyl = weylDecomposition(gate);
  const count = czCount(weyl.coordinates);
  const pair = ([a, b]: Turns): CircuitStep[] => [
    { qubits: [first], turn: a },
    { qubits: [second], turn: b },
  ];
  const joined = (x: Turns, y: Turns): Turns => [matrixProduct(x[0], y[0]), matrixProduct(x[1], y[1])];
  const inverse = ([a, b]: Turns): Turns => [dagger(a), dagger(b)];
  if (count === 0) return pair(joined(weyl.left, weyl.right));
  const turns = count === 1 ? [] : between(weyl.coordinates, count);
  // The CZs and the turns between have the same coordinates: local turns make the gate of them.
  const own = weylDecomposition(product(turns));
  return [
    ...pair(joined(inverse(own.right), weyl.right)),
    ...[
      { qubits: [first, second] as const },
      ...turns.flatMap((t) => [...pair(t), { qubits: [first, second] as const }]),
    ],
    ...pair(joined(weyl.left, inverse(own.left))),
  ];
}
