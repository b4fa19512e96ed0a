import { describe, expect, it } from "vitest";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { hardwareEfficient, lucj } from "#core/quantum/circuit/ansatz-circuits.ts";
import { simulate } from "#core/quantum/circuit/circuit.ts";
import { circuitEnergyAndGradient, minimiseCircuit } from "#core/quantum/circuit/circuit-vqe.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian } from "#core/quantum/mapping/map-hamiltonian.ts";
import { bitCount } from "#core/quantum/mapping/pauli.ts";
import { randomHamiltonian, randomNumbers } from "../second-quantisation.ts";
import { uccsdEntries } from "../uccsd-reference.ts";
import { STATE_TOLERANCE } from "./slow-circuit.ts";

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
