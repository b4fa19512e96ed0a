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

function renumbered(
  { gates, measured, ...native }: NativeCircuit,
  numbers: readonly number[],
): NativeCircuit {
  const of = (q: number): number => numbers[q]!; // a number for each qubit of the map
  return {
    ...native,
    qubits: Math.max(...numbers) + 1,
    gates: gates.map((gate) => {
      const [a, b] = gate.qubits;
      return { ...gate, qubits: b === undefined ? [of(a)] : [of(a), of(b)] };
    }),
    measured: measured.map(of),
  };
}

/** The circuit at given parameters, from |0…0⟩ to a measurement, on the device's own numbers. Cost and errors: as transpile. */
export function fittedCircuit({ circuit, parameters, target }: CircuitToFit): NativeCircuit {
  const { native } = transpile(circuit, parameters, target, { trials: TRIALS });
  return target.numbers ? renumbered(native, target.numbers) : native;
}

/** Does what fittedCircuit does where it is in nobody's way. */
export type FitCircuit = (
  asked: CircuitToFit,
  signal?: AbortSignal,
) => NativeCircuit | Promise<NativeCircuit>;
