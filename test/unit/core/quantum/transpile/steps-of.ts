import type { Circuit } from "#core/quantum/circuit/circuit.ts";
import { operationsOf } from "#core/quantum/transpile/operations.ts";
import type { CircuitStep } from "#core/quantum/transpile/to-native.ts";
import { czSteps } from "#core/quantum/transpile/two-qubit.ts";

/** A circuit's gates as turns and CZs, each gate by itself. */
export const stepsOf = (circuit: Circuit, parameters: Float64Array): CircuitStep[] =>
  operationsOf(circuit, parameters).flatMap(({ qubits: [a, b], matrix }): CircuitStep[] =>
    b === undefined ? [{ qubits: [a], turn: matrix }] : czSteps(matrix, [a, b]),
  );
