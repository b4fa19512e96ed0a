import { describe, expect, it } from "vitest";
import type { ProductAnsatz } from "#core/quantum/ansatz/ansatz.ts";
import { kUpCcgsd } from "#core/quantum/ansatz/pairs.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { circuitCost, cx, type Gate, simulate } from "#core/quantum/circuit/circuit.ts";
import {
  ansatzCircuit,
  excitationGates,
  twoQubitGateCount,
} from "#core/quantum/circuit/excitation-circuit.ts";
import { prepareState } from "#core/quantum/vqe/vqe.ts";
import { randomNumbers, strings } from "../second-quantisation.ts";
import { STATE_TOLERANCE } from "./slow-circuit.ts";

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
