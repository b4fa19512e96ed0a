/** The jobs of a simulated IonQ: their gates, their results and what they cost. */
import { randomUUID } from "node:crypto";
import { simulate } from "#core/quantum/circuit/circuit.ts";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import type { NoiseSettings } from "#shared/quantum/noise.ts";
import type { Fault } from "./faults.ts";
import { billedGates, PreflightError, simulatedCircuit } from "./ionq-circuit.ts";
import type { CircuitJob } from "./ionq-schema.ts";
import { createQueue, type QueuedJob, type QueueState } from "./queue.ts";

/** USD a gate and shot, and the least a job costs. */
export interface Rates {
  readonly oneQubitGate: number;
  readonly twoQubitGate: number;
  readonly minimum: number;
}

export interface ServedBackend {
  readonly backend: string;
  readonly qubits: number;
  readonly status: "available" | "unavailable" | "retired";
  readonly rates: Rates;
  /** Of native gates; absent: none are run. */
  readonly entangler?: "zz" | "ms";
  /** Of what is no simulator. */
  readonly noise?: NoiseSettings;
}

export interface ServedJob extends QueuedJob {
  readonly body: CircuitJob;
  readonly gates: { readonly one: number; readonly two: number };
}

/** As IonQ calls them. */
const STATES = {
  waiting: "submitted",
  running: "started",
  canceled: "canceled",
  failed: "failed",
  done: "completed",
} as const satisfies Record<QueueState, string>;
export const costOf = (
  { rates }: ServedBackend,
  gates: { one: number; two: number },
  shots: number,
): number =>
  rates.minimum === 0 && rates.oneQubitGate === 0
    ? 0
    : Math.max(rates.minimum, shots * (gates.one * rates.oneQubitGate + gates.two * rates.twoQubitGate));

/** Probability of each basis state that has any, by its number: qubit 0 is its lowest bit. */
function probabilitiesOf(job: ServedJob, served: ServedBackend, seed: number): Record<string, number> {
  const circuit = simulatedCircuit(job.body.input, served.entangler);
  const isIdeal = served.backend === "simulator" && (job.body.noise?.model ?? "ideal") === "ideal";
  if (isIdeal) {
    // Shots are ignored by the ideal simulator: it answers what the state is.
    const { re, im } = simulate(circuit);
    const entries = Array.from(re, (real, k) => [String(k), real ** 2 + im[k]! ** 2] as const);
    return Object.fromEntries(entries.filter(([, probability]) => probability > 1e-12));
  }
  const { shots } = job.body;
  const noise = served.noise && { noise: served.noise };
  const counts = new Map<number, number>();
  for (const bits of sampleCircuit(circuit, new Float64Array(), { shots, seed, ...noise }))
    counts.set(bits, (counts.get(bits) ?? 0) + 1);
  return Object.fromEntries([...counts].map(([bits, count]) => [String(bits), count / shots]));
}

export function createJobs(options: Parameters<typeof createQueue>[0]) {
  const queue = createQueue<ServedJob>(options);
  const { jobs } = queue;
  const results = new Map<string, Record<string, number>>();
  return {
    jobs,
    stateOf: (job: ServedJob) => STATES[queue.stateOf(job)],
    create(body: CircuitJob, served: ServedBackend, fault: Fault | undefined): ServedJob {
      let gates = { one: 0, two: 0 };
      let failure = fault?.kind === "fails" ? { code: fault.code, message: "injected" } : null;
      try {
        simulatedCircuit(body.input, served.entangler);
        gates = billedGates(body.input);
      } catch (error) {
        if (!(error instanceof PreflightError)) throw error;
        failure = { code: "PreflightError", message: error.message };
      }
      if (body.input.qubits > served.qubits)
        failure = { code: "NotEnoughQubits", message: `${served.backend} has ${served.qubits} qubits` };
      const cost = body.dry_run ? 0 : costOf(served, gates, body.shots);
      const { name = "" } = body;
      const submitted = options.clock();
      const job = { id: randomUUID(), name, body, submitted, gates, cost, fault, failure, canceled: false };
      jobs.push(job);
      return job;
    },
    /** The same each time it is asked for. */
    resultOf(job: ServedJob, served: ServedBackend): Record<string, number> {
      const known = results.get(job.id) ?? probabilitiesOf(job, served, jobs.indexOf(job) + 1);
      results.set(job.id, known);
      return known;
    },
    charged: queue.charged,
  };
}
