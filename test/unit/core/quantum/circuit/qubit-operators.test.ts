import { describe, expect, it } from "vitest";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { spinSquare } from "#core/quantum/ci/density-matrices.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import {
  expectation,
  numberOperator,
  qubitHamiltonian,
  spinSquareOperator,
  withNumberPenalty,
} from "#core/quantum/circuit/qubit-operators.ts";
import { prepareState } from "#core/quantum/vqe/vqe.ts";
import { uniformNumbers } from "#shared/random.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Sums of a few hundred rounded terms. */
const ROUNDING = 1e-10;

const sectors = [
  { norb: 4, nelec: [2, 2] },
  { norb: 4, nelec: [3, 1] },
  { norb: 3, nelec: [2, 1] },
] as const;

/** A state of the sector with all excitations, so with several spins. */
function scrambled({ norb, nelec }: (typeof sectors)[number]) {
  const ansatz = uccsd(norb, nelec);
  const random = uniformNumbers(3);
  const parameters = Float64Array.from({ length: ansatz.nParameters }, () => 2 * random() - 1);
  return { ansatz, circuit: ansatzCircuit(ansatz), parameters };
}

describe("operators on qubits", () => {
  it.each(sectors)("give the ⟨S²⟩ of the determinants for %j", (sector) => {
    const { ansatz, circuit, parameters } = scrambled(sector);
    const expected = spinSquare({ ...sector, coefficients: prepareState(ansatz, parameters) });
    const found = expectation(spinSquareOperator(sector), circuit, parameters);
    expect(Math.abs(found - expected)).toBeLessThan(ROUNDING);
  });

  it.each(sectors)("count the electrons of %j", (sector) => {
    const { circuit, parameters } = scrambled(sector);
    const electrons = sector.nelec[0] + sector.nelec[1];
    expect(Math.abs(expectation(numberOperator(sector), circuit, parameters) - electrons)).toBeLessThan(
      ROUNDING,
    );
  });

  it("punish by 2 Hartree times the square of each spin's missing electrons", () => {
    const { hamiltonian } = uccsdEntries.find(({ id }) => id === "h4_chain_sto3g")!;
    const operator = qubitHamiltonian(hamiltonian);
    const { circuit, parameters } = scrambled(sectors[0]);
    const energy = expectation(operator, circuit, parameters);
    const penalty = (nelec: readonly [number, number]) =>
      expectation(withNumberPenalty(operator, { norb: 4, nelec }), circuit, parameters) - energy;
    expect(Math.abs(penalty([2, 2]))).toBeLessThan(ROUNDING);
    expect(Math.abs(penalty([3, 1]) - 4)).toBeLessThan(ROUNDING);
    expect(Math.abs(penalty([4, 2]) - 8)).toBeLessThan(ROUNDING);
  });
});
