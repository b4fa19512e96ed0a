import { describe, expect, it } from "vitest";
import { type Circuit, type Gate, simulate } from "#core/quantum/circuit/circuit.ts";
import { givensGates } from "#core/quantum/circuit/excitation-circuit.ts";
import { toQasm3 } from "#core/quantum/circuit/qasm3.ts";
import { STATE_TOLERANCE } from "./slow-circuit.ts";

describe("OpenQASM 3", () => {
  it("writes bound angles, a Givens rotation as standard gates, and a measurement", () => {
    const circuit: Circuit = {
      qubits: 2,
      nParameters: 1,
      gates: [
        { kind: "x", qubits: [0] },
        { kind: "givens", qubits: [1, 0], theta: { angle: 0, parameter: 0, scale: 2 } },
        { kind: "sxdg", qubits: [1] },
      ],
    };
    const program = toQasm3(circuit, Float64Array.of(0.25), { measure: true });
    expect(program.split("\n").slice(0, 5)).toEqual([
      "OPENQASM 3.0;",
      'include "stdgates.inc";',
      "qubit[2] q;",
      "bit[2] c;",
      "x q[0];",
    ]);
    expect(program).toContain("ry(0.50000000000000000) q[0];");
    expect(program).toContain("inv @ sx q[1];");
    expect(program).not.toContain("givens");
    expect(program.trimEnd().endsWith("c = measure q;")).toBe(true);
  });

  it("stands for the same state as the Givens rotation", () => {
    const prepare: Gate[] = [{ kind: "x", qubits: [0] }];
    const exact = simulate({
      qubits: 2,
      nParameters: 0,
      gates: [...prepare, { kind: "givens", qubits: [1, 0], theta: { angle: 0.7 } }],
    });
    const gates = simulate({
      qubits: 2,
      nParameters: 0,
      gates: [...prepare, ...givensGates(1, 0, { angle: 0.7 })],
    });
    for (const [b, value] of exact.re.entries())
      expect(Math.abs(gates.re[b]! - value)).toBeLessThan(STATE_TOLERANCE);
  });
});
