/** Circuits as IBM's devices take them: in their own instructions, on qubits that they couple. */
import type { GateSet } from "#shared/quantum/qubits.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { nativeQasm3 } from "../transpile/native-qasm3.ts";
import { type TranspileTarget, transpile } from "../transpile/transpile.ts";

/** What turns one qubit on every device. */
const TURNS = ["rz", "sx", "x"] as const;
/** The gate set of a device by what entangles on it: Heron and later, Eagle. */
const SETS = { cz: "ibm-cz", ecr: "ibm-ecr" } as const satisfies Record<string, GateSet>;
export type IbmEntangler = keyof typeof SETS;

/** What entangles on a device of these instructions, and their set; undefined where it lacks what circuits are written in. */
export function ibmSet(
  instructions: readonly string[],
): { entangler: IbmEntangler; set: GateSet } | undefined {
  if (!TURNS.every((one) => instructions.includes(one))) return undefined;
  const entangler = (["cz", "ecr"] as const).find((one) => instructions.includes(one));
  return entangler && { entangler, set: SETS[entangler] };
}

/** Placements that are tried: seconds for a thousand gates. */
const TRIALS = 8;

export interface ProgramAsked {
  readonly circuit: Circuit;
  /** Radian; [nParameters]. */
  readonly parameters: Float64Array;
  /** With the couplings of the device. */
  readonly target: TranspileTarget;
}

/**
 * The circuit at given parameters as OpenQASM 3 on the device's qubits; bit q of the register c is its qubit q. Cost: as transpile.
 *
 * @throws as transpile
 */
export const ibmProgram = ({ circuit, parameters, target }: ProgramAsked): string =>
  nativeQasm3(transpile(circuit, parameters, target, { trials: TRIALS }).native);

/** Does what ibmProgram does where it is in nobody's way. */
export type FitCircuit = (asked: ProgramAsked, signal?: AbortSignal) => Promise<string>;
