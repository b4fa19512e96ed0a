import { describe, expect, it } from "vitest";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { openSampler } from "#core/quantum/backends/sampler.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { hardwareEfficient } from "#core/quantum/circuit/ansatz-circuits.ts";
import { type Circuit, simulate } from "#core/quantum/circuit/circuit.ts";
import { circuitEnergyAndGradient } from "#core/quantum/circuit/circuit-vqe.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian } from "#core/quantum/mapping/map-hamiltonian.ts";
import { pauliTerms } from "#core/quantum/mapping/pauli.ts";
import type { CircuitRun } from "#core/quantum/measurement/estimator.ts";
import { groupTerms } from "#core/quantum/measurement/grouping.ts";
import { type MeasureOptions, measureEnergy } from "#core/quantum/measurement/measure-energy.ts";
import { PILOT_SHOTS } from "#core/quantum/measurement/shot-plan.ts";
import { type SamplingOptions, sampleCircuit } from "#core/quantum/measurement/shots.ts";
import { sampleBasedDiagonalisation } from "#core/quantum/measurement/sqd.ts";
import { extrapolateToZeroNoise, foldCircuit } from "#core/quantum/measurement/zero-noise.ts";
import { minimiseVqe } from "#core/quantum/vqe/vqe.ts";
import { NOISELESS } from "#shared/quantum/noise.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

const entry = (id: string) => uccsdEntries.find((one) => one.id === id)!.hamiltonian;
const NOISE = {
  depolarizing1: 2e-4,
  depolarizing2: 2e-3,
  amplitudeDamping: 2e-4,
  readout01: 0.01,
  readout10: 0.03,
};

/** The UCCSD minimum as a circuit, and the operator it is measured with. */
function prepared(id: string) {
  const hamiltonian = entry(id);
  const ansatz = uccsd(hamiltonian.norb, hamiltonian.nelec);
  const { parameters, energy_hartree } = minimiseVqe(hamiltonian, ansatz);
  const operator = mapHamiltonian(hamiltonian, encoding("jordan-wigner", 2 * hamiltonian.norb), "blocked");
  return { hamiltonian, circuit: ansatzCircuit(ansatz), parameters, energy_hartree, operator };
}

/** The energy of a prepared state as a sampler measures it. */
const measured = (
  { operator, circuit, parameters }: Pick<ReturnType<typeof prepared>, "operator" | "circuit" | "parameters">,
  options: MeasureOptions,
  { maxShots, ...device }: Partial<SamplingOptions> & { maxShots?: number } = {},
) => {
  const sampler = openSampler(device);
  const capabilities = { ...sampler.capabilities, ...(maxShots && { maxShots }) };
  return measureEnergy({ operator, circuit, parameters }, { ...sampler, capabilities }, options);
};

const h2 = prepared("h2_sto3g");
const h4 = prepared("h4_chain_sto3g");

describe("grouping", () => {
  it("puts every string but the identity into one group, where all agree qubit by qubit", () => {
    const terms = pauliTerms(h4.operator);
    const groups = groupTerms(terms);
    expect(groups.flatMap((group) => group.terms)).toHaveLength(terms.length - 1);
    expect(groups.length).toBeLessThan(terms.length / 2);
    for (const { x, z, terms: members } of groups)
      for (const term of members) {
        const support = term.x | term.z;
        expect([x & support, z & support]).toEqual([term.x, term.z]);
      }
  });
});

