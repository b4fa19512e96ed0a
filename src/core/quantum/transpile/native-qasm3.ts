/** A device's gates as an OpenQASM 3 program on its physical qubits. */

import type { GateSet } from "#shared/quantum/qubits.ts";
import { gateCall, type QasmDialect, qasmHeader } from "../circuit/qasm3.ts";
import { GATE_SETS, type NativeCircuit } from "./native-gates.ts";

/** Which of the two each set's provider reads. */
const dialectOf = (set: GateSet): QasmDialect =>
  set === "ibm-cz" || set === "ibm-ecr" ? "standard" : "braket";

/** stdgates.inc has no ecr; devices that run it know it by its name. */
const ECR = [
  "gate ecr a, b {",
  ...["h b;", "cx a, b;", "rz(pi/2) b;", "cx a, b;", "h b;", "x a;"].map((line) => `  ${line}`),
  "}",
];

/**
 * The program that the device runs as it stands: for Amazon Braket in a verbatim box, which its compiler leaves alone. Bit q is
 * measured on the device's qubit where the circuit's qubit q has ended.
 */
export function nativeQasm3({ set, gates, measured }: NativeCircuit, remark?: string): string {
  const dialect = dialectOf(set);
  const calls = gates.map(({ name, angles, qubits }) =>
    gateCall(
      name,
      angles,
      qubits.map((q) => `$${q}`),
    ),
  );
  const isVerbatim = dialect === "braket";
  return [
    ...qasmHeader(dialect, remark),
    ...(GATE_SETS[set].entangler === "ecr" ? ECR : []),
    `bit[${measured.length}] c;`,
    ...(isVerbatim ? ["#pragma braket verbatim", "box {"] : []),
    ...calls,
    ...(isVerbatim ? ["}"] : []),
    ...measured.map((place, q) => `c[${q}] = measure $${place};`),
    "",
  ].join("\n");
}
