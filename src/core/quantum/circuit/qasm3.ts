import { angleAt, type Circuit, type Gate, isTwoQubit } from "./circuit.ts";
import { givensGates } from "./excitation-circuit.ts";

/** Seventeen digits read back to the same double. */
const number = (value: number): string =>
  Number.isInteger(value) ? value.toFixed(1) : value.toPrecision(17);

/** stdgates.inc has no inverse of sx and no Givens rotation. */
function statement(gate: Gate, parameters: Float64Array): string {
  const operands = gate.qubits.map((q) => `q[${q}]`).join(", ");
  const name = gate.kind === "sxdg" ? "inv @ sx" : gate.kind;
  const angle = gate.theta ? `(${number(angleAt(gate, parameters))})` : "";
  return `${name}${angle} ${operands};`;
}

/**
 * The circuit at given parameters as an OpenQASM 3.0 program over stdgates.inc, optionally with a measurement of all qubits
 * and a line of remark.
 * A. Cross et al., doi:10.1145/3505636.
 */
export function toQasm3(
  { qubits, gates }: Circuit,
  parameters: Float64Array,
  { measure = false, remark }: { measure?: boolean; remark?: string | undefined } = {},
): string {
  const standard = gates.flatMap((gate) =>
    gate.kind === "givens" && isTwoQubit(gate) && gate.theta
      ? givensGates(gate.qubits[0], gate.qubits[1], gate.theta)
      : [gate],
  );
  return [
    "OPENQASM 3.0;",
    'include "stdgates.inc";',
    ...(remark === undefined ? [] : [`// ${remark.replace(/\s+/g, " ")}`]),
    `qubit[${qubits}] q;`,
    ...(measure ? [`bit[${qubits}] c;`] : []),
    ...standard.map((gate) => statement(gate, parameters)),
    ...(measure ? ["c = measure q;"] : []),
    "",
  ].join("\n");
}