describe("sampling", () => {
  it("draws bit strings with their probabilities", () => {
    const shots = 200_000;
    const { re, im } = simulate(h2.circuit, h2.parameters);
    const counts = new Map<number, number>();
    for (const bits of sampleCircuit(h2.circuit, h2.parameters, { shots, seed: 7 }))
      counts.set(bits, (counts.get(bits) ?? 0) + 1);
    for (const [b, x] of re.entries()) {
      const p = x * x + im[b]! * im[b]!;
      // Five standard deviations of a binomial count.
      expect(Math.abs((counts.get(b) ?? 0) / shots - p)).toBeLessThanOrEqual(
        5 * Math.sqrt((p * (1 - p)) / shots) + 1e-12,
      );
    }
  });

  it("gives the same shots for the same seed and others for another", () => {
    const draw = (seed: number) =>
      sampleCircuit(h4.circuit, h4.parameters, { shots: 50, seed, noise: NOISE });
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
  });

  it("has the same bits on one and on two threads", () => {
    // 18 qubits are simulated in pieces, which threads share.
    const circuit = hardwareEfficient({ norb: 9, nelec: [4, 4], layers: 1 });
    const parameters = new Float64Array(circuit.nParameters).fill(0.4);
    const draw = (threads: number) => sampleCircuit(circuit, parameters, { shots: 1000, seed: 9, threads });
    expect(draw(2)).toEqual(draw(1));
  });

  it("draws from a state in single precision as from one in double, and says how far off it may be", async () => {
    const estimate = (precision?: "single" | "double", noise = NOISELESS) =>
      measured(h4, { standardError: 0.01, seed: 3 }, { precision, noise });
    const [single, double] = [await estimate("single"), await estimate("double")];
    expect(await estimate()).toEqual(double);
    expect(double.stateErrorBound).toBeNull();
    // Histories of gate errors are other circuits, of which the bound says nothing.
    const noisy = await estimate("single", { ...NOISELESS, depolarizing2: 1e-3 });
    expect(noisy.stateErrorBound).toBeNull();
    expect(single.stateErrorBound).toBeGreaterThan(2 ** -24);
    expect(single.stateErrorBound).toBeLessThan(1e-2);
    const apart = Math.abs(single.energy_hartree - double.energy_hartree);
    expect(apart).toBeLessThan(5 * Math.hypot(single.standardError_hartree, double.standardError_hartree));
  });

  it("decays, depolarises and misreads with the probabilities of its noise", () => {
    const one: Circuit = { qubits: 1, nParameters: 0, gates: [{ kind: "x", qubits: [0] }] };
    const excited = (noise: Partial<typeof NOISE>) => {
      const options = { shots: 20_000, seed: 5, noise: { ...NOISELESS, ...noise }, trajectories: 20_000 };
      return sampleCircuit(one, new Float64Array(), options).reduce((sum, bit) => sum + bit, 0) / 20_000;
    };
    // Four standard deviations at 20,000 shots are below 0.0142.
    expect(Math.abs(excited({ amplitudeDamping: 0.3 }) - 0.7)).toBeLessThan(0.0142);
    expect(Math.abs(excited({ depolarizing1: 0.3 }) - 0.8)).toBeLessThan(0.0142);
    expect(Math.abs(excited({ readout10: 0.1 }) - 0.9)).toBeLessThan(0.0142);
  });
});

describe("an energy from shots", () => {
  it("lies within 1.96 standard errors 95 % of the time over 1,000 seeds", async () => {
    let inside = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const { energy_hartree, standardError_hartree } = await measured(h2, { seed, standardError: 0.01 });
      if (Math.abs(energy_hartree - h2.energy_hartree) < 1.96 * standardError_hartree) inside++;
    }
    // 950 expected; 1,000 tosses of 0.95 stay within 930 … 970 but once in 270.
    expect(inside).toBeGreaterThan(929);
    expect(inside).toBeLessThan(971);
  });

  it("reaches the standard error asked for", async () => {
    const { standardError_hartree, shots, settings } = await measured(h4, { seed: 1, standardError: 0.02 });
    expect(standardError_hartree).toBeLessThan(0.022);
    expect(shots).toBeGreaterThan(settings * 400 - 1);
  });

  it("is cleaned of readout errors by inverting them", async () => {
    const noise = { ...NOISELESS, readout01: 0.02, readout10: 0.05 };
    const options = { seed: 2, standardError: 0.002 };
    const raw = await measured(h2, options, { noise });
    const clean = await measured(h2, { ...options, mitigateReadout: true }, { noise });
    expect(Math.abs(raw.energy_hartree - h2.energy_hartree)).toBeGreaterThan(0.02);
    expect(Math.abs(clean.energy_hartree - h2.energy_hartree)).toBeLessThan(4 * clean.standardError_hartree);
  });

  it("comes closer by extrapolating gate errors away", async () => {
    const noise = { ...NOISELESS, depolarizing2: 0.005 };
    const estimate = (circuit: Circuit) =>
      measured({ ...h2, circuit }, { seed: 3, standardError: 0.002 }, { noise, trajectories: 2000 });
    const raw = await estimate(h2.circuit);
    const extrapolated = await extrapolateToZeroNoise(h2.circuit, 2, estimate);
    const error = (one: { energy_hartree: number }) => Math.abs(one.energy_hartree - h2.energy_hartree);
    expect(error(raw)).toBeGreaterThan(0.02);
    expect(error(extrapolated)).toBeLessThan(error(raw) / 2);
  });

  it("is that of the same state when the circuit is folded", () => {
    const folded = circuitEnergyAndGradient(h2.operator, foldCircuit(h2.circuit, 2), h2.parameters).energy;
    expect(Math.abs(folded - h2.energy_hartree)).toBeLessThan(1e-10);
  });

  it("is refused where it would need too many shots", async () => {
    const energy = measured(h2, { seed: 1, standardError: 1e-6 }, { maxShots: 1000 });
    await expect(energy).rejects.toThrow(/shots; 1000 are allowed/);
  });
});

