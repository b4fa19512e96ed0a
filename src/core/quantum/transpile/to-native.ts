/** Turns of single qubits and CZs → the gates of a device. */

import type { GateSet } from "#shared/quantum/qubits.ts";
import { HADAMARD, identity, type Matrix, matrixProduct, rx, rz, TINY } from "./matrix.ts";
import { GATE_SETS, type NativeGate } from "./native-gates.ts";

/** A turn of one qubit, any 2 × 2 unitary, or a CZ of two. */
export type CircuitStep =
  | { readonly qubits: readonly [number]; readonly turn: Matrix }
  | { readonly qubits: readonly [number, number]; readonly turn?: never };

const { PI } = Math;

/** −π < angle ≤ π, 0 where it is tiny. */
function wrapped(angle: number): number {
  const rest = angle - 2 * PI * Math.round(angle / (2 * PI));
  return Math.abs(rest) < TINY ? 0 : rest <= -PI + TINY ? PI : rest;
}

/** Rz(φ) Ry(θ) Rz(λ) of a unitary but for its phase, 0 ≤ θ ≤ π. */
export function eulerAngles(u: Matrix): { theta: number; phi: number; lambda: number } {
  const theta = 2 * Math.atan2(Math.hypot(u[4]!, u[5]!), Math.hypot(u[0]!, u[1]!));
  const argument = (k: number) => Math.atan2(u[k + 1]!, u[k]!);
  if (theta < TINY) return { theta: 0, phi: argument(6) - argument(0), lambda: 0 };
  if (theta > PI - TINY) return { theta: PI, phi: argument(4) - argument(2) + PI, lambda: 0 };
  // u = e^{iγ} [[cos, −e^{iλ} sin], [e^{iφ} sin, e^{i(φ+λ)} cos]].
  return { theta, phi: argument(4) - argument(0), lambda: argument(2) + PI - argument(0) };
}

interface Turned {
  /** Name and angles, in the order of time. */
  readonly gates: readonly (readonly [NativeGate["name"], ...number[]])[];
  /** Angle of the Rz that is left to be done after them. */
  readonly rest: number;
}

/** A turn as Rz(rest) after quarter turns about X between Rz: none, one, or two; or one half turn. */
function quarterTurns(u: Matrix): { before: readonly number[]; half: boolean; rest: number } {
  const { theta, phi, lambda } = eulerAngles(u);
  if (theta === 0) return { before: [], half: false, rest: phi };
  if (theta === PI) return { before: [lambda - phi + PI], half: true, rest: 0 };
  if (Math.abs(theta - PI / 2) < TINY) return { before: [lambda - PI / 2], half: false, rest: phi + PI / 2 };
  return { before: [lambda, theta + PI], half: false, rest: phi + PI };
}

type Turner = (u: Matrix) => Turned;

const betweenRz =
  (
    quarter: readonly [NativeGate["name"], ...number[]],
    half: readonly [NativeGate["name"], ...number[]],
  ): Turner =>
  (u) => {
    const { before, half: isHalf, rest } = quarterTurns(u);
    const gates = before.flatMap((angle) => [["rz", angle] as const, isHalf ? half : quarter]);
    return { gates: gates.filter(([name, angle = 0]) => name !== "rz" || wrapped(angle) !== 0), rest };
  };

const TURNERS: Record<(typeof GATE_SETS)[GateSet]["turns"], Turner> = {
  sx: betweenRz(["sx"], ["x"]),
  rx: betweenRz(["rx", PI / 2], ["rx", PI]),
  prx: (u) => {
    const { theta, phi, lambda } = eulerAngles(u);
    return { gates: theta === 0 ? [] : [["prx", theta, PI / 2 - lambda]], rest: phi + lambda };
  },
  // Rz goes to the end of everything and turns the axes of what it passes.
  gpi: (u) => {
    const { before, half, rest } = quarterTurns(u);
    let turned = 0;
    const gates = before.map((angle) => {
      turned += angle;
      return [half ? "gpi" : "gpi2", -turned] as const;
    });
    return { gates, rest: rest + turned };
  },
};

interface Entangler {
  /** Turns of the first and the second qubit that make a CZ of the gate. */
  readonly before: readonly [Matrix, Matrix];
  readonly after: readonly [Matrix, Matrix];
  /** The gate's angles where Rz of these angles, left to be done, passes it; none where it cannot pass. */
  readonly passed: ((a: number, b: number) => readonly number[]) | undefined;
}

const none = identity(2);
const [back, half] = [rz(-PI / 2), rx(PI)];
const diagonal = (...angles: number[]) => ({ before: [none, none], passed: () => angles }) as const;
const ENTANGLERS: Record<(typeof GATE_SETS)[GateSet]["entangler"], Entangler> = {
  cz: { ...diagonal(), after: [none, none] },
  zz: { ...diagonal(PI / 2), after: [back, back] },
  ms: {
    before: [HADAMARD, HADAMARD],
    after: [matrixProduct(back, HADAMARD), matrixProduct(back, HADAMARD)],
    passed: (a, b) => [-a, -b],
  },
  ecr: {
    before: [none, HADAMARD],
    after: [matrixProduct(back, half), matrixProduct(back, HADAMARD)],
    passed: undefined,
  },
};

/**
 * The steps in a device's gates, each run of turns of a qubit as one: at most two pulses of a quarter turn. Rz goes on to the
 * next turn where the entangling gate lets it pass, and what is left before the measurement, which it does not change, is left out.
 */
export function toNativeGates(
  steps: Iterable<CircuitStep>,
  set: GateSet,
  { keepPhases = false }: { /** Also Rz before the end. */ readonly keepPhases?: boolean } = {},
): NativeGate[] {
  const turner = TURNERS[GATE_SETS[set].turns];
  const entangler = ENTANGLERS[GATE_SETS[set].entangler];
  const gates: NativeGate[] = [];
  const pending = new Map<number, Matrix>();
  const push = (name: NativeGate["name"], qubits: NativeGate["qubits"], angles: readonly number[]) =>
    gates.push({ name, qubits, angles: angles.map(wrapped) });
  const turn = (q: number, u: Matrix) => pending.set(q, matrixProduct(u, pending.get(q) ?? none));
  const emit = (q: number): number => {
    const { gates: made, rest } = turner(pending.get(q) ?? none);
    for (const [name, ...angles] of made) push(name, [q], angles);
    pending.set(q, rz(rest));
    return wrapped(rest);
  };
  const emitRz = (q: number) => {
    const { phi } = eulerAngles(pending.get(q) ?? none);
    if (wrapped(phi) !== 0) push("rz", [q], [phi]);
    pending.delete(q);
  };
  for (const { qubits, turn: matrix } of steps) {
    if (qubits.length === 1) {
      if (matrix) turn(qubits[0], matrix);
      continue;
    }
    const [a, b] = qubits;
    turn(a, entangler.before[0]);
    turn(b, entangler.before[1]);
    const [restA, restB] = [emit(a), emit(b)];
    if (!entangler.passed) [a, b].forEach(emitRz);
    push(GATE_SETS[set].entangler, qubits, entangler.passed?.(restA, restB) ?? []);
    turn(a, entangler.after[0]);
    turn(b, entangler.after[1]);
  }
  for (const q of [...pending.keys()].sort((a, b) => a - b)) {
    emit(q);
    if (keepPhases) emitRz(q);
  }
  return gates;
}
