import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Gate, simulate, singlePrecisionBound } from "#core/quantum/circuit/circuit.ts";
import { circuitEnergyAndGradient } from "#core/quantum/circuit/circuit-vqe.ts";
import { addTerm, emptySum } from "#core/quantum/mapping/pauli.ts";
import { randomNumbers } from "../second-quantisation.ts";
import { randomCircuit, STATE_TOLERANCE, slowSimulate } from "./slow-circuit.ts";

describe("the state-vector simulator", () => {
  it.each([2, 3, 5])("agrees with gate matrices on random circuits of %i qubits", (qubits) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (seed) => {
        const circuit = randomCircuit(qubits, 40, seed);
        const { re, im } = simulate(circuit);
        for (const [b, [x, y]] of slowSimulate(circuit, new Float64Array()).entries()) {
          expect(Math.abs(re[b]! - x)).toBeLessThan(STATE_TOLERANCE);
          expect(Math.abs(im[b]! - y)).toBeLessThan(STATE_TOLERANCE);
        }
      }),
      { numRuns: 15 },
    );
  });

  it.each([10, 11])("agrees with them where gates are fused, in either precision: %i qubits", (qubits) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (seed) => {
        const circuit = randomCircuit(qubits, 90, seed);
        const slow = slowSimulate(circuit, new Float64Array());
        const distance = ({ re, im }: { re: Float64Array; im: Float64Array }) =>
          Math.hypot(...slow.flatMap(([x, y], b) => [re[b]! - x, im[b]! - y]));
        expect(distance(simulate(circuit))).toBeLessThan(STATE_TOLERANCE);
        const bound = singlePrecisionBound(circuit);
        const single = distance(simulate(circuit, undefined, { precision: "single" }));
        expect(single).toBeLessThan(bound);
        // Neither is the bound of another order nor are the amplitudes doubles.
        expect(single).toBeGreaterThan(1e-9);
        expect(bound).toBeLessThan(90 * 70 * 2 ** -24);
      }),
      { numRuns: 6 },
    );
  });

  it("fuses what acts on any three of its qubits", () => {
    // Every place of a block against the lanes of a vector: 0 to 3 within it, the others beyond.
    const places = [0, 1, 2, 3, 4, 7, 9];
    for (const [k, a] of places.entries())
      for (const [l, b] of places.slice(k + 1).entries())
        for (const c of places.slice(k + l + 2)) {
          const turn = (q: number, angle: number): Gate => ({ kind: "ry", qubits: [q], theta: { angle } });
          const phase = (q: number): Gate => ({ kind: "sx", qubits: [q] });
          const pair = (kind: "cx" | "cp" | "givens", p: number, q: number): Gate => ({
            ...{ kind, qubits: [p, q], theta: { angle: 0.4 } },
          });
          const gates = [
            ...places.map((q) => turn(q, 0.3 + q)),
            ...[phase(a), pair("givens", a, b), phase(c), pair("cx", c, a), turn(b, 0.2), pair("cp", b, c)],
            ...[pair("givens", c, b), phase(b), turn(a, 0.7), pair("cx", a, c)],
          ];
          const circuit = { qubits: 10, nParameters: 0, gates };
          const slow = slowSimulate(circuit, new Float64Array());
          for (const [precision, tolerance] of [
            ["double", STATE_TOLERANCE],
            ["single", singlePrecisionBound(circuit)],
          ] as const) {
            const { re, im } = simulate(circuit, undefined, { precision });
            const error = Math.hypot(...slow.flatMap(([x, y], i) => [re[i]! - x, im[i]! - y]));
            expect(error, `${a} ${b} ${c} ${precision}`).toBeLessThan(tolerance);
          }
        }
  });

  it("undoes a circuit in pieces of a large state and has the same bits on two threads", () => {
    const { gates } = randomCircuit(17, 120, 5);
    const inverted = [...gates].reverse().map((gate): Gate => {
      const swap: Partial<Record<string, Gate["kind"]>> = { s: "sdg", sdg: "s", sx: "sxdg", sxdg: "sx" };
      const theta = gate.theta && { theta: { angle: -gate.theta.angle } };
      return { ...gate, kind: swap[gate.kind] ?? gate.kind, ...theta };
    });
    const there = { qubits: 17, nParameters: 0, gates };
    const one = simulate(there);
    expect(simulate(there, new Float64Array(), { threads: 2 })).toEqual(one);
    expect(Math.abs(one.re[0]!)).toBeLessThan(0.9);
    const { re } = simulate({ ...there, gates: [...gates, ...inverted] });
    expect(Math.abs(re[0]! - 1)).toBeLessThan(STATE_TOLERANCE);
  });

  it("splits a large state into pieces without changing it", () => {
    // Qubits above 15 make pieces; the same gates on low qubits of a small state are one piece.
    const { gates } = randomCircuit(6, 60, 8);
    const lift = (q: number) => [0, 3, 9, 12, 15, 16][q]!;
    const lifted = gates.map(
      (gate): Gate => ({ ...gate, qubits: gate.qubits.map(lift) as [number, number] }),
    );
    const small = simulate({ qubits: 6, nParameters: 0, gates });
    const large = simulate({ qubits: 17, nParameters: 0, gates: lifted });
    for (const [b, value] of small.re.entries()) {
      const index = Array.from({ length: 6 }, (_, q) => ((b >> q) & 1) * 2 ** lift(q)).reduce(
        (x, y) => x + y,
      );
      expect(Math.abs(large.re[index]! - value)).toBeLessThan(STATE_TOLERANCE);
    }
  });

  it("refuses more qubits than memory holds", () => {
    expect(() => simulate({ qubits: 29, nParameters: 0, gates: [] })).toThrow(/reaches to 28 qubits.*got 29/);
  });
});

