/** The jobs of a simulated IBM Quantum: their results and what they use. */
import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { CouplingMap } from "#core/quantum/circuit/coupling-map.ts";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import type { NoiseSettings } from "#shared/quantum/noise.ts";
import { type Fault, injectedFailure } from "./faults.ts";
import type { JobRequest } from "./ibm-schema.ts";
import { ProgramError, readBits, readProgram } from "./qasm3-program.ts";
import { createQueue, type QueuedJob, type QueueState } from "./queue.ts";

export interface ServedDevice {
  readonly name: string;
  readonly map: CouplingMap;
  readonly noise?: NoiseSettings;
  /** What entangles, ecr only in the direction of each coupling; default: cz. */
  readonly entangler?: "cz" | "ecr";
}

export interface ServedIbmJob extends QueuedJob {
  readonly body: JobRequest;
  /** Seconds of the device, if it runs. */
  readonly seconds: number;
}

/** USD a second of the device. */
const SECOND_USD = 1.6;
/** What a job takes of the device: a start, and a pause of 250 µs and the circuit for each shot. */
const START_S = 1;
const SHOT_S = 300e-6;
/** Of one job: https://quantum.cloud.ibm.com/docs/guides/job-limits, the least that it ever said. */
const MOST_EXECUTIONS = 5_000_000;

const TURNS = { rz: "rz", sx: "sx", x: "x" } as const;
const ENTANGLERS = {
  cz: { gates: { ...TURNS, cz: "cz" } },
  ecr: {
    gates: TURNS,
    // As Qiskit makes it of gates that every simulator knows.
    made: {
      ecr: [
        ["s", 0],
        ["sx", 1],
        ["cx", 0, 1],
        ["x", 0],
      ],
    },
  },
} as const;

const STATUSES = {
  waiting: "Queued",
  running: "Running",
  canceled: "Cancelled",
  failed: "Failed",
  done: "Completed",
} as const satisfies Record<QueueState, string>;

interface Circuit {
  readonly program: string;
  /** How often the whole is run over: axes before the shots. */
  readonly shape: readonly number[];
  /** Each time. */
  readonly shots: number;
}

const circuitsOf = (body: JobRequest): Circuit[] => {
  if (body.program_id === "sampler")
    return body.params.pubs.map(([program, , shots]) => ({ program, shape: [], shots }));
  const { shots, circuits, items } = body.params.quantum_program;
  // As many as items.
  return circuits.data.map((program, k) => ({ program, shape: items[k]!.shape, shots }));
};

const executionsOf = ({ shape, shots }: Circuit): number => shape.reduce((product, n) => product * n, shots);

/** @throws ProgramError for what is not in the instructions of the device */
function fitted({ program }: Circuit, { name, map, entangler = "cz" }: ServedDevice) {
  const found = readProgram(program, { ...ENTANGLERS[entangler], includes: true, isPhysical: true });
  const runsBackwards = entangler === "cz";
  const beyond = found.qubits.find((q) => q >= map.qubits);
  if (beyond !== undefined) throw new ProgramError(`${name} has no qubit ${beyond}`);
  for (const { qubits } of found.circuit.gates) {
    if (qubits.length === 1) continue;
    const [a, b] = qubits.map((q) => found.qubits[q]);
    if (!map.edges.some(([c, d]) => (a === c && b === d) || (runsBackwards && a === d && b === c)))
      throw new ProgramError(`circuits do not match the target definition: ${entangler} on ${a} and ${b}`);
  }
  return found;
}

function shotsOf(circuit: Circuit, device: ServedDevice, seed: number): { bits: Int32Array; size: number } {
  const { circuit: gates, measured } = fitted(circuit, device);
  const noise = device.noise && { noise: device.noise };
  const shots = sampleCircuit(gates, new Float64Array(), { shots: executionsOf(circuit), seed, ...noise });
  return { bits: readBits(shots, measured), size: measured.length };
}

/** Bits in eights a byte from the lowest, compressed. */
function tensorOf(bits: Int32Array, size: number, { shape, shots }: Circuit) {
  const packed = Buffer.alloc(Math.ceil((bits.length * size) / 8));
  for (const [shot, state] of bits.entries())
    for (let bit = 0; bit < size; bit++) {
      const k = shot * size + bit;
      if ((state >>> bit) & 1) packed[k >> 3]! |= 1 << (k & 7);
    }
  return { data: deflateSync(packed).toString("base64"), shape: [...shape, shots, size], dtype: "bool" };
}

export function createIbmJobs(options: Parameters<typeof createQueue>[0]) {
  const queue = createQueue<ServedIbmJob>(options);
  const { jobs } = queue;
  const results = new Map<string, readonly object[]>();
  /** Private results that were read. */
  const deleted = new Set<string>();
  const resultOf = (job: ServedIbmJob, device: ServedDevice): readonly object[] => {
    return circuitsOf(job.body).map((circuit, k) => {
      const { bits, size } = shotsOf(circuit, device, queue.seedOf(job, k));
      if (job.body.program_id === "executor")
        return { results: { c: tensorOf(bits, size, circuit) }, metadata: {} };
      const samples = Array.from(bits, (state) => `0x${state.toString(16)}`);
      return { data: { c: { samples, num_bits: size } }, metadata: {} };
    });
  };
  const documentOf = ({ body }: ServedIbmJob, results: readonly object[]): object =>
    body.program_id === "sampler"
      ? { results, metadata: {} }
      : { schema_version: "v2.0", data: results, metadata: { chunk_timing: [] } };
  return {
    jobs,
    stateOf: queue.stateOf,
    statusOf: (job: ServedIbmJob) => STATUSES[queue.stateOf(job)],
    create(body: JobRequest, device: ServedDevice, fault: Fault | undefined): ServedIbmJob {
      const circuits = circuitsOf(body);
      const executions = circuits.reduce((sum, one) => sum + executionsOf(one), 0);
      const seconds = START_S + executions * SHOT_S;
      let failure = injectedFailure(fault);
      try {
        for (const one of circuits) fitted(one, device);
        if (executions > MOST_EXECUTIONS) throw new ProgramError(`more than ${MOST_EXECUTIONS} executions`);
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        failure = { code: "1002", message: error.message };
      }
      if (body.cost !== undefined && seconds > body.cost)
        failure = { code: "1305", message: "The job ran longer than its maximum execution time." };
      const job = {
        id: randomBytes(10).toString("hex"),
        name: body.tags?.[0] ?? "",
        submitted: options.clock(),
        cost: seconds * SECOND_USD,
        ...{ body, seconds, fault, failure, canceled: false },
      };
      jobs.push(job);
      return job;
    },
    /** Seconds that the job used of the device. */
    usedBy: (job: ServedIbmJob): number => (queue.stateOf(job) === "done" ? job.seconds : 0),
    /** The same each time it is asked for; of a private job once. @returns undefined where it is not there any more */
    resultOf(job: ServedIbmJob, device: ServedDevice, fault: Fault | undefined): object | undefined {
      if (deleted.has(job.id)) return undefined;
      const known = results.get(job.id) ?? resultOf(job, device);
      results.set(job.id, known);
      if (job.body.private) deleted.add(job.id);
      return documentOf(job, fault?.kind === "short" ? known.slice(0, -1) : known);
    },
    charged: queue.charged,
  };
}