describe("sample-based diagonalisation", () => {
  it("lies between exact diagonalisation and Hartree–Fock with noisy shots", () => {
    const samples = sampleCircuit(h4.circuit, h4.parameters, { shots: 2000, seed: 11, noise: NOISE });
    const exact = solveCasci(h4.hamiltonian).states[0]!.energy_hartree;
    const hartreeFock = circuitEnergyAndGradient(h4.operator, h4.circuit, new Float64Array(26)).energy;
    for (const maxStrings of [1, 3, 5]) {
      const run = sampleBasedDiagonalisation(h4.hamiltonian, samples, { maxStrings, seed: 1 });
      expect(run.energy_hartree).toBeGreaterThan(exact - 1e-10);
      expect(run.energy_hartree).toBeLessThan(hartreeFock + 1e-10);
      expect(run.validShots).toBeLessThan(2000);
    }
  });

  it("is exact when every string is allowed and sampled", () => {
    const samples = sampleCircuit(h4.circuit, h4.parameters, { shots: 20_000, seed: 4, noise: NOISE });
    const run = sampleBasedDiagonalisation(h4.hamiltonian, samples, { maxStrings: 6, seed: 1 });
    expect(run.determinants).toBe(36);
    expect(Math.abs(run.energy_hartree - solveCasci(h4.hamiltonian).states[0]!.energy_hartree)).toBeLessThan(
      1e-9,
    );
  });

  it("gives Hartree–Fock from shots without a valid one and a single string", () => {
    const run = sampleBasedDiagonalisation(h4.hamiltonian, Int32Array.of(0b1, 0b0), {
      maxStrings: 1,
      seed: 1,
    });
    const hartreeFock = circuitEnergyAndGradient(h4.operator, h4.circuit, new Float64Array(26)).energy;
    expect(run.validShots).toBe(0);
    expect(Math.abs(run.energy_hartree - hartreeFock)).toBeLessThan(1e-10);
  });
});

describe("an energy whose settings share the shots of a job", () => {
  it("is within the error asked for, and says what each would be asked for alone", async () => {
    const options = { standardError: 2e-3, seed: 9 };
    const asked: CircuitRun[][] = [];
    const of = (sharesShots: boolean) => {
      const sampler = openSampler({});
      const { submit, capabilities } = sampler;
      return measureEnergy(
        h4,
        {
          ...sampler,
          capabilities: { ...capabilities, sharesShots },
          submit(runs) {
            asked.push([...runs]);
            return submit(runs);
          },
        },
        options,
      );
    };
    const [shared, alone] = [await of(true), await of(false)];
    const [pilot, energy, , before] = asked;
    expect(pilot!.every(({ shots, shotsAlone }) => shots === PILOT_SHOTS && shotsAlone === undefined)).toBe(
      true,
    );
    // The same but for their numbers of shots.
    expect(energy!.map(({ shots: _, shotsAlone, ...run }) => ({ ...run, shots: shotsAlone }))).toEqual(
      before,
    );
    const numbers = new Set(energy!.map(({ shots }) => shots));
    expect(numbers.size).toBeLessThan(new Set(before!.map(({ shots }) => shots)).size / 2);
    expect(numbers.size).toBeGreaterThan(1);
    for (const { energy_hartree, standardError_hartree } of [shared, alone]) {
      expect(Math.abs(energy_hartree - h4.energy_hartree)).toBeLessThan(4 * standardError_hartree);
      expect(standardError_hartree).toBeLessThan(1.15 * options.standardError);
    }
    expect(shared.shots / alone.shots).toBeLessThan(1.1);
  });
});
