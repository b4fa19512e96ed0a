/** Circuits as unitaries on one or two qubits, in order, and what can be said of them without a device. */
import { angleAt, type Circuit } from "../circuit/circuit.ts";
import { czCost } from "./cz-cost.ts";
import { matrixOf } from "./gate-matrices.ts";
import {
  exchanged,
  identity,
  kron,
  type Matrix,
  matrixProduct,
  overlap,
  rx,
  ry,
  rz,
  TINY,
} from "./matrix.ts";

/** 2 × 2 of one qubit or 4 × 4 of two, the first the lower bit. */
export interface Operation {
  readonly qubits: readonly [number] | readonly [number, number];
  readonly matrix: Matrix;
}
export interface Block extends Operation {
  readonly qubits: readonly [number, number];
}

/** Every gate of the circuit at given parameters. */
export const operationsOf = ({ gates }: Circuit, parameters: Float64Array): Operation[] =>
  gates.map((gate) => ({ qubits: gate.qubits, matrix: matrixOf(gate.kind, angleAt(gate, parameters)) }));

/** The matrix of an operation on two qubits, for these in this order. */
export const inOrder = ({ qubits, matrix }: Block, [a]: readonly [number, number]): Matrix =>
  qubits[0] === a ? matrix : exchanged(matrix);

const isIdentity = (matrix: Matrix): boolean =>
  1 - overlap(identity(matrix.length === 8 ? 2 : 4), matrix) < TINY ** 1.2;

/** CZs of an operation by itself. */
export const czsOf = ({ matrix }: Operation): 0 | 1 | 2 | 3 => (matrix.length === 8 ? 0 : czCost(matrix));

const PAULIS: readonly Matrix[] = [rx(Math.PI), ry(Math.PI), rz(Math.PI)];
type Axis = 0 | 1 | 2;

/** Axes about which a turn of each qubit commutes with the operation: all three only of none. */
function commutingAxes({ matrix }: Operation): readonly (readonly Axis[])[] {
  const on = (pauli: Matrix, k: number) => (k === 0 ? kron(pauli, identity(2)) : kron(identity(2), pauli));
  const commutes = (pauli: Matrix) => {
    const [ab, ba] = [matrixProduct(matrix, pauli), matrixProduct(pauli, matrix)];
    return ab.every((value, k) => Math.abs(value - ba[k]!) < 1e-9);
  };
  const axes = [0, 1, 2] as const;
  if (matrix.length === 8) return [axes.filter((axis) => commutes(PAULIS[axis]!))];
  return [0, 1].map((k) => axes.filter((axis) => commutes(on(PAULIS[axis]!, k))));
}

interface Placed {
  operation: Operation;
  axes: readonly (readonly Axis[])[];
}

/** Whether both act on each qubit that they share about one axis: then their order does not matter. */
function commute(a: Placed, b: Placed): boolean {
  return a.operation.qubits.every((q, i) => {
    const j = (b.operation.qubits as readonly number[]).indexOf(q);
    return j < 0 || a.axes[i]!.some((axis) => b.axes[j]!.includes(axis));
  });
}

const sameQubits = (a: Operation, b: Operation): boolean =>
  a.qubits.length === b.qubits.length && a.qubits.every((q) => (b.qubits as readonly number[]).includes(q));

/** later · earlier on the same qubits. */
function joined(later: Operation, earlier: Operation): Operation {
  const matrix = later.qubits[0] === earlier.qubits[0] ? later.matrix : exchanged(later.matrix);
  return { qubits: earlier.qubits, matrix: matrixProduct(matrix, earlier.matrix) };
}

/** How far back a partner is looked for. */
const REACH = 400;

/**
 * Joins operations on the same qubits with which everything between commutes: turns about one axis become one, inverse gates
 * cancel. Pairs of operations on two qubits are joined where that takes fewer CZs. Until nothing changes.
 */
export function cancelled(operations: readonly Operation[]): Operation[] {
  let placed: Placed[] = [];
  const add = (operation: Operation) => {
    const one: Placed = { operation, axes: commutingAxes(operation) };
    for (let k = placed.length - 1; k >= Math.max(0, placed.length - REACH); k--) {
      const other = placed[k]!;
      if (sameQubits(other.operation, operation)) {
        const both = joined(operation, other.operation);
        if (isIdentity(both.matrix)) {
          placed.splice(k, 1);
          return;
        }
        const saves =
          operation.qubits.length === 1 || czsOf(both) < czsOf(operation) + czsOf(other.operation);
        // The joined one stands where the earlier stood: the later has passed everything between.
        if (saves) {
          placed[k] = { operation: both, axes: commutingAxes(both) };
          return;
        }
      }
      if (!commute(one, other)) break;
    }
    placed.push(one);
  };
  let rest = [...operations];
  for (;;) {
    placed = [];
    for (const operation of rest) if (!isIdentity(operation.matrix)) add(operation);
    const found = placed.map(({ operation }) => operation);
    if (found.length === rest.length) return found;
    rest = found;
  }
}

/**
 * Operations on two qubits that have taken in all turns and each other: those of a pair with nothing else on either qubit
 * between become one. `turns` are those of qubits that no block holds.
 */
export function blocksOf(operations: readonly Operation[]): { blocks: Block[]; turns: Map<number, Matrix> } {
  const blocks: { qubits: readonly [number, number]; matrix: Matrix }[] = [];
  const last = new Map<number, { qubits: readonly [number, number]; matrix: Matrix }>();
  const turns = new Map<number, Matrix>();
  for (const { qubits, matrix } of operations) {
    const [a, b] = qubits;
    if (b === undefined) {
      const block = last.get(a);
      if (block)
        block.matrix = matrixProduct(
          block.qubits[0] === a ? kron(matrix, identity(2)) : kron(identity(2), matrix),
          block.matrix,
        );
      else turns.set(a, matrixProduct(matrix, turns.get(a) ?? identity(2)));
      continue;
    }
    const block = last.get(a);
    if (block && block === last.get(b)) {
      block.matrix = matrixProduct(inOrder({ qubits: [a, b], matrix }, block.qubits), block.matrix);
      continue;
    }
    const before = kron(turns.get(a) ?? identity(2), turns.get(b) ?? identity(2));
    turns.delete(a);
    turns.delete(b);
    const made = { qubits: [a, b] as const, matrix: matrixProduct(matrix, before) };
    blocks.push(made);
    last.set(a, made);
    last.set(b, made);
  }
  return { blocks, turns };
}
