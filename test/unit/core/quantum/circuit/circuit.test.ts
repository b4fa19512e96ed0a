import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProductAnsatz } from "#core/quantum/ansatz.ts";
import { kUpCcgsd } from "#core/quantum/ansatz-pairs.ts";
import { uccsd } from "#core/quantum/ansatz-uccsd.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import { hardwareEfficient, lucj } from "#core/quantum/circuit/ansatz-circuits.ts";
import {
  type Circuit,
  circuitCost,
  cx,
  GATE_KINDS,
  type Gate,
  simulate,
} from "#core/quantum/circuit/circuit.ts";
import { circuitEnergyAndGradient, minimiseCircuit } from "#core/quantum/circuit/circuit-vqe.ts";
import {
  ansatzCircuit,
  excitationGates,
  givensGates,
  twoQubitGateCount,
} from "#core/quantum/circuit/excitation-circuit.ts";
import { toQasm3 } from "#core/quantum/circuit/qasm3.ts";
import { encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian } from "#core/quantum/mapping/map-hamiltonian.ts";
import { bitCount } from "#core/quantum/mapping/pauli.ts";
import { prepareState } from "#core/quantum/vqe.ts";
import { randomHamiltonian, randomNumbers, strings } from "../second-quantisation.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Products of up to a thousand rotations. */
const STATE_TOLERANCE = 1e-10;

type Complex = [number, number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const polar = (angle: number): Complex => [Math.cos(angle), Math.sin(angle)];

/** The slow twin: each gate as its matrix elements ⟨row|gate|column⟩ on its own qubits, first qubit the lower bit. */
function element({ kind }: Gate, theta: number, row: number, column: number): Complex {
  const c = Math.cos(theta / 2);
  const sn = Math.sin(theta / 2);
  const r = Math.SQRT1_2;
  const one: Record<string, Complex[][]> = {
    x: [
      [
        [0, 0],
        [1, 0],
      ],
      [
        [1, 0],
        [0, 0],
      ],
    ],
    y: [
      [
        [0, 0],
        [0, -1],
      ],
      [
        [0, 1],
        [0, 0],
      ],
    ],
    z: [
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [-1, 0],
      ],
    ],
    h: [
      [
        [r, 0],
        [r, 0],
      ],
      [
        [r, 0],
        [-r, 0],
      ],
    ],
    s: [
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 1],
      ],
    ],
    sdg: [
      [
        [1, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, -1],
      ],
    ],
    sx: [
      [
        [0.5, 0.5],
        [0.5, -0.5],
      ],
      [
        [0.5, -0.5],
        [0.5, 0.5],
      ],
    ],
    sxdg: [
      [
        [0.5, -0.5],
        [0.5, 0.5],
      ],
      [
        [0.5, 0.5],
        [0.5, -0.5],
      ],
    ],
    rx: [
      [
        [c, 0],
        [0, -sn],
      ],
      [
        [0, -sn],
        [c, 0],
      ],
    ],
    ry: [
      [
        [c, 0],
        [-sn, 0],
      ],
      [
        [sn, 0],
        [c, 0],
      ],
    ],
    rz: [
      [polar(-theta / 2), [0, 0]],
      [[0, 0], polar(theta / 2)],
    ],
    p: [
      [
        [1, 0],
        [0, 0],
      ],
      [[0, 0], polar(theta)],
    ],
  };
  const matrix = one[kind];
  if (matrix) return matrix[row]![column]!;
  if (kind === "cx") return row === (column & 1 ? column ^ 2 : column) ? [1, 0] : [0, 0];
  if (kind === "givens" && (column === 1 || column === 2)) {
    if (row === column) return [Math.cos(theta), 0];
    if (row === (column ^ 3)) return [column === 2 ? Math.sin(theta) : -Math.sin(theta), 0];
    return [0, 0];
  }
  if (row !== column) return [0, 0];
  if (column !== 3) return [1, 0];
  return kind === "cz" ? [-1, 0] : kind === "cp" ? polar(theta) : [1, 0];
}

