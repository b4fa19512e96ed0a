/** Circuits in IonQ's JSON: in its gate set "qis", which it compiles, and in "native", which its devices run as it stands. */
import type { GateSet } from "#shared/quantum/qubits.ts";
import { angleAt, type Circuit, cx, type Gate, h, isTwoQubit } from "../circuit/circuit.ts";
import { elementary } from "../circuit/circuit-ansatz.ts";
import type { NativeCircuit, NativeGate } from "../transpile/native-gates.ts";

type JsonGate = Readonly<Record<string, string | number | readonly number[]>>;

/** Names in "qis" of the gates that need no rewriting; up to a phase of the whole state. */
const NAMES: Readonly<Partial<Record<Gate["kind"], string>>> = {
  ...{ x: "x", y: "y", z: "z", h: "h", s: "s", sdg: "si", sx: "v", sxdg: "vi" },
  // p differs from rz by a phase of the whole state alone.
  ...{ rx: "rx", ry: "ry", rz: "rz", p: "rz" },
};

function jsonGates(gate: Gate, parameters: Float64Array): JsonGate[] {
  if (isTwoQubit(gate)) {
    const [a, b] = gate.qubits;
    if (gate.kind === "cx") return [{ gate: "cnot", control: a, target: b }];
    const known = gate.kind === "cz" ? [h(b), cx(a, b), h(b)] : elementary(gate);
    return known.flatMap((one) => jsonGates(one, parameters));
  }
  const name = NAMES[gate.kind];
  if (name === undefined) throw new Error(`${gate.kind} has no name in IonQ's gate set`);
  return [{ gate: name, target: gate.qubits[0], ...(gate.theta && { rotation: angleAt(gate, parameters) }) }];
}

/** The circuit at given parameters in IonQ's JSON; rotations in radian. */
export const ionqCircuit = ({ gates }: Circuit, parameters: Float64Array): JsonGate[] =>
  gates.flatMap((gate) => jsonGates(gate, parameters));

/** What a family of devices runs (https://docs.ionq.com/guides/getting-started-with-native-gates); all its qubits are coupled. */
const SETS: readonly (readonly [name: RegExp, set: GateSet])[] = [
  [/^qpu\.forte-/, "ionq-zz"],
  [/^qpu\.aria-/, "ionq-ms"],
];

/** The gates of a device; undefined where they are not known, or nothing is run but its arithmetic. */
export const ionqSet = (device: string): GateSet | undefined => SETS.find(([name]) => name.test(device))?.[1];

/** From radian. */
const turns = (angle: number): number => angle / (2 * Math.PI);

function nativeGate({ name, qubits, angles }: NativeGate): JsonGate {
  const [first = 0] = angles;
  if (name === "zz") return { gate: name, targets: qubits, angle: turns(first) };
  if (name === "ms") return { gate: name, targets: qubits, phases: angles.map(turns), angle: 0.25 };
  if (name === "gpi" || name === "gpi2") return { gate: name, target: qubits[0], phase: turns(first) };
  throw new Error(`${name} is not of IonQ's devices`);
}

/** Gates of ionq-zz or ionq-ms in IonQ's JSON, which reads every qubit under its own number; angles in turns. */
export function ionqNativeCircuit({ gates, measured }: NativeCircuit): JsonGate[] {
  if (measured.some((place, q) => place !== q))
    throw new Error(`IonQ reads qubits in order: expected them to end so, got ${measured.join(", ")}`);
  return gates.map(nativeGate);
}
