/** Circuits as devices run them: in their own gates, on qubits that they couple. */
import type { Circuit } from "../circuit/circuit.ts";
import type { NativeCircuit } from "../transpile/native-gates.ts";
import { type TranspileTarget, transpile } from "../transpile/transpile.ts";

/** Placements that are tried: seconds for a thousand gates. */
const TRIALS = 8;

export interface CircuitToFit {
  readonly circuit: Circuit;
  /** Radian; [nParameters]. */
  readonly parameters: Float64Array;
  /** With the couplings of the device, where not every two qubits are coupled. */
  readonly target: TranspileTarget;
}

/** The circuit at given parameters, from |0…0⟩ to a measurement. Cost and errors: as transpile. */
export const fittedCircuit = ({ circuit, parameters, target }: CircuitToFit): NativeCircuit =>
  transpile(circuit, parameters, target, { trials: TRIALS }).native;

/** Does what fittedCircuit does where it is in nobody's way. */
export type FitCircuit = (
  asked: CircuitToFit,
  signal?: AbortSignal,
) => NativeCircuit | Promise<NativeCircuit>;
