/** Gates as devices run them, and the sets of them that devices have. */
import type { GateSet } from "#shared/quantum/qubits.ts";
import {
  type Circuit,
  type CircuitCost,
  circuitCost,
  cx,
  cz,
  type Gate,
  h,
  rotation,
  sx,
  x,
} from "../circuit/circuit.ts";

/**
 * Angles in radian. prx(θ, φ) = Rz(φ) Rx(θ) Rz(−φ); gpi(φ) and gpi2(φ) are it at θ = π and π/2; zz(θ) = e^{−iθZZ/2};
 * ms(φ₀, φ₁) = e^{−iπ/4 P₀P₁} of the axes at φ from X; ecr = X₀ e^{−iπ/4 ZX} = (X₀ − Y₀X₁)/√2. IonQ counts angles in turns.
 */
export interface NativeGate {
  readonly name: "rz" | "sx" | "x" | "rx" | "prx" | "gpi" | "gpi2" | "cz" | "ecr" | "zz" | "ms";
  readonly qubits: readonly [number] | readonly [number, number];
  readonly angles: readonly number[];
}

/** Gates of a device, in order, all of one set. */
export interface NativeCircuit {
  /** Of the device. */
  readonly qubits: number;
  readonly set: GateSet;
  readonly gates: readonly NativeGate[];
  /** Device qubit on which each qubit of the circuit is measured at the end. */
  readonly measured: readonly number[];
}

interface Basis {
  /** What a qubit is turned by. sx: rz, sx and x; rx: rz and rx by ±π/2 and π. */
  readonly turns: "sx" | "rx" | "prx" | "gpi";
  readonly entangler: "cz" | "ecr" | "zz" | "ms";
}

export const GATE_SETS = {
  /** IBM Heron. */
  "ibm-cz": { turns: "sx", entangler: "cz" },
  /** IBM Eagle; the device runs each ecr in one direction. */
  "ibm-ecr": { turns: "sx", entangler: "ecr" },
  /** IQM on Amazon Braket. */
  iqm: { turns: "prx", entangler: "cz" },
  /** Rigetti Cepheus on Amazon Braket. */
  rigetti: { turns: "rx", entangler: "cz" },
  /** IonQ Forte. */
  "ionq-zz": { turns: "gpi", entangler: "zz" },
  /** IonQ Aria. */
  "ionq-ms": { turns: "gpi", entangler: "ms" },
} as const satisfies Record<GateSet, Basis>;

const constant = (angle: number) => ({ angle });
const prx = (q: number, theta: number, phi: number): Gate[] => [
  rotation("rz", q, constant(-phi)),
  rotation("rx", q, constant(theta)),
  rotation("rz", q, constant(phi)),
];
const zz = (a: number, b: number, theta: number): Gate[] => [
  cx(a, b),
  rotation("rz", b, constant(theta)),
  cx(a, b),
];

/** What each gate is, up to a phase of the whole state; b is the second qubit, s and t its angles. */
const DEFINITIONS: Record<NativeGate["name"], (a: number, b: number, s: number, t: number) => Gate[]> = {
  rz: (a, _, s) => [rotation("rz", a, constant(s))],
  rx: (a, _, s) => [rotation("rx", a, constant(s))],
  sx: (a) => [sx(a)],
  x: (a) => [x(a)],
  prx: (a, _, s, t) => prx(a, s, t),
  gpi: (a, _, s) => prx(a, Math.PI, s),
  gpi2: (a, _, s) => prx(a, Math.PI / 2, s),
  cz: (a, b) => [cz(a, b)],
  ecr: (a, b) => [h(b), ...zz(a, b, Math.PI / 2), h(b), x(a)],
  zz: (a, b, s) => zz(a, b, s),
  ms: (a, b, s, t) => {
    const turned = (sign: 1 | -1) => [
      rotation("rz", a, constant(sign * s)),
      rotation("rz", b, constant(sign * t)),
    ];
    return [...turned(-1), h(a), h(b), ...zz(a, b, Math.PI / 2), h(a), h(b), ...turned(1)];
  },
};

/** Gates, those on two qubits, and the longest chain of gates that share qubits. */
export function nativeCost({
  qubits,
  gates,
}: NativeCircuit): Pick<CircuitCost, "gates" | "twoQubitGates" | "depth"> {
  const shapes = gates.map(({ qubits: on }): Gate => ({ kind: on.length === 2 ? "cz" : "x", qubits: on }));
  const { gates: count, twoQubitGates, depth } = circuitCost({ qubits, nParameters: 0, gates: shapes });
  return { gates: count, twoQubitGates, depth };
}

/** The same circuit in the gates that the simulator knows, on the device's qubits. */
export const standardCircuit = ({ qubits, gates }: NativeCircuit): Circuit => ({
  qubits,
  nParameters: 0,
  gates: gates.flatMap(({ name, qubits: [a, b = a], angles: [s = 0, t = 0] }) =>
    DEFINITIONS[name](a, b, s, t),
  ),
});
