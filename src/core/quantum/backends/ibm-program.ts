/** Circuits as IBM's devices take them: in their own instructions, on qubits that they couple. */
import type { Circuit } from "../circuit/circuit.ts";
import { elementary } from "../circuit/circuit-ansatz.ts";
import type { CouplingMap } from "../circuit/coupling-map.ts";
import { routeCircuit } from "../circuit/routing.ts";
import { nativeQasm3 } from "../transpile/native-qasm3.ts";
import { stepsOf } from "../transpile/steps.ts";
import { toNativeGates } from "../transpile/to-native.ts";

/** The instructions that ibmProgram uses. */
export const IBM_INSTRUCTIONS = ["rz", "sx", "x", "cz"] as const;

/**
 * The circuit at given parameters as OpenQASM 3 on the device's qubits; bit q of the register c is its qubit q.
 *
 * @throws as routeCircuit
 */
export function ibmProgram(circuit: Circuit, parameters: Float64Array, map: CouplingMap): string {
  const gates = circuit.gates.flatMap(elementary);
  const { circuit: routed, finalLayout: measured } = routeCircuit({ ...circuit, gates }, map);
  const native = toNativeGates(stepsOf(routed, parameters), "ibm-cz");
  return nativeQasm3({ qubits: map.qubits, set: "ibm-cz", gates: native, measured });
}
