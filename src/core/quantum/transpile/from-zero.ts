/** What a circuit that starts from |0…0⟩ does not need. */
import { matrixOf } from "./gate-matrices.ts";
import { dagger, identity, kron, type Matrix, matrixProduct, ry, TINY } from "./matrix.ts";
import { inOrder, type Operation } from "./operations.ts";

/** A qubit's state, [re, im] of |0⟩ and |1⟩. */
type Known = Float64Array;

/** Unitary whose first column is the state. */
const preparing = (s: Known): Matrix =>
  Float64Array.of(s[0]!, s[1]!, -s[2]!, s[3]!, s[2]!, s[3]!, s[0]!, -s[1]!);

/**
 * The same state from |0…0⟩ by fewer gates: as long as a qubit is known to be in a state of its own, what acts on it and leaves it so is
 * a turn of it or of its partner.
 */
export function fromZero(operations: readonly Operation[], qubits: number): Operation[] {
  const zero = () => Float64Array.of(1, 0, 0, 0);
  const known: (Known | undefined)[] = Array.from({ length: qubits }, zero);
  const done: Operation[] = [];
  /** One turn, before the first gate that needs the state. */
  const prepare = (q: number) => {
    const state = known[q];
    // A state has four numbers.
    if (state && Math.hypot(state[2]!, state[3]!) > TINY)
      done.push({ qubits: [q], matrix: preparing(state) });
    known[q] = undefined;
  };
  const apply = (m: Matrix, s: Known): Known => matrixProduct(m, columns(s)).filter((_, k) => k % 4 < 2);
  for (const operation of operations) {
    const [a, b] = operation.qubits;
    if (b === undefined) {
      const state = known[a];
      if (state) known[a] = apply(operation.matrix, state);
      else done.push(operation);
      continue;
    }
    let isTurn = false;
    for (const [q, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const state = known[q];
      if (!state || isTurn) continue;
      const acting = effectOn(inOrder({ qubits: [a, b], matrix: operation.matrix }, [q, other]), state);
      if (!acting) continue;
      isTurn = true;
      known[q] = acting.after;
      const partner = known[other];
      if (partner) known[other] = apply(acting.turn, partner);
      else done.push({ qubits: [other], matrix: acting.turn });
    }
    if (isTurn) continue;
    const [first, second] = [known[a], known[b]];
    if (first && second) {
      const both = matrixProduct(operation.matrix, kron(preparing(first), preparing(second)));
      const { gate, apart } = pairFromZero(both);
      [known[a], known[b]] = apart ?? [undefined, undefined];
      if (!apart) done.push({ qubits: [a, b], matrix: gate });
      continue;
    }
    prepare(a);
    prepare(b);
    done.push(operation);
  }
  for (let q = 0; q < qubits; q++) prepare(q);
  return done;
}

/** 2 × 2 with the state as both columns. */
const columns = (s: Known): Matrix => Float64Array.of(s[0]!, s[1]!, s[0]!, s[1]!, s[2]!, s[3]!, s[2]!, s[3]!);

/** What a gate does where its first qubit is in `state`: leaves it in another and turns the second; undefined where it does neither. */
function effectOn(matrix: Matrix, state: Known): { after: Known; turn: Matrix } | undefined {
  const prepared = matrixProduct(matrix, kron(preparing(state), identity(2)));
  // A product |after⟩ ⊗ turn has in its first column |after⟩ times each element of the turn's first: one is 1/√2 or larger.
  const inFirstColumn = (row: number): Known =>
    Float64Array.of(
      ...prepared.subarray(16 * row, 16 * row + 2),
      ...prepared.subarray(16 * row + 8, 16 * row + 10),
    );
  const [upper, lower] = [inFirstColumn(0), inFirstColumn(1)];
  const larger = Math.hypot(...upper) > Math.hypot(...lower) ? upper : lower;
  const size = Math.hypot(...larger);
  const after = larger.map((value) => value / size);
  const un = dagger(preparing(after));
  const rest = matrixProduct(kron(un, identity(2)), prepared);
  const turn = new Float64Array(8);
  for (const row of [0, 1])
    for (const column of [0, 1]) {
      const zero = 8 * (2 * row) + 2 * (2 * column);
      const one = 8 * (1 + 2 * row) + 2 * (2 * column);
      if (Math.hypot(rest[one]!, rest[one + 1]!) > TINY) return undefined;
      turn.set([rest[zero]!, rest[zero + 1]!], 4 * row + 2 * column);
    }
  return { after, turn };
}

/**
 * A gate of one CZ that prepares from |00⟩ what `matrix` does, by Schmidt's decomposition: cos|00⟩ + sin|11⟩ between turns; the two
 * states where they are not entangled.
 */
function pairFromZero(matrix: Matrix): { gate: Matrix; apart?: [Known, Known] } {
  // Amplitudes as a map from the second qubit to the first: M = A Σ Bᵀ, first qubit in rows.
  const at = (i: number, j: number): [number, number] => [
    matrix[8 * (i + 2 * j)]!,
    matrix[8 * (i + 2 * j) + 1]!,
  ];
  const m = Float64Array.of(...at(0, 0), ...at(0, 1), ...at(1, 0), ...at(1, 1));
  const square = matrixProduct(m, dagger(m));
  // [[p, z], [z*, r]] is diagonal in the column (cos, e^{−i arg z} sin) and its partner.
  const [p, r, re, im] = [square[0]!, square[6]!, square[2]!, square[3]!];
  const angle = Math.atan2(2 * Math.hypot(re, im), p - r) / 2;
  const phase = Math.atan2(-im, re);
  const a = preparing(
    Float64Array.of(Math.cos(angle), 0, Math.sin(angle) * Math.cos(phase), Math.sin(angle) * Math.sin(phase)),
  );
  const rest = matrixProduct(dagger(a), m);
  const [large, small] = [Math.hypot(...rest.subarray(0, 4)), Math.hypot(...rest.subarray(4, 8))];
  // Eight numbers of a matrix, four of a row.
  const column = (u: Matrix): Known => Float64Array.of(u[0]!, u[1]!, u[4]!, u[5]!);
  if (small < TINY) {
    const second = rest.subarray(0, 4).map((value) => value / large);
    return { gate: matrix, apart: [column(a), Float64Array.from(second)] };
  }
  const row = (k: number, size: number) => rest.subarray(4 * k, 4 * k + 4).map((value) => value / size);
  const [x, y] = [row(0, large), row(1, small)];
  // Four numbers of a row.
  const b = Float64Array.of(x[0]!, x[1]!, y[0]!, y[1]!, x[2]!, x[3]!, y[2]!, y[3]!);
  const turned = kron(ry(2 * Math.atan2(small, large)), identity(2));
  return { gate: matrixProduct(kron(a, b), matrixProduct(CNOT, turned)) };
}

const CNOT = matrixOf("cx", 0);
