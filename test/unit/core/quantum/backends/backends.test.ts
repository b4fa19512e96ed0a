import { describe, expect, it } from "vitest";
import { dropForbidden } from "#core/quantum/ansatz/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { exactMinimiser } from "#core/quantum/backends/exact.ts";
import { openSampler } from "#core/quantum/backends/sampler.ts";
import { estimatorOf, minimiserOf } from "#core/quantum/backends/select.ts";
import { statevectorMinimiser } from "#core/quantum/backends/statevector.ts";
import { circuitOf } from "#core/quantum/circuit/ansatz-on-qubits.ts";
import { qubitHamiltonian } from "#core/quantum/circuit/qubit-operators.ts";
import type { CircuitRun } from "#core/quantum/measurement/estimator.ts";
import { measureEnergy } from "#core/quantum/measurement/measure-energy.ts";
import { BackendName, ESTIMATORS, REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import { NOISELESS } from "#shared/quantum/noise.ts";
import { DEFAULT_VQE, findVqeProblem, SamplingSettings, VqeSettings } from "#shared/quantum/vqe.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Gradients of 1e-7 leave energies right to their square. */
const ENERGY_TOLERANCE = 1e-10;
const options = { gradientTolerance: 1e-7 };

const problem = (id: string) => {
  const { hamiltonian } = uccsdEntries.find((entry) => entry.id === id)!;
  return { hamiltonian, ansatz: dropForbidden(uccsd(hamiltonian.norb, hamiltonian.nelec), hamiltonian) };
};

describe("backends", () => {
  it.each(["h2_sto3g", "heh+_sto3g", "h3+_sto3g", "h4_chain_sto3g"])(
    "find one minimum for %s in determinant space and gate by gate",
    async (id) => {
      const exact = await exactMinimiser.minimise(problem(id), options);
      const gates = await statevectorMinimiser.minimise(problem(id), options);
      expect(gates.outcome).toBe("converged");
      expect(Math.abs(gates.energy_hartree - exact.energy_hartree)).toBeLessThan(ENERGY_TOLERANCE);
    },
  );

  it("are each a minimiser or an estimator, whose parameters exact evolution finds", () => {
    const opened = BackendName.options.map((backend) => {
      const settings = { ...DEFAULT_VQE, backend, sampling: SamplingSettings.parse({ qpu: "a-device" }) };
      return [backend, minimiserOf(settings) === exactMinimiser, estimatorOf(settings, {}) !== null];
    });
    expect(opened).toEqual([
      ["exact", true, false],
      ["statevector", false, false],
      ["sampler", true, true],
      ["ionq", true, true],
      ["ibm", true, true],
      ["braket", true, true],
    ]);
    expect(ESTIMATORS).toEqual(["sampler", "ionq", "ibm", "braket"]);
  });
});

describe("the sampler", () => {
  const { hamiltonian, ansatz } = problem("h2_sto3g");
  const circuit = circuitOf(ansatz);
  const parameters = new Float64Array(circuit.nParameters).fill(0.3);
  const runs: CircuitRun[] = [1, 2].map((seed) => ({ circuit, parameters, shots: 300 * seed, seed }));

  it("states an error that its energy keeps", async () => {
    const exact = await exactMinimiser.minimise({ hamiltonian, ansatz }, options);
    const state = { operator: qubitHamiltonian(hamiltonian), circuit, parameters: exact.parameters };
    const sampled = await measureEnergy(state, openSampler({}), { standardError: 0.003, seed: 8 });
    const error = sampled.standardError_hartree;
    expect(error).toBeLessThan(0.0035);
    expect(Math.abs(sampled.energy_hartree - exact.energy_hartree)).toBeLessThan(4 * error);
    expect(sampled.energy_hartree).not.toBe(exact.energy_hartree);
  });

  it("has each job done at once, with as many shots as it estimated, the same whenever they are fetched", async () => {
    const sampler = openSampler({});
    const [first, second] = [await sampler.submit(runs), await sampler.submit(runs)];
    expect(second).not.toBe(first);
    expect(await sampler.poll(first)).toEqual({ state: "done" });
    const shots = await Promise.all([first, second, first].map((id) => fetched(sampler.fetch(id))));
    expect(shots[0]!.map(({ length }) => length)).toEqual([300, 600]);
    expect(sampler.estimate(runs)).toEqual({ shots: 900 });
    expect(shots[1]).toEqual(shots[0]);
    expect(shots[2]).toEqual(shots[0]);
  });

  it("knows nothing of a job that was cancelled, and has no job to ask for later", async () => {
    const sampler = openSampler({});
    const id = await sampler.submit(runs);
    await sampler.cancel(id);
    expect(await sampler.poll(id)).toMatchObject({ state: "failed" });
    expect(await fetched(sampler.fetch(id))).toEqual([]);
    expect(sampler.capabilities.keepsJobs).toBe(false);
  });

  it("is calibrated with the readout errors of its noise", async () => {
    const noise = { ...NOISELESS, readout01: 0.02, readout10: 0.05 };
    const calibration = await openSampler({ noise }).calibration("any");
    expect(calibration).toEqual({ id: null, readout01: 0.02, readout10: 0.05 });
  });
});

async function fetched(shots: AsyncIterable<{ bits: Int32Array }>): Promise<Int32Array[]> {
  const all: Int32Array[] = [];
  for await (const { bits } of shots) all.push(bits);
  return all;
}

describe("settings of backends", () => {
  it("are written in the order of earlier notebooks, whose rows are compared as text", () => {
    const sampling = { precision: "single", sqdStrings: 4, shots: 5000, noise: { readout01: 0.01 } };
    expect(JSON.stringify(VqeSettings.parse({ seed: 3, backend: "sampler", sampling }))).toBe(
      '{"ansatz":"uccsd","layers":2,"starts":4,"backend":"sampler","sampling":{"shots":5000,' +
        '"statedError_hartree":0.001,"noise":{"depolarizing1":0,"depolarizing2":0,"amplitudeDamping":0,' +
        '"readout01":0.01,"readout10":0},"mitigation":[],"sqdStrings":4,"precision":"single"},"seed":3}',
    );
  });

  it.each([
    [
      { sqdStrings: 3 },
      "Sample-based diagonalisation belongs to the sampler, ionq, ibm or braket",
      "sampler, ionq, ibm or braket",
    ],
    [{ precision: "single" }, "Single precision is for shots, which hide its error", "sampler"],
    [{ noise: { readout01: 0.1 } }, "Noise and mitigation belong to the sampler", "sampler"],
    [
      { mitigation: ["readout"] },
      "Noise and mitigation belong to the sampler, ionq, ibm or braket",
      "sampler, ionq, ibm or braket",
    ],
  ])("%j are refused by what does not take them, and taken by the sampler", (given, says, takers) => {
    const sampling = SamplingSettings.parse(given);
    for (const backend of ["exact", "statevector"] as const)
      expect(findVqeProblem({ backend, sampling })).toEqual({
        path: "backend",
        message: `${says}: expected the backend ${takers}, got ${backend}.`,
      });
    expect(findVqeProblem({ backend: "sampler", sampling })?.path).not.toBe("backend");
  });

  it("a device and a deadline are a provider's", () => {
    const sampling = SamplingSettings.parse({ qpu: "qpu.forte-1", deadline_s: 60 });
    expect(findVqeProblem({ backend: "sampler", sampling })?.message).toMatch(
      /expected the backend ionq, ibm or braket, got sampler/,
    );
    for (const backend of REMOTE_BACKENDS) expect(findVqeProblem({ backend, sampling })).toBeUndefined();
    const without = SamplingSettings.parse({});
    expect(findVqeProblem({ backend: "ionq", sampling: without })).toBeUndefined();
    expect(findVqeProblem({ backend: "ibm", sampling: without })?.message).toMatch(/no simulator.*--qpu/);
    expect(SamplingSettings.safeParse({ qpu: "../jobs" }).success).toBe(false);
  });
});
