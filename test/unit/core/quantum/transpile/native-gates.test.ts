import { describe, expect, it } from "vitest";
import { cx, rotation, simulate } from "#core/quantum/circuit/circuit.ts";
import { GATE_SETS, standardCircuit } from "#core/quantum/transpile/native-gates.ts";
import { toNativeGates } from "#core/quantum/transpile/to-native.ts";
import { GateSet } from "#shared/quantum/qubits.ts";
import { randomCircuit } from "../circuit/slow-circuit.ts";
import { stateOverlap } from "./state-overlap.ts";
import { stepsOf } from "./steps-of.ts";

const SETS = GateSet.options;

describe("gates of devices", () => {
  it.each(SETS)("%s prepares the same state as the circuit, in no gates but its own", (set) => {
    for (let seed = 1; seed <= 20; seed++) {
      const circuit = randomCircuit(4, 40, seed);
      const steps = stepsOf(circuit, new Float64Array());
      const gates = toNativeGates(steps, set, { keepPhases: true });
      const native = standardCircuit({ qubits: 4, set, gates, measured: [0, 1, 2, 3] });
      expect(stateOverlap(simulate(native), simulate(circuit))).toBeCloseTo(1, 10);
      // Rz after the last pulse is left out, and with it the only gate that a set may lack.
      const { turns, entangler } = GATE_SETS[set];
      const own = { sx: ["rz", "sx", "x"], rx: ["rz", "rx"], prx: ["prx"], gpi: ["gpi", "gpi2"] }[turns];
      for (const { name } of toNativeGates(steps, set)) expect([...own, entangler]).toContain(name);
    }
  });

  it("ecr is what IBM calls so, (X₀ − Y₀X₁)/√2", () => {
    // https://quantum.cloud.ibm.com/docs/api/qiskit/qiskit.circuit.library.ECRGate: (IX − XY)/√2, its first qubit written last.
    const turned = [
      rotation("ry", 0, { angle: 0.4 }),
      rotation("rx", 1, { angle: 1.1 }),
      ...[cx(0, 1), rotation("rz", 1, { angle: 0.7 }), rotation("rx", 0, { angle: -0.6 })],
    ];
    const before = simulate({ qubits: 2, nParameters: 0, gates: turned });
    const ecr = standardCircuit({
      ...{ qubits: 2, set: "ibm-ecr", measured: [0, 1] },
      gates: [{ name: "ecr", qubits: [0, 1], angles: [] }],
    });
    const after = simulate({ qubits: 2, nParameters: 0, gates: [...turned, ...ecr.gates] });
    const [re, im] = [new Float64Array(4), new Float64Array(4)];
    for (let state = 0; state < 4; state++) {
      // Y|0⟩ = i|1⟩ and Y|1⟩ = −i|0⟩.
      const sign = state & 1 ? 1 : -1;
      re[state] = (before.re[state ^ 1]! + sign * before.im[state ^ 3]!) / Math.SQRT2;
      im[state] = (before.im[state ^ 1]! - sign * before.re[state ^ 3]!) / Math.SQRT2;
    }
    expect(stateOverlap(after, { re, im })).toBeCloseTo(1, 12);
  });

  it.each(SETS)("%s measures the same without the phases that are left out", (set) => {
    const circuit = randomCircuit(4, 60, 7);
    const gates = toNativeGates(stepsOf(circuit, new Float64Array()), set);
    const native = simulate(standardCircuit({ qubits: 4, set, gates, measured: [0, 1, 2, 3] }));
    const exact = simulate(circuit);
    for (const [b, re] of exact.re.entries())
      expect(native.re[b]! ** 2 + native.im[b]! ** 2).toBeCloseTo(re ** 2 + exact.im[b]! ** 2, 10);
  });
});
