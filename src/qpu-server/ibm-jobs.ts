/** The jobs of a simulated IBM Quantum: their results and what they use. */
import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { CouplingMap } from "#core/quantum/circuit/coupling-map.ts";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import type { NoiseSettings } from "#shared/quantum/noise.ts";
import type { Fault } from "./faults.ts";
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
  readonly shots: number;
}

/** One circuit and its shots a job; more are not served. */
const circuitsOf = (body: JobRequest): Circuit[] =>
  body.program_id === "executor"
    ? body.params.quantum_program.circuits.data.map((program) => ({
        program,
        shots: body.params.quantum_program.shots,
      }))
    : body.params.pubs.map(([program, , shots]) => ({ program, shots }));

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
  const shots = sampleCircuit(gates, new Float64Array(), { shots: circuit.shots, seed, ...noise });
  return { bits: readBits(shots, measured), size: measured.length };
}

/** Bits in eights a byte from the lowest, compressed. */
function tensorOf(bits: Int32Array, size: number) {
  const packed = Buffer.alloc(Math.ceil((bits.length * size) / 8));
  for (const [shot, state] of bits.entries())
    for (let bit = 0; bit < size; bit++) {
      const k = shot * size + bit;
      if ((state >>> bit) & 1) packed[k >> 3]! |= 1 << (k & 7);
    }
  return { data: deflateSync(packed).toString("base64"), shape: [bits.length, size], dtype: "bool" };
}

export function createIbmJobs(options: Parameters<typeof createQueue>[0]) {
  const queue = createQueue<ServedIbmJob>(options);
  const { jobs } = queue;
  const results = new Map<string, object>();
  /** Private results that were read. */
  const deleted = new Set<string>();
  const resultOf = (job: ServedIbmJob, device: ServedDevice): object => {
    const seed = jobs.indexOf(job) + 1;
    const [first] = circuitsOf(job.body);
    // It ran, so there is a circuit.
    const { bits, size } = shotsOf(first!, device, seed);
    if (job.body.program_id === "sampler") {
      const samples = Array.from(bits, (state) => `0x${state.toString(16)}`);
      return { results: [{ data: { c: { samples, num_bits: size } }, metadata: {} }], metadata: {} };
    }
    const item = { results: { c: tensorOf(bits, size) }, metadata: {} };
    return { schema_version: "v2.0", data: [item], metadata: { chunk_timing: [] } };
  };
  return {
    jobs,
    stateOf: queue.stateOf,
    statusOf: (job: ServedIbmJob) => STATUSES[queue.stateOf(job)],
    create(body: JobRequest, device: ServedDevice, fault: Fault | undefined): ServedIbmJob {
      const circuits = circuitsOf(body);
      const shots = circuits.reduce((sum, one) => sum + one.shots, 0);
      const seconds = START_S + shots * SHOT_S;
      let failure = fault?.kind === "fails" ? { code: fault.code, message: "injected" } : null;
      try {
        for (const one of circuits) fitted(one, device);
        if (circuits.length !== 1) throw new ProgramError("this server runs one circuit a job");
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
    resultOf(job: ServedIbmJob, device: ServedDevice): object | undefined {
      if (deleted.has(job.id)) return undefined;
      const known = results.get(job.id) ?? resultOf(job, device);
      results.set(job.id, known);
      if (job.body.private) deleted.add(job.id);
      return known;
    },
    charged: queue.charged,
  };
}
