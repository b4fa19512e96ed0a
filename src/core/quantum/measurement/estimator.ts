/** What measures circuits with shots: a simulator here, a device elsewhere. run-job.ts is what calls it. */
import type { Circuit } from "../circuit/circuit.ts";

/** A circuit, whose qubits are all measured at its end, and how often. */
export interface CircuitRun {
  readonly circuit: Circuit;
  /** Values of the circuit's parameters, radian; [nParameters]. */
  readonly parameters: Float64Array;
  readonly shots: number;
  /** 32-bit, where shots are simulated: same seed, same shots. A device has chance of its own. */
  readonly seed: number;
  /**
   * Shots that it needs where it shares none with others: in a job that takes a number for each circuit, and in one of its own from
   * before there were others, whose result is taken where there is one. Absent: the same.
   */
  readonly shotsAlone?: number;
}

/** What a run gave. */
export interface Shots {
  /** One number a shot, in which bit q is qubit q; [shots]. */
  readonly bits: Int32Array;
  /** Upper bound of ‖ψ − ψ_exact‖ by single precision; null where nothing is simulated in single precision. */
  readonly stateErrorBound: number | null;
}

interface Capabilities {
  /** Shots of one job, at most. */
  readonly maxShots: number;
  /** Jobs can be asked for by their ids after this process has ended: results then name them. */
  readonly keepsJobs: boolean;
  /** Circuits of a job may have to share a number of shots: each is asked for with the fewest, or these doubled some times over. */
  readonly sharesShots: boolean;
}

/** What a job would use, known before anything is sent. */
interface JobEstimate {
  readonly shots: number;
}

export type JobStatus =
  | { readonly state: "waiting"; readonly pollAfter_ms: number }
  | { readonly state: "done" }
  | { readonly state: "failed"; readonly reason: string };

/** How the device was when a job ran. */
export interface Calibration {
  /** The vendor's name for it; null where nothing is calibrated. */
  readonly id: string | null;
  /** Probability of reading 1 from |0⟩ and 0 from |1⟩, of any qubit. */
  readonly readout01: number;
  readonly readout10: number;
  /** Why the shots are the local simulator's and not of the device that was asked for; absent where they are its own. */
  readonly fallback?: string;
  /** Shots that were asked for and failed there: the error is larger for them. Absent: none. */
  readonly lostShots?: number;
}

export interface Estimator {
  readonly capabilities: Capabilities;
  estimate(runs: readonly CircuitRun[]): JobEstimate;
  /** @returns the job's id */
  submit(runs: readonly CircuitRun[]): Promise<string>;
  poll(jobId: string): Promise<JobStatus>;
  /** Of a job that is done: shots of its runs, in their order. */
  fetch(jobId: string): AsyncIterable<Shots>;
  cancel(jobId: string): Promise<void>;
  calibration(jobId: string): Promise<Calibration>;
}
