/** OpenQASM 3 programs. A. Cross et al., doi:10.1145/3505636. */
import type { GateKind } from "../native/gate-kinds.ts";
import { angleAt, type Circuit, isTwoQubit } from "./circuit.ts";
import { givensGates } from "./excitation-circuit.ts";

/** standard: gates of stdgates.inc. braket: those that Amazon Braket knows without an include. */
export type QasmDialect = "standard" | "braket";

/** Names that differ from the gate's own. stdgates.inc has no inverse of sx. */
const NAMES: Record<QasmDialect, Readonly<Partial<Record<GateKind, string>>>> = {
  standard: { sxdg: "inv @ sx" },
  braket: { sdg: "si", sx: "v", sxdg: "vi", p: "phaseshift", cx: "cnot", cp: "cphaseshift" },
};

/** Seventeen digits read back to the same double. */
const number = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(1) : value.toPrecision(17);

/** A call of a gate: name, angles in radian, and the names of its qubits. */
export function gateCall(name: string, angles: readonly number[], operands: readonly string[]): string {
  const given = angles.length > 0 ? `(${angles.map(number).join(", ")})` : "";
  return `${name}${given} ${operands.join(", ")};`;
}

/** First lines of a program. */
export const qasmHeader = (dialect: QasmDialect, remark?: string): string[] => [
  "OPENQASM 3.0;",
  ...(dialect === "standard" ? ['include "stdgates.inc";'] : []),
  ...(remark === undefined ? [] : [`// ${remark.replace(/\s+/g, " ")}`]),
];

/**
 * The circuit at given parameters as an OpenQASM 3.0 program, optionally with a measurement of all qubits, bit q of qubit q,
 * and a line of remark.
 */
export function toQasm3(
  { qubits, gates }: Circuit,
  parameters: Float64Array,
  {
    measure = false,
    dialect = "standard",
    remark,
  }: { measure?: boolean; dialect?: QasmDialect; remark?: string | undefined } = {},
): string {
  const standard = gates.flatMap((gate) =>
    gate.kind === "givens" && isTwoQubit(gate) && gate.theta
      ? givensGates(gate.qubits[0], gate.qubits[1], gate.theta)
      : [gate],
  );
  const calls = standard.map((gate) => {
    const angles = gate.theta ? [angleAt(gate, parameters)] : [];
    const operands = gate.qubits.map((q) => `q[${q}]`);
    return gateCall(NAMES[dialect][gate.kind] ?? gate.kind, angles, operands);
  });
  return [
    ...qasmHeader(dialect, remark),
    `qubit[${qubits}] q;`,
    ...(measure ? [`bit[${qubits}] c;`] : []),
    ...calls,
    ...(measure ? ["c = measure q;"] : []),
    "",
  ].join("\n");
}
