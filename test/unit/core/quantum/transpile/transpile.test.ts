import { describe, expect, it } from "vitest";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { lucj } from "#core/quantum/circuit/ansatz-circuits.ts";
import { type Circuit, type Gate, rotation, simulate } from "#core/quantum/circuit/circuit.ts";
import { type CouplingMap, heavyHexLadder, linearMap } from "#core/quantum/circuit/coupling-map.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { type NativeCircuit, standardCircuit } from "#core/quantum/transpile/native-gates.ts";
import { transpile } from "#core/quantum/transpile/transpile.ts";
import { GateSet } from "#shared/quantum/qubits.ts";
import { randomCircuit } from "../circuit/slow-circuit.ts";
import { randomNumbers } from "../second-quantisation.ts";
import { stateOverlap } from "./state-overlap.ts";

const none = new Float64Array();
const star: CouplingMap = { name: "star", qubits: 6, edges: [1, 2, 3, 4, 5].map((q) => [0, q] as const) };
const grid: CouplingMap = {
  ...{ name: "grid of 2 × 3", qubits: 6 },
  edges: [[0, 1], [1, 2], [3, 4], [4, 5], [0, 3], [1, 4], [2, 5]], // biome-ignore format: one list
};
const MAPS = [linearMap(6), star, grid, heavyHexLadder(3)];
const SETS = GateSet.options;
const twoQubitGates = ({ gates }: NativeCircuit) => gates.filter(({ qubits }) => qubits.length === 2).length;

/** Amplitudes by the circuit's own qubits; no other qubit may be set. */
function logical({ re, im }: ReturnType<typeof simulate>, measured: readonly number[]) {
  const state = { re: new Float64Array(2 ** measured.length), im: new Float64Array(2 ** measured.length) };
  for (const [bits, value] of re.entries()) {
    const own = measured.reduce((b, place, q) => b | (((bits >> place) & 1) << q), 0);
    const placed = measured.reduce((b, place, q) => b | (((own >> q) & 1) << place), 0);
    if (placed === bits) {
      state.re[own] = value;
      state.im[own] = im[bits]!;
    } else expect(Math.hypot(value, im[bits]!)).toBeLessThan(1e-7);
  }
  return state;
}

const probabilities = ({ re, im }: ReturnType<typeof simulate>) => re.map((x, k) => x * x + im[k]! ** 2);

function expectSameCounts(circuit: Circuit, parameters: Float64Array, native: NativeCircuit) {
  const exact = probabilities(simulate(circuit, parameters));
  const found = probabilities(logical(simulate(standardCircuit(native)), native.measured));
  for (const [k, p] of exact.entries()) expect(found[k]).toBeCloseTo(p, 7);
}

