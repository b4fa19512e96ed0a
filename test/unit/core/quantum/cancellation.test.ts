import { describe, expect, it } from "vitest";
import type { ProductAnsatz } from "#core/quantum/ansatz/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { openSampler } from "#core/quantum/backends/sampler.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { densityMatrices, spinSquare } from "#core/quantum/ci/density-matrices.ts";
import { hardwareEfficient } from "#core/quantum/circuit/ansatz-circuits.ts";
import { type Circuit, simulate } from "#core/quantum/circuit/circuit.ts";
import { circuitEnergyAndGradient, minimiseCircuit } from "#core/quantum/circuit/circuit-vqe.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { type ControlBlock, createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { emptySum } from "#core/quantum/mapping/pauli.ts";
import { measureEnergy } from "#core/quantum/measurement/measure-energy.ts";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import { sampleBasedDiagonalisation } from "#core/quantum/measurement/sqd.ts";
import { determinantCount } from "#core/quantum/native/limits.ts";
import { adaptVqe } from "#core/quantum/vqe/adapt.ts";
import { minimiseVqe, mollerPlessetStart, prepareState } from "#core/quantum/vqe/vqe.ts";
import { continuumOf } from "#shared/quantum/solvents.ts";
import { openWater, referenceBasis } from "./chemistry-reference.ts";
import { randomHamiltonian } from "./second-quantisation.ts";

/** Multiplications between two checks, on average: about two milliseconds of one core. */
const WORK_BETWEEN_CHECKS = 2 ** 22;

/** A control block whose fifth integer counts the checks. */
const countingBlock = (): ControlBlock => new Int32Array(new SharedArrayBuffer(20));

function checksOf(work: (control: ControlBlock) => unknown): number {
  const control = countingBlock();
  work(control);
  return control[4]!;
}

const small = randomHamiltonian(4, [2, 2], 3);
const smallAnsatz = uccsd(4, [2, 2]);
const smallCircuit = ansatzCircuit(smallAnsatz);
const sto3g = await referenceBasis("sto-3g");
const waterAround = continuumOf({ name: "water" });
const zeros = new Float64Array(smallAnsatz.nParameters);
const state = prepareState(smallAnsatz, zeros);
const operator = emptySum(8);
operator.terms.set(0, new Map([[1, 0.5]]));

const calls: Record<string, (control: ControlBlock) => unknown> = {
  "a VQE": (control) => minimiseVqe(small, smallAnsatz, { start: zeros, control }),
  "its Møller–Plesset start": (control) => mollerPlessetStart(small, smallAnsatz, { control }),
  "the state of an ansatz": (control) => prepareState(smallAnsatz, zeros, { control }),
  ADAPT: (control) => adaptVqe(small, { pool: "fermionic", control }),
  "exact diagonalisation": (control) => solveCasci(small, { control }),
  "⟨S²⟩": (control) => spinSquare({ ...small, coefficients: state }, { control }),
  "density matrices": (control) => densityMatrices({ ...small, coefficients: state }, { control }),
  "a simulated circuit": (control) => simulate(smallCircuit, zeros, { control }),
  "a circuit's gradient": (control) => circuitEnergyAndGradient(operator, smallCircuit, zeros, { control }),
  "a VQE of a circuit": (control) => minimiseCircuit(operator, smallCircuit, { start: zeros, control }),
  sampling: (control) => sampleCircuit(smallCircuit, zeros, { shots: 10, seed: 1, control }),
  "an energy from shots": (control) =>
    measureEnergy({ operator, circuit: smallCircuit, parameters: zeros }, openSampler({ control }), {
      standardError: 0.1,
      seed: 1,
      control,
    }),
  "a field in a solvent": (control) => {
    using system = openWater(sto3g, { control, solvent: waterAround });
    return hartreeFock(system);
  },
  "sample-based diagonalisation": (control) =>
    sampleBasedDiagonalisation(small, Int32Array.of(0b00110011), { maxStrings: 2, seed: 1, control }),
};

describe("a calculation that was asked to stop", () => {
  it.each(Object.entries(calls))("stops: %s", async (_, call) => {
    const control = createControlBlock();
    const run = async () => call(control);
    await run();
    requestCancel(control);
    await expect(run()).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  });
});

/** All β doubles: one group of factors, which a check between groups would not interrupt. */
function betaDoubles(norb: number, nelec: readonly [number, number]): ProductAnsatz {
  const { factors, ...rest } = uccsd(norb, nelec);
  const kept = factors
    .filter(({ excitation: e }) => e.alphaCreate === 0)
    .map((factor, parameter) => ({ ...factor, parameter }));
  return { ...rest, factors: kept, nParameters: kept.length };
}

describe("between two checks", () => {
  const norb = 10;
  const nelec = [5, 5] as const;
  const h = randomHamiltonian(norb, nelec, 2);
  const determinants = determinantCount(norb, nelec);
  const rows = 252;

  it("one row of determinants at most is evolved", () => {
    const ansatz = betaDoubles(norb, nelec);
    const parameters = new Float64Array(ansatz.nParameters).fill(0.01);
    expect(checksOf((control) => prepareState(ansatz, parameters, { control }))).toBeGreaterThanOrEqual(rows);
    const sweeps = checksOf((control) => mollerPlessetStart(h, ansatz, { control }));
    expect(sweeps).toBeGreaterThanOrEqual(2 * rows);
  });

  it("a bounded part of a product with H and of density matrices is done", () => {
    const coefficients = new Float64Array(determinants).fill(determinants ** -0.5);
    const singles = 5 * 5 + 5;
    const product = checksOf((control) => spinSquare({ ...h, coefficients }, { control }));
    expect(product).toBeGreaterThan((determinants * singles * singles) / WORK_BETWEEN_CHECKS);
    const densities = checksOf((control) => densityMatrices({ ...h, coefficients }, { control }));
    expect(densities).toBeGreaterThan((determinants * norb ** 4) / 2 / WORK_BETWEEN_CHECKS);
  });

  it("one gate on 2^15 amplitudes at most is applied", () => {
    const circuit: Circuit = hardwareEfficient({ norb: 9, nelec: [1, 1], layers: 2 });
    const parameters = new Float64Array(circuit.nParameters);
    const pieces = 2 ** 18 / 2 ** 15;
    const forward = checksOf((control) => simulate(circuit, parameters, { control }));
    expect(forward).toBeGreaterThanOrEqual(pieces * circuit.gates.length);
    const sum = emptySum(18);
    sum.terms.set(0, new Map([[1, 0.5]]));
    const both = checksOf((control) => circuitEnergyAndGradient(sum, circuit, parameters, { control }));
    expect(both).toBeGreaterThanOrEqual(2 * forward);
  });
});
