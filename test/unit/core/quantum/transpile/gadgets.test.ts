import { describe, expect, it } from "vitest";
import { kUpCcgsd } from "#core/quantum/ansatz/pairs.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { lucj } from "#core/quantum/circuit/ansatz-circuits.ts";
import { type Circuit, simulate } from "#core/quantum/circuit/circuit.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { gadgetsOf } from "#core/quantum/transpile/gadgets/gadgets-of.ts";
import { conjugate, letter, signOf } from "#core/quantum/transpile/gadgets/pauli-string.ts";
import { synthesised } from "#core/quantum/transpile/gadgets/synthesis.ts";
import { dagger, identity, kron, type Matrix, matrixProduct } from "#core/quantum/transpile/matrix.ts";
import { operationsOf } from "#core/quantum/transpile/operations.ts";
import { randomCircuit } from "../circuit/slow-circuit.ts";
import { randomNumbers } from "../second-quantisation.ts";
import { type Amplitudes, applied, renamed, zeroState } from "./apply-operations.ts";
import { stateOverlap } from "./state-overlap.ts";

const none = new Float64Array();
const WAYS = [
  { window: 20, decay: 0.9, haste: 0, opensFirst: true },
  { window: 5, decay: 0.8, haste: 1, opensFirst: false },
  // As on a row.
  { window: 10, decay: 1, haste: 0.5, opensFirst: true, price: (a: number, b: number) => Math.abs(a - b) },
] as const;

const ANSATZE: [string, Circuit][] = [
  ["UCCSD of two electrons in three orbitals", ansatzCircuit(uccsd(3, [1, 1]))],
  ["UCCSD of four electrons in four orbitals", ansatzCircuit(uccsd(4, [2, 2]))],
  ["UCCSD of three electrons", ansatzCircuit(uccsd(3, [2, 1]))],
  ["pairs in three orbitals", ansatzCircuit(kUpCcgsd(3, [1, 1], 2))],
  ["LUCJ", lucj({ norb: 3, nelec: [2, 1], layers: 2, lattice: "square" })],
];

function randomState(qubits: number, random: () => number): Amplitudes {
  const state = zeroState(qubits);
  for (const k of state.re.keys()) {
    state.re[k] = random() - 0.5;
    state.im[k] = random() - 0.5;
  }
  const norm = Math.sqrt(stateOverlap(state, state));
  return { re: state.re.map((x) => x / norm), im: state.im.map((x) => x / norm) };
}

describe("Pauli gadgets made together", () => {
  it.each(ANSATZE)("are the same state of %s", (_, circuit) => {
    const parameters = Float64Array.from({ length: circuit.nParameters }, (_, k) => Math.cos(3 * k + 1));
    const exact = simulate(circuit, parameters);
    for (const way of WAYS) {
      const { operations, ends } = synthesised(gadgetsOf(circuit, parameters), { ...way, isFromZero: true });
      const state = renamed(applied(operations, zeroState(circuit.qubits)), ends);
      expect(Math.abs(1 - stateOverlap(state, exact))).toBeLessThan(1e-12);
    }
  });

  it("are the same gate on every state, in circuits of every kind of gate", () => {
    const random = randomNumbers(4);
    for (let seed = 1; seed <= 30; seed++) {
      const qubits = 2 + (seed % 5);
      const circuit = randomCircuit(qubits, 10 + 2 * seed, seed);
      const start = randomState(qubits, random);
      const exact = applied(operationsOf(circuit, none), start);
      for (const way of WAYS) {
        const form = gadgetsOf(circuit, none);
        const any = synthesised(form, { ...way, isFromZero: false });
        expect(
          Math.abs(1 - stateOverlap(renamed(applied(any.operations, start), any.ends), exact)),
        ).toBeLessThan(1e-12);
        const known = synthesised(form, { ...way, isFromZero: true });
        const state = renamed(applied(known.operations, zeroState(qubits)), known.ends);
        expect(Math.abs(1 - stateOverlap(state, simulate(circuit, none)))).toBeLessThan(1e-12);
      }
    }
  });

  it("takes fewer gates than one by one, even before any are joined", () => {
    for (const [, circuit] of ANSATZE) {
      const parameters = new Float64Array(circuit.nParameters).fill(0.3);
      const { operations } = synthesised(gadgetsOf(circuit, parameters), { ...WAYS[0], isFromZero: true });
      const pairs = (all: readonly { qubits: readonly number[] }[]) =>
        all.filter(({ qubits }) => qubits.length === 2).length;
      expect(pairs(operations)).toBeLessThan(pairs(circuit.gates));
    }
  });

  it("takes no gate for what |0…0⟩ does not feel", () => {
    const circuit: Circuit = {
      ...{ qubits: 2, nParameters: 0 },
      gates: [
        { kind: "cp", qubits: [0, 1], theta: { angle: 0.3 } },
        { kind: "rz", qubits: [1], theta: { angle: 0.7 } },
        { kind: "cx", qubits: [1, 0] },
      ],
    };
    const { operations } = synthesised(gadgetsOf(circuit, none), { ...WAYS[0], isFromZero: true });
    expect(operations.filter(({ qubits }) => qubits.length === 2)).toEqual([]);
  });

  it("has strings turned as their matrices are", () => {
    const LETTERS: Matrix[] = [
      identity(2),
      Float64Array.of(0, 0, 1, 0, 1, 0, 0, 0),
      Float64Array.of(1, 0, 0, 0, 0, 0, -1, 0),
      Float64Array.of(0, 0, 0, -1, 0, 1, 0, 0),
    ];
    const bits = [[0, 0], [1, 0], [0, 1], [1, 1]] as const; // biome-ignore format: one list
    const matrixOf = (x: number, z: number): Matrix =>
      kron(LETTERS[(x & 1) | ((z & 1) << 1)]!, LETTERS[(x >> 1) | (z & 2)]!);
    for (const p of [1, 2, 3])
      for (const q of [1, 2, 3]) {
        const [first, second] = [kron(LETTERS[p]!, LETTERS[0]!), kron(LETTERS[0]!, LETTERS[q]!)];
        const both = matrixProduct(first, second);
        const gate = identity(4).map((one, k) => (one + first[k]! + second[k]! - both[k]!) / 2);
        for (const [ax, az] of bits)
          for (const [bx, bz] of bits) {
            const string = { x: ax | (bx << 1), z: az | (bz << 1), phase: (ax & az) + (bx & bz) };
            const exact = matrixProduct(matrixProduct(gate, matrixOf(string.x, string.z)), dagger(gate));
            const [[px, pz], [qx, qz]] = [bits[p]!, bits[q]!];
            conjugate(string, { p: letter(0, px, pz), q: letter(1, qx, qz) });
            const found = matrixOf(string.x, string.z).map((value) => signOf(string) * value);
            for (const [k, value] of exact.entries()) expect(found[k]).toBeCloseTo(value, 12);
          }
      }
  });
});
