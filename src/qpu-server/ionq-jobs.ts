/** The jobs of a simulated IonQ: their gates, their results and what they cost. */
import { randomUUID } from "node:crypto";
import { simulate } from "#core/quantum/circuit/circuit.ts";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import type { NoiseSettings } from "#shared/quantum/noise.ts";
import { type Fault, injectedFailure } from "./faults.ts";
import { billedGates, PreflightError, simulatedCircuit } from "./ionq-circuit.ts";
import type { CircuitInput, CircuitJob } from "./ionq-schema.ts";
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

/** Of one circuit of several, as a job of its own. */
export interface ServedChild {
  readonly id: string;
  readonly failure: QueuedJob["failure"];
}

export interface ServedJob extends QueuedJob {
  readonly body: CircuitJob;
  readonly gates: { readonly one: number; readonly two: number };
  /** One for each circuit, in their order, where it has several. */
  readonly children: readonly ServedChild[];
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

export type Distribution = Readonly<Record<string, number>>;

/** Probability of each basis state that has any, by its number: qubit 0 is its lowest bit. */
function probabilitiesOf(
  input: CircuitInput,
  { shots, noise: simulated }: CircuitJob,
  { served, seed }: { served: ServedBackend; seed: number },
): Distribution {
  const circuit = simulatedCircuit(input, served.entangler);
  const isIdeal = served.backend === "simulator" && (simulated?.model ?? "ideal") === "ideal";
  if (isIdeal) {
    // Shots are ignored by the ideal simulator: it answers what the state is.
    const { re, im } = simulate(circuit);
    const entries = Array.from(re, (real, k) => [String(k), real ** 2 + im[k]! ** 2] as const);
    return Object.fromEntries(entries.filter(([, probability]) => probability > 1e-12));
  }
  const noise = served.noise && { noise: served.noise };
  const counts = new Map<number, number>();
  for (const bits of sampleCircuit(circuit, new Float64Array(), { shots, seed, ...noise }))
    counts.set(bits, (counts.get(bits) ?? 0) + 1);
  return Object.fromEntries([...counts].map(([bits, count]) => [String(bits), count / shots]));
}

export function createJobs(options: Parameters<typeof createQueue>[0]) {
  const queue = createQueue<ServedJob>(options);
  const { jobs } = queue;
  const results = new Map<string, readonly (Distribution | null)[]>();
  return {
    jobs,
    stateOf: (job: ServedJob) => STATES[queue.stateOf(job)],
    create(body: CircuitJob, served: ServedBackend, fault: Fault | undefined): ServedJob {
      const { input: circuits, name = "", type, shots } = body;
      const isSeveral = type === "ionq.multi-circuit.v1";
      const isPart = isSeveral && fault?.kind === "part-fails";
      let failure = isPart ? null : injectedFailure(fault);
      const ran = isPart ? circuits.slice(0, -1) : circuits;
      let gates = { one: 0, two: 0 };
      try {
        for (const circuit of circuits) simulatedCircuit(circuit, served.entangler);
        gates = ran
          .map(billedGates)
          .reduce((sum, { one, two }) => ({ one: sum.one + one, two: sum.two + two }), gates);
      } catch (error) {
        if (!(error instanceof PreflightError)) throw error;
        failure = { code: "PreflightError", message: error.message };
      }
      if (circuits.some(({ qubits }) => qubits > served.qubits))
        failure = { code: "NotEnoughQubits", message: `${served.backend} has ${served.qubits} qubits` };
      const children = (isSeveral ? circuits : []).map((_, k) => ({
        id: randomUUID(),
        failure: k < ran.length ? failure : injectedFailure(fault),
      }));
      const job = {
        ...{ id: randomUUID(), name, body, submitted: options.clock(), gates, children },
        ...{ cost: body.dry_run ? 0 : costOf(served, gates, shots), fault, failure, canceled: false },
      };
      jobs.push(job);
      return job;
    },
    /** Of each circuit, null where it failed; the same each time it is asked for. */
    resultsOf(job: ServedJob, served: ServedBackend): readonly (Distribution | null)[] {
      const known =
        results.get(job.id) ??
        job.body.input.map((input, k) =>
          job.children[k]?.failure
            ? null
            : probabilitiesOf(input, job.body, { served, seed: queue.seedOf(job, k) }),
        );
      results.set(job.id, known);
      return known;
    },
    charged: queue.charged,
  };
}
