/** What one job may hold at each provider: one row each, within which pack-jobs.ts puts circuits together. */
import type { RemoteName } from "#shared/quantum/backend-names.ts";

export interface JobLimits {
  readonly circuits: number;
  /** Shots of a circuit. */
  readonly shots: number;
  /** Of all its circuits together: shots, gates, and gates on two qubits before they are routed. */
  readonly allShots: number;
  readonly allGates: number;
  readonly allPairGates: number;
  /** Bytes of the request that makes it, and of a gate in it at most. */
  readonly bytes: number;
  readonly gateBytes: number;
  /**
   * How many times the job's shots a circuit of it may have: a finite number where a job has one number of shots, 1 where all its
   * circuits have just that. Infinity: each circuit has a number of its own.
   */
  readonly repeats: number;
}

const UNTOLD = Number.POSITIVE_INFINITY;

/** One circuit a job. */
export const oneCircuit = (shots: number): JobLimits => ({
  ...{ circuits: 1, shots, allShots: shots, allGates: UNTOLD, allPairGates: UNTOLD },
  ...{ bytes: UNTOLD, gateBytes: 0, repeats: UNTOLD },
});

/** Routing to what a device couples may triple them (a SWAP is three). */
const ROUTED = 3;

/**
 * Another row puts circuits together otherwise, and jobs are found again only as they were put together: after a change, a calculation
 * that goes on pays anew for circuits that shared a job.
 */
export const JOB_LIMITS: Readonly<Record<RemoteName, JobLimits>> = {
  // OpenAPI document of IonQ v0.4, 2 September 2026: POST /jobs, MultiCircuitJobCreationPayload, JsonMultiCircuitInput.
  ionq: {
    ...{ circuits: 5000, shots: 1_000_000, allShots: UNTOLD, allGates: 150_000, allPairGates: UNTOLD },
    // ms, its two phases written out, is the longest.
    ...{ bytes: 10_000_000, gateBytes: 100, repeats: 1 },
  },
  // The executor. https://quantum.cloud.ibm.com/docs/guides/job-limits: limits are of a job, not of a PUB; fewer than 10,000 gates on
  // two qubits always pass. Replications: shape of CircuitItemModel in github.com/Qiskit/ibm-quantum-schemas (executor v2.0).
  ibm: {
    ...{ circuits: UNTOLD, shots: 5_000_000, allShots: 5_000_000, allGates: UNTOLD },
    ...{ allPairGates: 10_000 / ROUTED, bytes: UNTOLD, gateBytes: 0, repeats: 256 },
  },
  // A task has one program; its sets of programs are not used.
  braket: oneCircuit(100_000),
};

/** IBM's older form: each PUB has shots of its own. */
export const IBM_SAMPLER_LIMITS: JobLimits = { ...JOB_LIMITS.ibm, repeats: UNTOLD };