describe("a circuit for a device", () => {
  it.each(MAPS)("is the same unitary on a $name, up to where its qubits lie", (map) => {
    const random = randomNumbers(9);
    for (let seed = 1; seed <= 6; seed++) {
      const circuit = randomCircuit(4, 50, seed);
      const { native, layout } = transpile(
        circuit,
        none,
        { set: "ibm-cz", map },
        { seed, trials: 3, isPart: true },
      );
      const routed = standardCircuit(native);
      for (let k = 0; k < 3; k++) {
        const turns = [0, 1, 2, 3].flatMap((q) =>
          (["ry", "rz"] as const).map((kind) => rotation(kind, q, { angle: 6 * random() })),
        );
        const placed = turns.map((gate): Gate => ({ ...gate, qubits: [layout[gate.qubits[0]]!] }));
        const exact = simulate({ ...circuit, gates: [...turns, ...circuit.gates] });
        const found = simulate({ ...routed, gates: [...placed, ...routed.gates] });
        expect(stateOverlap(logical(found, native.measured), exact)).toBeCloseTo(1, 9);
      }
    }
  });

  it.each(SETS)("measures the same in gates of %s, on couplings alone and in their direction", (set) => {
    for (const map of MAPS)
      for (let seed = 1; seed <= 3; seed++) {
        const circuit = randomCircuit(5, 60, seed);
        const { native } = transpile(circuit, none, { set, map }, { seed, trials: 2 });
        expectSameCounts(circuit, none, native);
        const edges = map.edges.map((edge) => edge.join());
        for (const { qubits } of native.gates)
          if (qubits.length === 2) expect(edges).toContain(qubits.join());
      }
  });

  it("ends with every qubit where it began, where all are coupled", () => {
    for (let seed = 1; seed <= 8; seed++) {
      const circuit = randomCircuit(5, 40, seed);
      const { native } = transpile(circuit, none, { set: "ionq-zz" });
      expect(native.measured).toEqual([0, 1, 2, 3, 4]);
      expectSameCounts(circuit, none, native);
    }
  });

  it("is the same for the same seed", () => {
    const circuit = randomCircuit(5, 60, 4);
    const made = () => transpile(circuit, none, { set: "ibm-cz", map: star }, { seed: 3 });
    expect(made()).toEqual(made());
  });

  it("needs no more gates than the ansatz is known to need", () => {
    const angles = (n: number) => Float64Array.from({ length: n }, (_, k) => 0.2 + 0.1 * k);
    const ansatz = uccsd(2, [1, 1]);
    const two = ansatzCircuit({ ...ansatz, factors: ansatz.factors.slice(-1) });
    const { native } = transpile(two, angles(two.nParameters), { set: "ibm-cz" });
    expectSameCounts(two, angles(two.nParameters), native);
    // A double excitation of a determinant is cos|0011⟩ + sin|1100⟩: one CZ for each qubit but the first.
    expect(twoQubitGates(native)).toBe(3);
    const jastrow = lucj({ norb: 3, nelec: [1, 1], layers: 1, lattice: "square" });
    const parameters = angles(jastrow.nParameters);
    const onGrid = transpile(jastrow, parameters, { set: "ibm-cz", map: grid }).native;
    expectSameCounts(jastrow, parameters, onGrid);
    // All its gates act on neighbours of the grid, two CZs each: none is exchanged.
    const pairs = jastrow.gates.filter(({ qubits }) => qubits.length === 2).length;
    expect(twoQubitGates(onGrid)).toBeLessThan(2 * pairs);
  });

  it("joins exchanges with the gates beside them", () => {
    const swap: Gate[] = [[0, 1], [1, 0], [0, 1]].map(([a, b]) => ({ kind: "cx", qubits: [a!, b!] })); // biome-ignore format: one list
    const before = randomCircuit(2, 30, 5).gates;
    const circuit: Circuit = { qubits: 2, nParameters: 0, gates: [...before, ...swap, ...before] };
    const { native } = transpile(circuit, none, { set: "ibm-cz" }, { isPart: true });
    expect(twoQubitGates(native)).toBeLessThanOrEqual(3);
  });

  it("lies where the device errs least", () => {
    const circuit = randomCircuit(3, 40, 8);
    const map = linearMap(7);
    const good = new Set([4, 5]);
    const errors = {
      edges: map.edges.map((_, k) => (good.has(k) ? 0.001 : 0.05)),
      readout: new Array(7).fill(0.01),
    };
    const { native } = transpile(circuit, none, { set: "ibm-cz", map, errors });
    expect([...native.measured].sort()).toEqual([4, 5, 6]);
    expectSameCounts(circuit, none, native);
    const misread = {
      ...errors,
      edges: map.edges.map(() => 0.001),
      readout: [0.2, 0.2, 0.01, 0.01, 0.01, 0.2, 0.2],
    };
    expect(
      [...transpile(circuit, none, { set: "iqm", map, errors: misread }).native.measured].sort(),
    ).toEqual([2, 3, 4]);
  });

  it("refuses a device that is too small and a search of nothing", () => {
    const circuit = randomCircuit(4, 10, 1);
    expect(() => transpile(circuit, none, { set: "iqm", map: linearMap(3) })).toThrow("is too small");
    expect(() => transpile(circuit, none, { set: "iqm" }, { trials: 0 })).toThrow(
      "expected a whole number from 1, got 0",
    );
  });
});
