/** IonQ's gates as circuits of the simulator, written from its documents and not from the driver. */
import type { Circuit, Gate } from "#core/quantum/circuit/circuit.ts";
import type { CircuitInput, QisGate, TrapGate } from "./ionq-schema.ts";

/** The job's circuit cannot be run: it fails after it was made. */
export class PreflightError extends Error {}

const FIXED: Readonly<Record<string, Gate["kind"]>> = {
  x: "x",
  not: "x",
  y: "y",
  z: "z",
  h: "h",
  s: "s",
  si: "sdg",
  // √X and its inverse.
  v: "sx",
  vi: "sxdg",
};
/** Angles of T and its inverse, radian. */
const PHASES: Readonly<Record<string, number>> = { t: Math.PI / 4, ti: -Math.PI / 4 };

function targetOf({ gate, target, targets }: QisGate): number {
  const found = target ?? (targets?.length === 1 ? targets[0] : undefined);
  if (found === undefined) throw new PreflightError(`${gate}: expected one target`);
  return found;
}

function controlOf({ gate, control, controls }: QisGate): number {
  const found = control ?? (controls?.length === 1 ? controls[0] : undefined);
  if (found === undefined) throw new PreflightError(`${gate}: expected one control`);
  return found;
}

function gatesOf(one: QisGate): Gate[] {
  const { gate, rotation } = one;
  const fixed = FIXED[gate];
  if (fixed) return [{ kind: fixed, qubits: [targetOf(one)] }];
  const phase = PHASES[gate];
  if (phase !== undefined) return [{ kind: "p", qubits: [targetOf(one)], theta: { angle: phase } }];
  if (gate === "rx" || gate === "ry" || gate === "rz") {
    if (rotation === undefined) throw new PreflightError(`${gate}: expected a rotation`);
    return [{ kind: gate, qubits: [targetOf(one)], theta: { angle: rotation } }];
  }
  if (gate === "cnot") return [{ kind: "cx", qubits: [controlOf(one), targetOf(one)] }];
  throw new PreflightError(`${gate}: not supported by this server`);
}

const turn = (kind: "rx" | "rz", q: number, turns: number): Gate => ({
  kind,
  qubits: [q],
  theta: { angle: 2 * Math.PI * turns },
});
const on = (kind: "h" | "cx", ...qubits: [number] | [number, number]): Gate => ({ kind, qubits });

/** As https://docs.ionq.com/guides/getting-started-with-native-gates defines them, up to a phase of the whole state. */
function nativeGatesOf(one: TrapGate): Gate[] {
  if (one.gate === "gpi" || one.gate === "gpi2") {
    const { target: q, phase } = one;
    return [turn("rz", q, -phase), turn("rx", q, one.gate === "gpi" ? 1 / 2 : 1 / 4), turn("rz", q, phase)];
  }
  const [a, b] = one.targets;
  const zz = [on("cx", a, b), turn("rz", b, one.angle), on("cx", a, b)];
  if (one.gate === "zz") return zz;
  const [phaseA, phaseB] = one.phases;
  const toZ = [on("h", a), on("h", b)];
  return [
    ...[turn("rz", a, -phaseA), turn("rz", b, -phaseB), ...toZ],
    ...[...zz, ...toZ, turn("rz", a, phaseA), turn("rz", b, phaseB)],
  ];
}

const PAIRS: ReadonlySet<string> = new Set(["cnot", "zz", "ms"]);

/** As they are billed. */
export function billedGates({ circuit }: CircuitInput): { one: number; two: number } {
  const two = circuit.filter(({ gate }) => PAIRS.has(gate)).length;
  return { one: circuit.length - two, two };
}

/**
 * @param entangler of the device, where it runs native gates
 * @throws PreflightError for a gate without its qubits, on qubits that are not there, or of another device
 */
export function simulatedCircuit(input: CircuitInput, entangler?: "zz" | "ms"): Circuit {
  const { qubits } = input;
  if (input.gateset === "native")
    for (const { gate } of input.circuit)
      if (!["gpi", "gpi2", entangler].includes(gate)) throw new PreflightError(`${gate}: not of this device`);
  const gates =
    input.gateset === "qis" ? input.circuit.flatMap(gatesOf) : input.circuit.flatMap(nativeGatesOf);
  for (const { kind, qubits: acted } of gates)
    if (acted.some((q) => q >= qubits) || new Set(acted).size !== acted.length)
      throw new PreflightError(
        `${kind}: expected qubits from 0 to ${qubits - 1}, each once, got ${acted.join(", ")}`,
      );
  return { qubits, nParameters: 0, gates };
}
