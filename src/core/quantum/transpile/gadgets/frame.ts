/** The frame in which gadgets are short, and the operations that have made it. */
import { identity, kron, type Matrix, matrixProduct, rx, ry, rz } from "../matrix.ts";
import type { Operation } from "../operations.ts";
import { type ControlledLetters, conjugate, type PauliString, signOf } from "./pauli-string.ts";

/** The qubit of a letter. */
const qubitOf = ({ x, z }: PauliString): number => 31 - Math.clz32(x | z);

const MATRICES = {
  x: Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0),
  y: Float64Array.of(0, 0, 0, -1, 0, 1, 0, 0),
  z: Float64Array.of(1, 0, 0, 0, 0, 0, -1, 0),
} as const;

/** 2 × 2 of a letter, without its sign. */
export const letterMatrix = ({ x, z }: PauliString): Matrix => MATRICES[x ? (z ? "y" : "x") : "z"];

function controlledOperation({ p, q }: ControlledLetters): Operation {
  const none = identity(2);
  const [first, second] = [kron(letterMatrix(p), none), kron(none, letterMatrix(q))];
  const both = matrixProduct(first, second);
  const matrix = identity(4).map((one, k) => (one + first[k]! + second[k]! - both[k]!) / 2);
  return { qubits: [qubitOf(p), qubitOf(q)], matrix };
}

export class CliffordFrame {
  readonly operations: Operation[] = [];
  /** Mask of qubits that are still |0⟩. */
  zero: number;
  /** Gates one after another on each qubit so far. */
  readonly levels: number[] = new Array(32).fill(0);
  private readonly followed: readonly PauliString[];

  /** @param followed what is still to be done, which changes with the frame */
  constructor(zero: number, followed: readonly PauliString[]) {
    this.zero = zero;
    this.followed = followed;
  }

  /** Changes the frame by a gate, which is nothing to do where one of its letters is Z of a qubit that is |0⟩. */
  controlled(gate: ControlledLetters): void {
    const { p, q } = gate;
    if (![p, q].some(({ x, z }) => x === 0 && (z & this.zero) !== 0)) {
      this.operations.push(controlledOperation(gate));
      this.zero &= ~(p.x | q.x);
      const [a, b] = [qubitOf(p), qubitOf(q)];
      const level = 1 + Math.max(this.levels[a]!, this.levels[b]!);
      this.levels[a] = level;
      this.levels[b] = level;
    }
    for (const string of this.followed) conjugate(string, gate);
  }

  /** e^{−iθP/2} of a string that is one letter but for Z of qubits that are |0⟩; a phase where nothing else is in it. */
  gadget({ x, z, phase }: PauliString, angle: number): void {
    const bare = { x, z: z & (x | ~this.zero), phase };
    if ((bare.x | bare.z) === 0) return;
    const turn = bare.x ? (bare.z ? ry : rx) : rz;
    this.operations.push({ qubits: [qubitOf(bare)], matrix: turn(signOf(bare) * angle) });
    this.zero &= ~x;
  }
}
