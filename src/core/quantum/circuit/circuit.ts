/** Circuits: gates in order, on numbered qubits, with angles that may hang on parameters. */
import { DomainError } from "#shared/errors.ts";
import type { Precision } from "#shared/quantum/noise.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { GATE_KINDS, type GateKind, MAX_SIMULATED_QUBITS } from "../native/gate-kinds.ts";
import { callNative } from "../native/native.ts";

/** θ = angle + scale · parameters[parameter], radian. */
export interface Angle {
  readonly angle: number;
  readonly parameter?: number;
  readonly scale?: number;
}

/**
 * One gate. cx: control, target. cp(θ): e^{iθ} on |11⟩. p(θ): e^{iθ} on |1⟩. rx, ry, rz(θ): e^{−iθP/2}.
 * givens(θ): e^{θ(|10⟩⟨01| − |01⟩⟨10|)} in |first second⟩.
 */
export interface Gate {
  readonly kind: GateKind;
  readonly qubits: readonly [number] | readonly [number, number];
  readonly theta?: Angle;
}

export interface Circuit {
  readonly qubits: number;
  readonly nParameters: number;
  readonly gates: readonly Gate[];
}

export const isTwoQubit = (gate: Gate): gate is Gate & { qubits: readonly [number, number] } =>
  gate.qubits.length === 2;

/** θ of a gate at given parameters. */
export const angleAt = ({ theta }: Gate, parameters: Float64Array): number =>
  theta
    ? theta.angle + (theta.parameter === undefined ? 0 : (theta.scale ?? 1) * parameters[theta.parameter]!)
    : 0;

const fixed =
  (kind: GateKind) =>
  (q: number): Gate => ({ kind, qubits: [q] });
export const x = fixed("x");
export const h = fixed("h");
export const s = fixed("s");
export const sdg = fixed("sdg");
export const sx = fixed("sx");
export const sxdg = fixed("sxdg");
export const cx = (control: number, target: number): Gate => ({ kind: "cx", qubits: [control, target] });
export const cz = (a: number, b: number): Gate => ({ kind: "cz", qubits: [a, b] });
export const rotation = (kind: "rx" | "ry" | "rz" | "p", q: number, theta: Angle): Gate => ({
  kind,
  qubits: [q],
  theta,
});

export interface CircuitCost {
  readonly gates: number;
  readonly twoQubitGates: number;
  readonly depth: number;
  /** Depth that counts two-qubit gates only. */
  readonly twoQubitDepth: number;
}

/** Gate counts, and depth as the longest chain of gates that share qubits. */
export function circuitCost({ qubits, gates }: Circuit): CircuitCost {
  const depth = new Array<number>(qubits).fill(0);
  const twoDepth = new Array<number>(qubits).fill(0);
  let twoQubitGates = 0;
  for (const gate of gates) {
    const two = isTwoQubit(gate);
    if (two) twoQubitGates++;
    const level = 1 + Math.max(...gate.qubits.map((q) => depth[q]!));
    const twoLevel = (two ? 1 : 0) + Math.max(...gate.qubits.map((q) => twoDepth[q]!));
    for (const q of gate.qubits) {
      depth[q] = level;
      twoDepth[q] = twoLevel;
    }
  }
  return {
    gates: gates.length,
    twoQubitGates,
    depth: Math.max(0, ...depth),
    twoQubitDepth: Math.max(0, ...twoDepth),
  };
}

/** The circuit as the flat arrays of the native core. */
export function packCircuit({ qubits, gates }: Circuit) {
  if (qubits > MAX_SIMULATED_QUBITS)
    throw new DomainError(
      "not-supported",
      `The state-vector simulator reaches to ${MAX_SIMULATED_QUBITS} qubits (4 GiB), got ${qubits}.`,
      { qubits },
    );
  return {
    qubits,
    gates: Int32Array.from(
      gates.flatMap(({ kind, qubits: [first, second = 0], theta }) => [
        GATE_KINDS.indexOf(kind),
        first,
        second,
        theta?.parameter ?? -1,
      ]),
    ),
    angles: Float64Array.from(gates, ({ theta }) => theta?.angle ?? 0),
    scales: Float64Array.from(gates, ({ theta }) => theta?.scale ?? 1),
  };
}

/** Complex amplitudes of the circuit on |0…0⟩; bit q of an index is qubit q. Cost: 2^qubits a gate. */
export const simulate = (
  circuit: Circuit,
  parameters: Float64Array = new Float64Array(circuit.nParameters),
  { threads = 1, control, precision = "double" }: NativeContext & { precision?: Precision } = {},
): { re: Float64Array; im: Float64Array } =>
  callNative((addon) =>
    addon.simulateCircuit({
      ...packCircuit(circuit),
      parameters,
      threads,
      control,
      singlePrecision: precision === "single",
    }),
  );

/**
 * How far, at most, rounding takes the state of a circuit in single precision: an upper bound of ‖ψ − ψ_exact‖. Any probability
 * is off by at most twice that. Cost: none that depends on 2^qubits.
 */
export const singlePrecisionBound = (
  circuit: Circuit,
  parameters: Float64Array = new Float64Array(circuit.nParameters),
): number => callNative((addon) => addon.singlePrecisionBound({ ...packCircuit(circuit), parameters }));
