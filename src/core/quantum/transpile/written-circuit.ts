/** Ways to write a circuit before it is placed on a device. */
import type { Circuit } from "../circuit/circuit.ts";
import { fromZero } from "./from-zero.ts";
import { gadgetsOf } from "./gadgets/gadgets-of.ts";
import { synthesised } from "./gadgets/synthesis.ts";
import type { Matrix } from "./matrix.ts";
import { type Block, blocksOf, cancelled, type Operation, operationsOf } from "./operations.ts";

/** A circuit before it is placed. */
export interface WrittenCircuit {
  readonly blocks: readonly Block[];
  /** Of qubits that no block holds. */
  readonly turns: ReadonlyMap<number, Matrix>;
  /** Qubit of the blocks on which each qubit of the circuit ends. */
  readonly ends: readonly number[];
}

/** Writes the circuit for a layout with so many steps between its qubits, differently for each trial. */
export type CircuitWriter = (trial: number, steps: (a: number, b: number) => number) => WrittenCircuit;

/** Gadgets are strings in masks of 32 bits. */
const GADGET_QUBITS = 30;
/** How gadgets are made: another mixture for each trial. */
const WINDOWS = [20, 30, 10] as const;
const DECAYS = [0.9, 0.8] as const;
const HASTE = [0, 0.5, 1] as const;
/** What a step between two qubits weighs beside a gate; larger ones are worse. */
const STEP_WEIGHTS = [0.1, 0.2, 0.3, 0.05] as const;

const at = <T>(list: readonly T[], trial: number): T => list[trial % list.length]!;

/**
 * The circuit gate by gate, and as Pauli gadgets that are made together.
 *
 * @param isPart right for every state before it, not only for |0…0⟩
 */
export function writersOf(
  circuit: Circuit,
  parameters: Float64Array,
  isPart: boolean,
): readonly [CircuitWriter, ...CircuitWriter[]] {
  const { qubits } = circuit;
  const writtenBy = (operations: readonly Operation[], ends: readonly number[]): WrittenCircuit => ({
    ...blocksOf(isPart ? cancelled(operations) : simplified(operations, qubits)),
    ends,
  });
  const plain = writtenBy(
    operationsOf(circuit, parameters),
    Array.from({ length: qubits }, (_, q) => q),
  );
  if (qubits > GADGET_QUBITS) return [() => plain];
  const gadgets = gadgetsOf(circuit, parameters);
  const together: CircuitWriter = (trial, steps) => {
    const weight = at(STEP_WEIGHTS, trial);
    const { operations, ends } = synthesised(gadgets, {
      isFromZero: !isPart,
      window: at(WINDOWS, trial),
      decay: at(DECAYS, trial),
      haste: at(HASTE, trial >> 1),
      opensFirst: trial % 5 < 4,
      price: (a, b) => 1 + weight * (steps(a, b) - 1),
    });
    return writtenBy(operations, ends);
  };
  return [() => plain, together];
}

const simplified = (operations: readonly Operation[], qubits: number): Operation[] =>
  cancelled(fromZero(cancelled(fromZero(operations, qubits)), qubits));

/** The same from |0…0⟩ with every qubit at the end where it is in the circuit: qubits that all begin in |0⟩ may have any number. */
export function endingInOrder({ blocks, turns, ends }: WrittenCircuit): WrittenCircuit {
  const numbers = new Map(ends.map((end, q) => [end, q]));
  const of = (q: number): number => numbers.get(q)!; // every qubit is where one ends
  return {
    blocks: blocks.map(({ qubits: [a, b], matrix }) => ({ qubits: [of(a), of(b)], matrix })),
    turns: new Map([...turns].map(([q, turn]) => [of(q), turn])),
    ends: ends.map((_, q) => q),
  };
}
