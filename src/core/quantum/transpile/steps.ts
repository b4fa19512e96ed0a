import { angleAt, type Circuit, isTwoQubit } from "../circuit/circuit.ts";
import { elementary } from "../circuit/circuit-ansatz.ts";
import { matrixOf } from "./gate-matrices.ts";
import { HADAMARD } from "./matrix.ts";
import type { CircuitStep } from "./to-native.ts";

/** The circuit at given parameters as turns and CZs, each gate by itself. */
export const stepsOf = ({ gates }: Circuit, parameters: Float64Array): CircuitStep[] =>
  gates.flatMap(elementary).flatMap((gate): CircuitStep[] => {
    if (!isTwoQubit(gate))
      return [{ qubits: [gate.qubits[0]], turn: matrixOf(gate.kind, angleAt(gate, parameters)) }];
    const turn: CircuitStep = { qubits: [gate.qubits[1]], turn: HADAMARD };
    return gate.kind === "cz" ? [{ qubits: gate.qubits }] : [turn, { qubits: gate.qubits }, turn];
  });
