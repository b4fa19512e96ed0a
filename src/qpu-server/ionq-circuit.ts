/** IonQ's gates as circuits of the simulator, written from its documents and not from the driver. */
import type { Circuit, Gate } from "#core/quantum/circuit/circuit.ts";
import type { QisCircuitInput, QisGate } from "./ionq-schema.ts";

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

/** @throws PreflightError for a gate without its qubits, or on qubits that are not there */
export function simulatedCircuit({ qubits, circuit }: QisCircuitInput): Circuit {
  const gates = circuit.flatMap(gatesOf);
  for (const { kind, qubits: on } of gates)
    if (on.some((q) => q >= qubits) || new Set(on).size !== on.length)
      throw new PreflightError(
        `${kind}: expected qubits from 0 to ${qubits - 1}, each once, got ${on.join(", ")}`,
      );
  return { qubits, nParameters: 0, gates };
}
