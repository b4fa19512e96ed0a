/** A slow, readable twin of the state-vector simulator, and random circuits to compare the two on. */
import type { Circuit, Gate } from "#core/quantum/circuit/circuit.ts";
import { GATE_KINDS } from "#core/quantum/native/gate-kinds.ts";
import { randomNumbers } from "../second-quantisation.ts";

/** Products of up to a thousand rotations. */
export const STATE_TOLERANCE = 1e-10;

type Complex = [number, number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const polar = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];
const R = Math.SQRT1_2;

/** Rows of 2 × 2 matrices, [re, im] of each element. */
// biome-ignore format: one matrix a line
const FIXED: Record<string, Complex[][]> = {
  x: [[[0, 0], [1, 0]], [[1, 0], [0, 0]]],
  y: [[[0, 0], [0, -1]], [[0, 1], [0, 0]]],
  z: [[[1, 0], [0, 0]], [[0, 0], [-1, 0]]],
  h: [[[R, 0], [R, 0]], [[R, 0], [-R, 0]]],
  s: [[[1, 0], [0, 0]], [[0, 0], [0, 1]]],
  sdg: [[[1, 0], [0, 0]], [[0, 0], [0, -1]]],
  sx: [[[0.5, 0.5], [0.5, -0.5]], [[0.5, -0.5], [0.5, 0.5]]],
  sxdg: [[[0.5, -0.5], [0.5, 0.5]], [[0.5, 0.5], [0.5, -0.5]]],
};

// biome-ignore format: one matrix a line
function turned(kind: string, theta: number): Complex[][] | undefined {
  const [c, s] = [Math.cos(theta / 2), Math.sin(theta / 2)];
  const turns: Record<string, Complex[][]> = {
    rx: [[[c, 0], [0, -s]], [[0, -s], [c, 0]]],
    ry: [[[c, 0], [-s, 0]], [[s, 0], [c, 0]]],
    rz: [[polar(-theta / 2), [0, 0]], [[0, 0], polar(theta / 2)]],
    p: [[[1, 0], [0, 0]], [[0, 0], polar(theta)]],
  };
  return turns[kind];
}

/** ⟨row|gate|column⟩ on the gate's own qubits, first qubit the lower bit. */
function element({ kind }: Gate, theta: number, row: number, column: number): Complex {
  const matrix = FIXED[kind] ?? turned(kind, theta);
  if (matrix) return matrix[row]![column]!;
  if (kind === "cx") return row === (column & 1 ? column ^ 2 : column) ? [1, 0] : [0, 0];
  if (kind === "givens" && (column === 1 || column === 2)) {
    if (row === column) return [Math.cos(theta), 0];
    if (row === (column ^ 3)) return [column === 2 ? Math.sin(theta) : -Math.sin(theta), 0];
    return [0, 0];
  }
  if (row !== column) return [0, 0];
  if (column !== 3) return [1, 0];
  return kind === "cz" ? [-1, 0] : kind === "cp" ? polar(theta) : [1, 0];
}

export function slowSimulate({ qubits, gates }: Circuit, parameters: Float64Array): [number, number][] {
  let state = Array.from({ length: 2 ** qubits }, (_, b): Complex => [b === 0 ? 1 : 0, 0]);
  for (const gate of gates) {
    const { angle = 0, parameter, scale = 1 } = gate.theta ?? {};
    const theta = angle + (parameter === undefined ? 0 : scale * parameters[parameter]!);
    const local = (b: number) => gate.qubits.reduce((bits, q, k) => bits | (((b >> q) & 1) << k), 0);
    const next = state.map((): Complex => [0, 0]);
    for (const [b, amplitude] of state.entries())
      for (let row = 0; row < 2 ** gate.qubits.length; row++) {
        const target = gate.qubits.reduce((bits, q, k) => (bits & ~(1 << q)) | (((row >> k) & 1) << q), b);
        const [re, im] = times(element(gate, theta, row, local(b)), amplitude);
        next[target]![0] += re;
        next[target]![1] += im;
      }
    state = next;
  }
  return state;
}

export function randomCircuit(qubits: number, count: number, seed: number): Circuit {
  const random = randomNumbers(seed);
  const below = (n: number) => Math.min(n - 1, Math.floor((random() + 0.5) * n));
  const gates = Array.from({ length: count }, (): Gate => {
    const kind = GATE_KINDS[below(GATE_KINDS.length)]!;
    const first = below(qubits);
    const second = (first + 1 + below(qubits - 1)) % qubits;
    const angle = 6 * random();
    const theta = /^(r.|p|cp|givens)$/.test(kind) && { theta: { angle } };
    return /^(cx|cz|cp|givens)$/.test(kind)
      ? { kind, qubits: [first, second], ...theta }
      : { kind, qubits: [first], ...theta };
  });
  return { qubits, nParameters: 0, gates };
}
