/** Circuits as IBM's devices take them: in their own instructions, on qubits that they couple. */
import type { Circuit } from "../circuit/circuit.ts";
import { nativeQasm3 } from "../transpile/native-qasm3.ts";
import { type TranspileTarget, transpile } from "../transpile/transpile.ts";

/** The instructions that ibmProgram uses. */
export const IBM_INSTRUCTIONS = ["rz", "sx", "x", "cz"] as const;

/** Placements that are tried: seconds for a thousand gates, for which everything else waits. */
const TRIALS = 8;

/**
 * The circuit at given parameters as OpenQASM 3 on the device's qubits; bit q of the register c is its qubit q.
 *
 * @throws as transpile
 */
export const ibmProgram = (
  circuit: Circuit,
  parameters: Float64Array,
  device: Pick<TranspileTarget, "map" | "errors">,
): string =>
  nativeQasm3(transpile(circuit, parameters, { ...device, set: "ibm-cz" }, { trials: TRIALS }).native);