/** The same gates with a parameter each where they turn, on the qubits that `lift` names. */
function parametrised(seed: number, lift: (q: number) => number, qubits: number) {
  let nParameters = 0;
  const gates = randomCircuit(6, 60, seed).gates.map((gate): Gate => {
    const moved = gate.qubits.map(lift) as [number, number];
    if (!/^(r.|p|cp|givens)$/.test(gate.kind)) return { ...gate, qubits: moved };
    return { ...gate, qubits: moved, theta: { angle: 0.1, parameter: nParameters++, scale: -2 } };
  });
  return { qubits, nParameters, gates };
}

/** A real symmetric operator of few strings on the lifted qubits. */
function observable(lift: (q: number) => number, qubits: number) {
  const sum = emptySum(qubits);
  const mask = (...qs: number[]) => qs.reduce((bits, q) => bits | (1 << lift(q)), 0);
  addTerm(sum, { x: mask(0, 5), z: mask(2), coefficient: 0.7 });
  addTerm(sum, { x: mask(1, 4), z: mask(1, 4), coefficient: -0.4 });
  addTerm(sum, { x: 0, z: mask(3, 4), coefficient: 0.9 });
  return sum;
}

describe("the gradient of a circuit on a large state", () => {
  const large = (q: number) => [0, 3, 9, 12, 15, 16][q]!;
  const circuit = parametrised(4, large, 17);
  const random = randomNumbers(17);
  const parameters = Float64Array.from({ length: circuit.nParameters }, random);
  const inPieces = circuitEnergyAndGradient(observable(large, 17), circuit, parameters);

  it("is that of the same gates on a small state, which is one piece", () => {
    const same = (q: number) => q;
    const whole = circuitEnergyAndGradient(observable(same, 6), parametrised(4, same, 6), parameters);
    expect(Math.abs(inPieces.energy - whole.energy)).toBeLessThan(STATE_TOLERANCE);
    expect(Math.max(...whole.gradient.map(Math.abs))).toBeGreaterThan(0.1);
    for (const [k, value] of inPieces.gradient.entries())
      expect(Math.abs(value - whole.gradient[k]!)).toBeLessThan(STATE_TOLERANCE);
  });

  it("has the same bits on two threads", () => {
    const two = circuitEnergyAndGradient(observable(large, 17), circuit, parameters, { threads: 2 });
    expect(two).toEqual(inPieces);
  });
});
