import { hasGateNoise, NOISELESS } from "#shared/quantum/noise.ts";
import { MAX_SHOTS } from "#shared/quantum/vqe.ts";
import { singlePrecisionBound } from "../circuit/circuit.ts";
import type { CircuitRun, Estimator, Shots } from "../measurement/estimator.ts";
import { type SamplingOptions, sampleCircuit } from "../measurement/shots.ts";

export type SamplerOptions = Omit<SamplingOptions, "shots" | "seed">;

/**
 * Shots of a simulated device, with noise where given. A job is there at once; its circuits are simulated as its shots are
 * fetched, the same each time.
 *
 * Throws as sampleCircuit, from fetch. Cost: gates · 2^qubits a run without gate errors, up to 100 times that with them.
 */
export function openSampler(options: SamplerOptions): Estimator {
  const { noise = NOISELESS, precision } = options;
  const hasBound = precision === "single" && !hasGateNoise(noise);
  const jobs = new Map<string, readonly CircuitRun[]>();
  let submitted = 0;
  const measured = ({ circuit, parameters, shots, seed }: CircuitRun): Shots => ({
    bits: sampleCircuit(circuit, parameters, { ...options, shots, seed }),
    stateErrorBound: hasBound ? singlePrecisionBound(circuit, parameters) : null,
  });
  return {
    capabilities: { maxShots: MAX_SHOTS, keepsJobs: false, sharesShots: false },
    estimate: (runs) => ({ shots: runs.reduce((sum, { shots }) => sum + shots, 0) }),
    async submit(runs) {
      const id = `sampler-${++submitted}`;
      jobs.set(id, runs);
      return id;
    },
    async poll(id) {
      return jobs.has(id) ? { state: "done" } : { state: "failed", reason: "it was cancelled" };
    },
    async *fetch(id) {
      for (const run of jobs.get(id) ?? []) yield measured(run);
    },
    async cancel(id) {
      jobs.delete(id);
    },
    async calibration() {
      return { id: null, readout01: noise.readout01, readout10: noise.readout10 };
    },
  };
}
