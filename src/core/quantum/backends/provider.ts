/** A provider of quantum computers as its driver speaks to it: jobs of one circuit or several, and what a job costs. */
import type { DeviceAccess } from "#shared/quantum/devices.ts";
import type { Calibration, CircuitRun, JobStatus } from "../measurement/estimator.ts";
import type { TranspileTarget } from "../transpile/transpile.ts";
import type { FitCircuit } from "./fit-circuit.ts";
import type { JobLimits } from "./job-limits.ts";
import type { ProviderName, Remedy } from "./provider-errors.ts";

/** What a provider or the way to it answered that is no answer, and what is done about it. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly remedy: Remedy;
  /** The provider's pause before the next try; null where it names none. */
  readonly retryAfter_ms: number | null;

  constructor(remedy: Remedy, message: string, retryAfter_ms: number | null = null) {
    super(message);
    this.remedy = remedy;
    this.retryAfter_ms = retryAfter_ms;
  }
}

/** What hosts give a driver, and what a person enabled; a driver reads no environment and no clock. */
export interface ProviderAccess extends Omit<DeviceAccess, "limits"> {
  /** The key. A function, so that nothing that is printed, cloned or kept holds it. */
  readonly secret: () => string;
  readonly clock: () => Date;
  /** Fits a circuit to a device elsewhere than on this thread; absent: on it. */
  readonly fitCircuit?: FitCircuit;
}

/** A circuit of a job. */
export interface PreparedCircuit {
  readonly run: CircuitRun;
  readonly qubits: number;
  readonly shots: number;
  /** At most, of what is sent. */
  readonly gates: { readonly one: number; readonly two: number };
}

/** A job as it would be sent. */
export interface PreparedJob {
  /** SHA-256 of what is asked and of whom: opaque, and the name by which the provider finds it again. */
  readonly name: string;
  /** One at least, in the order in which they were asked for; results are told apart by it. */
  readonly circuits: readonly PreparedCircuit[];
  /** The very text of the question for its price; no circuit is in it. null where the provider answers none. */
  readonly question: string | null;
  /** The vendor's name of the device. */
  readonly device: string;
  /** Of its widest circuit. */
  readonly qubits: number;
  /** Of all its circuits together. */
  readonly shots: number;
  /** Seconds of the device after which the provider stops it; null where it takes no such limit. */
  readonly most_s: number | null;
}

export interface Money {
  readonly value: number;
  /** usd; s: seconds of the device; shots: of a task that ran; otherwise as the provider names it. */
  readonly unit: string;
}

/** How the connection was protected; null over plain HTTP to this machine. */
export interface TlsFacts {
  readonly version: string;
  /** The group of the key exchange; null where the runtime does not say. */
  readonly group: string | null;
}

export interface SentJob {
  readonly id: string;
  readonly tls: TlsFacts | null;
}

/** A job at the provider; failed with what is done about it. */
export type VendorStatus =
  | Extract<JobStatus, { state: "waiting" | "done" }>
  | { readonly state: "failed"; readonly reason: string; readonly remedy: Remedy };

/** How a device is just now. */
export interface DeviceStatus {
  readonly device: string;
  readonly status: string;
  readonly qubits: number;
  /** null where the vendor does not say. */
  readonly queue_ms: number | null;
  /** Jobs that wait; null where the vendor does not say. */
  readonly queue_jobs: number | null;
  readonly calibrationId: string | null;
}

/** Every method throws ProviderError, and AbortError when its signal aborts. */
export interface Provider {
  readonly name: ProviderName;
  /** The base address of every request. A job belongs to the address that it was sent to. */
  readonly destination: string;
  /** Within which circuits are put together into jobs (pack-jobs.ts), from the table of job-limits.ts. */
  readonly limits: JobLimits;
  /**
   * One job of these circuits. A job of one circuit is named as it always was, when every job had one, so that an old one is found.
   *
   * @param runs one, or several that fit the limits together @param attempt how many jobs for the same circuits have ended
   * without a result: each has a name of its own
   * @throws DomainError not-supported for what the provider does not take
   */
  prepare(runs: readonly CircuitRun[], job: { device: string; attempt: number }): PreparedJob;
  /** The provider's own estimate, where the job has a question for it; only numbers of qubits, gates and shots are sent. */
  quote(job: PreparedJob, signal?: AbortSignal): Promise<Money>;
  /**
   * Why a limit at the provider leaves no room for jobs that cost so much, in a sentence; undefined where there is room. Absent:
   * the provider tells of no limits.
   */
  headroom?(
    jobs: readonly PreparedJob[],
    cost_usd: number,
    signal?: AbortSignal,
  ): Promise<string | undefined>;
  /** What circuits have to fit, asked of the device where it is not known. Absent or undefined: the provider fits them. */
  target?(job: PreparedJob, signal?: AbortSignal): Promise<TranspileTarget | undefined>;
  /**
   * The very bytes of the request that makes the job. Nothing is asked and nothing sent; fitting a large circuit takes its time.
   *
   * @param target undefined where the provider fits circuits
   */
  write(job: PreparedJob, target?: TranspileTarget, signal?: AbortSignal): Promise<string>;
  /** Makes the job of these bytes, once a call: never repeated by itself. */
  send(job: PreparedJob, body: string, signal?: AbortSignal): Promise<SentJob>;
  /** The id of the job of that name; null where there is none. */
  find(job: Pick<PreparedJob, "name" | "device">, signal?: AbortSignal): Promise<string | null>;
  /** Done with every circuit, failed with the first. */
  poll(id: string, signal?: AbortSignal): Promise<VendorStatus>;
  /**
   * Of a job that is done, of each of its circuits in their order: how often each number was measured, bit q for qubit q; fewer
   * than were asked for where some failed.
   *
   * @throws ProviderError look-up for a result that lacks a circuit, or in which nobody can say which is whose
   */
  fetch(id: string, job: PreparedJob, signal?: AbortSignal): Promise<readonly ReadonlyMap<number, number>[]>;
  /** What the job cost; null where the bill has no cost. */
  bill(id: string, signal?: AbortSignal): Promise<Money | null>;
  /** Succeeds where the job will not run. */
  cancel(id: string, signal?: AbortSignal): Promise<void>;
  calibration(device: string, signal?: AbortSignal): Promise<Calibration>;
  status(device: string, signal?: AbortSignal): Promise<DeviceStatus>;
}