function slowSimulate({ qubits, gates }: Circuit, parameters: Float64Array): Complex[] {
  let state = Array.from({ length: 2 ** qubits }, (_, b): Complex => [b === 0 ? 1 : 0, 0]);
  for (const gate of gates) {
    const { angle = 0, parameter, scale = 1 } = gate.theta ?? {};
    const theta = angle + (parameter === undefined ? 0 : scale * parameters[parameter]!);
    const local = (b: number) => gate.qubits.reduce((bits, q, k) => bits | (((b >> q) & 1) << k), 0);
    const next = state.map((): Complex => [0, 0]);
    for (const [b, amplitude] of state.entries())
      for (let row = 0; row < 2 ** gate.qubits.length; row++) {
        const target = gate.qubits.reduce((bits, q, k) => (bits & ~(1 << q)) | (((row >> k) & 1) << q), b);
        const [re, im] = times(element(gate, theta, row, local(b)), amplitude);
        next[target]![0] += re;
        next[target]![1] += im;
      }
    state = next;
  }
  return state;
}

function randomCircuit(qubits: number, count: number, seed: number): Circuit {
  const random = randomNumbers(seed);
  const below = (n: number) => Math.min(n - 1, Math.floor((random() + 0.5) * n));
  const gates = Array.from({ length: count }, (): Gate => {
    const kind = GATE_KINDS[below(GATE_KINDS.length)]!;
    const first = below(qubits);
    const second = (first + 1 + below(qubits - 1)) % qubits;
    const theta = { angle: 6 * random() };
    return /^(cx|cz|cp|givens)$/.test(kind)
      ? { kind, qubits: [first, second], theta }
      : { kind, qubits: [first], theta };
  });
  return { qubits, nParameters: 0, gates };
}

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

  it("undoes a circuit in pieces of a large state and has the same bits on two threads", () => {
    const { gates } = randomCircuit(17, 120, 5);
    const inverted = [...gates].reverse().map((gate): Gate => {
      const swap: Partial<Record<string, Gate["kind"]>> = { s: "sdg", sdg: "s", sx: "sxdg", sxdg: "sx" };
      return { ...gate, kind: swap[gate.kind] ?? gate.kind, theta: { angle: -gate.theta!.angle } };
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

/** Largest deviation of the circuit's state from the determinant-space evolution. */
function deviation(ansatz: ProductAnsatz, parameters: Float64Array): number {
  const { norb, nelec } = ansatz;
  const { re, im } = simulate(ansatzCircuit(ansatz), parameters);
  const expected = new Float64Array(re.length);
  const vector = prepareState(ansatz, parameters);
  const [alpha, beta] = [strings(norb, nelec[0]), strings(norb, nelec[1])];
  alpha.forEach((a, i) => {
    beta.forEach((b, j) => {
      expected[a + b * 2 ** norb] = vector[i * beta.length + j]!;
    });
  });
  return re.reduce((worst, x, k) => Math.max(worst, Math.abs(x - expected[k]!), Math.abs(im[k]!)), 0);
}

describe("excitations as gates", () => {
  it.each([
    uccsd(4, [2, 2]),
    uccsd(4, [3, 1]),
    uccsd(5, [2, 3]),
    kUpCcgsd(4, [2, 2], 2),
    {
      ...{ name: "qubit", norb: 3, nelec: [2, 1] as const, reference: [3, 1] as const, nParameters: 2 },
      factors: [
        {
          excitation: { alphaAnnihilate: 1, alphaCreate: 4, betaAnnihilate: 1, betaCreate: 4 },
          parameter: 0,
          scale: 1,
          qubit: true,
        },
        {
          excitation: { alphaAnnihilate: 2, alphaCreate: 1, betaAnnihilate: 0, betaCreate: 0 },
          parameter: 1,
          scale: -2,
          qubit: true,
        },
      ],
    },
  ])("are the determinant-space evolution of $name for $norb orbitals, $nelec electrons", (ansatz) => {
    const random = randomNumbers(9);
    expect(deviation(ansatz, Float64Array.from({ length: ansatz.nParameters }, random))).toBeLessThan(
      STATE_TOLERANCE,
    );
  });

  it("take 2 CNOTs for a qubit single and 14 for a qubit double", () => {
    const twoQubitGates = (gates: Gate[]) => circuitCost({ qubits: 8, nParameters: 0, gates }).twoQubitGates;
    const options = { norb: 4, theta: { angle: 0.1 }, qubit: true };
    const single = { alphaAnnihilate: 1, alphaCreate: 8, betaAnnihilate: 0, betaCreate: 0 };
    const double = { alphaAnnihilate: 1, alphaCreate: 8, betaAnnihilate: 1, betaCreate: 8 };
    expect(twoQubitGates(excitationGates(single, options))).toBe(2);
    expect(twoQubitGates(excitationGates(double, options))).toBe(14);
  });

  it("are counted as they are built", () => {
    const ansatz = uccsd(5, [3, 2]);
    expect(twoQubitGateCount(ansatz)).toBe(circuitCost(ansatzCircuit(ansatz)).twoQubitGates);
  });

  it("count depth along the longest chain", () => {
    const cost = circuitCost({
      qubits: 3,
      nParameters: 0,
      gates: [cx(0, 1), cx(1, 2), { kind: "h", qubits: [0] }],
    });
    expect(cost).toEqual({ gates: 3, twoQubitGates: 2, depth: 2, twoQubitDepth: 2 });
  });
});

describe("circuit ansätze", () => {
  const h = randomHamiltonian(3, [2, 1], 14);
  const operator = mapHamiltonian(h, encoding("jordan-wigner", 6), "blocked");
  const space = { norb: 3, nelec: [2, 1] as const };

  it.each([
    ["LUCJ", lucj({ ...space, layers: 1, lattice: "square" })],
    ["the hardware-efficient circuit", hardwareEfficient({ ...space, layers: 2 })],
    ["UCCSD gates", ansatzCircuit(uccsd(3, [2, 1]))],
  ])("have gradients that are slopes: %s", (_, circuit) => {
    const random = randomNumbers(31);
    const parameters = Float64Array.from({ length: circuit.nParameters }, () => 2 * random());
    const { gradient } = circuitEnergyAndGradient(operator, circuit, parameters);
    const step = 1e-5;
    for (let k = 0; k < parameters.length; k++) {
      const at = (shift: number) =>
        circuitEnergyAndGradient(
          operator,
          circuit,
          parameters.map((x, i) => (i === k ? x + shift : x)),
        ).energy;
      // Central differences: truncation and rounding each near 1e-10.
      expect(Math.abs(gradient[k]! - (at(step) - at(-step)) / (2 * step))).toBeLessThan(1e-8);
    }
  });

  it.each(["square", "heavy-hex"] as const)(
    "LUCJ on a %s lattice keeps the electrons of each spin",
    (lattice) => {
      const circuit = lucj({ norb: 4, nelec: [2, 1], layers: 2, lattice });
      const random = randomNumbers(2);
      const { re, im } = simulate(circuit, Float64Array.from({ length: circuit.nParameters }, random));
      for (const [b, x] of re.entries())
        if (bitCount(b & 15) !== 2 || bitCount(b >> 4) !== 1)
          expect(Math.hypot(x, im[b]!)).toBeLessThan(STATE_TOLERANCE);
      const neighbours = circuit.gates.filter(
        ({ qubits: [a, b = a] }) => Math.abs(a - b) > 1 && Math.abs(a - b) !== 4,
      );
      expect(neighbours).toHaveLength(0);
    },
  );

  it("LUCJ lies between exact diagonalisation and Hartree–Fock", () => {
    const { hamiltonian } = uccsdEntries.find(({ id }) => id === "h4_chain_sto3g")!;
    const qubits = mapHamiltonian(hamiltonian, encoding("jordan-wigner", 8), "blocked");
    const circuit = lucj({ norb: 4, nelec: [2, 2], layers: 1, lattice: "square" });
    const random = randomNumbers(6);
    const start = Float64Array.from({ length: circuit.nParameters }, () => 0.5 * random());
    const run = minimiseCircuit(qubits, circuit, { start, gradientTolerance: 1e-4 });
    const hartreeFock = circuitEnergyAndGradient(qubits, circuit, new Float64Array(start.length)).energy;
    expect(run.energy_hartree).toBeGreaterThan(solveCasci(hamiltonian).states[0]!.energy_hartree - 1e-10);
    expect(run.energy_hartree).toBeLessThan(hartreeFock - 0.02);
  });

  it("refuse a VQE without parameters or on another number of qubits", () => {
    const empty = { qubits: 6, nParameters: 0, gates: [] };
    expect(() => minimiseCircuit(operator, empty, { start: new Float64Array() })).toThrow(
      /needs an ansatz with parameters/,
    );
    const small = hardwareEfficient({ norb: 2, nelec: [1, 1], layers: 1 });
    const start = new Float64Array(small.nParameters);
    expect(() => minimiseCircuit(operator, small, { start })).toThrow(
      /operator has 6 qubits and the circuit 4/,
    );
  });
});

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
