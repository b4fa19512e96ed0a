/**
 * Amazon Braket and the bucket that it writes into, on loopback: signatures checked, tokens that make a task once, a queue, a clock
 * and a bill, on our own simulator.
 */
import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import { NoiseSettings } from "#shared/quantum/noise.ts";
import { isSigned } from "./aws-signature.ts";
import { boxedGates, readBraketProgram } from "./braket-program.ts";
import { BraketAction, BraketCancel, BraketSearch, BraketTask } from "./braket-schema.ts";
import { injectedFailure } from "./faults.ts";
import {
  checked,
  jsonBody,
  type ProviderProtocol,
  type ProviderServer,
  type Reply,
  type ServerOptions,
  serveProtocol,
} from "./provider-server.ts";
import { ProgramError, readBits } from "./qasm3-program.ts";
import { createQueue, type QueuedJob, type QueueState } from "./queue.ts";

export const SIMULATED_REGION = "eu-north-1";
export const SIMULATED_BUCKET = "amazon-braket-simulated";

interface ServedQpu {
  /** As in its resource name. */
  readonly name: string;
  readonly qubits: number;
  readonly noise?: NoiseSettings;
  readonly status?: "ONLINE" | "OFFLINE" | "RETIRED";
  /** Of one task; default: what Amazon takes at most. */
  readonly shotsRange?: readonly [number, number];
  /** Whether results tell probabilities and no single shots. */
  readonly tellsProbabilities?: boolean;
  /** Share of the shots of each task that fail and are not paid for; default 0. */
  readonly lostShare?: number;
  readonly task_usd: number;
  readonly shot_usd: number;
}

const QPUS_SERVED: readonly ServedQpu[] = [
  {
    name: "iqm/Garnet",
    qubits: 20,
    noise: NoiseSettings.parse({
      depolarizing1: 1e-3,
      depolarizing2: 5e-3,
      readout01: 0.02,
      readout10: 0.02,
    }),
    task_usd: 0.3,
    shot_usd: 0.00145,
  },
];

export interface BraketServerOptions extends ServerOptions {
  readonly qpus?: readonly ServedQpu[];
  /** USD that tasks of a device may cost together; default: no limit. */
  readonly spendingLimit_usd?: number;
}

const ranOf = ({ shots }: BraketTask, { lostShare = 0 }: ServedQpu): number =>
  Math.floor(shots * (1 - lostShare));

interface ServedTask extends QueuedJob {
  readonly body: BraketTask;
  readonly qpu: ServedQpu;
}

export interface BraketServer extends ProviderServer {
  readonly baseUrl: string;
  /** What was made, in the order in which it came. */
  readonly jobs: readonly ServedTask[];
  charged(): number;
}

const STATUSES = {
  waiting: "QUEUED",
  running: "RUNNING",
  canceled: "CANCELLED",
  failed: "FAILED",
  done: "COMPLETED",
} as const satisfies Record<QueueState, string>;

const NAMES: Readonly<Record<number, string>> = {
  400: "ValidationException",
  402: "ServiceQuotaExceededException",
  403: "AccessDeniedException",
  404: "ResourceNotFoundException",
  409: "ConflictException",
  410: "DeviceRetiredException",
  424: "DeviceOfflineException",
  429: "ThrottlingException",
};

const refused = (
  status: number,
  message: string,
  name = NAMES[status] ?? "InternalServiceException",
): Reply => ({
  status,
  body: { message },
  headers: { "x-amzn-errortype": name },
});
const ok = (body: object, status = 200): Reply => ({ status, body });

function checkedOr400<T>(schema: z.ZodType<T>, value: unknown): { data: T } | { reply: Reply } {
  const found = checked(schema, value);
  return "data" in found ? found : { reply: refused(400, found.message) };
}

const ROUTES: ProviderProtocol["routes"] = [
  ["POST", /^\/quantum-task$/, "submit"],
  ["GET", /^\/quantum-task\/([^/]+)$/, "poll"],
  ["PUT", /^\/quantum-task\/([^/]+)\/cancel$/, "cancel"],
  ["POST", /^\/quantum-tasks$/, "list"],
  ["GET", /^\/device\/([^/]+)$/, "backend"],
  ["POST", /^\/spending-limits$/, "limits"],
  ["GET", /^\/amazon-braket-simulated\/(tasks\/[^/]+)\/results\.json$/, "results"],
];

const arnOf = ({ name }: ServedQpu): string => `arn:aws:braket:${SIMULATED_REGION}::device/qpu/${name}`;

/** The document of a task in the bucket: its measurements or, of some devices, the share of each. */
interface BraketResult {
  readonly measurements?: readonly (readonly number[])[];
  readonly measurementProbabilities?: Readonly<Record<string, number>>;
  readonly [key: string]: unknown;
}

/** @throws ProgramError for what the compiler does not take */
function programOf({ action }: BraketTask, { name, qubits }: ServedQpu) {
  const { source } = BraketAction.parse(jsonBody(action));
  return readBraketProgram(source, name, boxedGates(name, qubits));
}

/** The document in the bucket. */
function resultOf(task: ServedTask, seed: number): BraketResult {
  const { body, qpu, id } = task;
  const { shots, deviceArn } = body;
  const { circuit, measured, qubits } = programOf(body, qpu);
  const noise = qpu.noise && { noise: qpu.noise };
  const ran = ranOf(body, qpu);
  const bits = readBits(sampleCircuit(circuit, new Float64Array(), { shots: ran, seed, ...noise }), measured);
  const rows = Array.from(bits, (state) => measured.map((_, bit) => (state >>> bit) & 1));
  const parts: Record<string, number> = {};
  // Whole shots first, so that no sum of rounded parts is off.
  for (const row of rows) parts[row.join("")] = (parts[row.join("")] ?? 0) + 1;
  const probabilities = Object.fromEntries(Object.entries(parts).map(([key, count]) => [key, count / ran]));
  return {
    braketSchemaHeader: { name: "braket.task_result.gate_model_task_result", version: "1" },
    ...(qpu.tellsProbabilities ? { measurementProbabilities: probabilities } : { measurements: rows }),
    // The numbers that the program calls them by.
    measuredQubits: measured.map((q) => qubits[q]),
    resultTypes: [],
    taskMetadata: {
      braketSchemaHeader: { name: "braket.task_result.task_metadata", version: "1" },
      ...{ id, shots, deviceId: deviceArn },
    },
    additionalMetadata: { action: jsonBody(body.action) },
  };
}

/** A result without what it tells last: a shot, or a state. */
const withoutLast = ({ measurements, measurementProbabilities, ...rest }: BraketResult) => ({
  ...rest,
  ...(measurements && { measurements: measurements.slice(0, -1) }),
  ...(measurementProbabilities && {
    measurementProbabilities: Object.fromEntries(Object.entries(measurementProbabilities).slice(0, -1)),
  }),
});

function openDoors(
  queue: ReturnType<typeof createQueue<ServedTask>>,
  { qpus = QPUS_SERVED, clock = () => new Date(), spendingLimit_usd }: BraketServerOptions,
): ProviderProtocol["doors"] {
  const { jobs, stateOf } = queue;
  const qpuOf = (arn: string) => qpus.find((one) => arnOf(one) === arn);
  const withTask = (id: string, answer: (task: ServedTask) => Reply): Reply => {
    const task = jobs.find((one) => one.id === id);
    return task ? answer(task) : refused(404, "There is no such quantum task.");
  };
  const results = new Map<string, BraketResult>();
  const documentOf = (task: ServedTask) => {
    const state = stateOf(task);
    const { deviceArn, shots, outputS3Bucket, outputS3KeyPrefix, tags = {} } = task.body;
    const folder = `${outputS3KeyPrefix}/${task.id.split("/")[1]}`;
    const isTold = state === "done" && task.fault?.kind !== "unbilled";
    return {
      quantumTaskArn: task.id,
      ...{ status: STATUSES[state], deviceArn, shots, outputS3Bucket, outputS3Directory: folder, tags },
      createdAt: task.submitted.toISOString(),
      ...(task.failure && state === "failed" && { failureReason: task.failure.message }),
      ...(isTold && { numSuccessfulShots: ranOf(task.body, task.qpu) }),
    };
  };
  const page = <T>(all: readonly T[], { maxResults, nextToken }: z.infer<typeof BraketSearch>) => {
    const first = Number(nextToken ?? 0);
    const isMore = first + maxResults < all.length;
    return {
      page: all.slice(first, first + maxResults),
      next: isMore && { nextToken: String(first + maxResults) },
    };
  };
  const failureOf = (body: BraketTask, qpu: ServedQpu): QueuedJob["failure"] => {
    try {
      const { circuit } = programOf(body, qpu);
      return circuit.qubits > qpu.qubits
        ? { code: "FAILED", message: `${qpu.name} has ${qpu.qubits} qubits` }
        : null;
    } catch (error) {
      if (!(error instanceof ProgramError)) throw error;
      return { code: "FAILED", message: error.message };
    }
  };
  return {
    submit: ({ body, fault }) => {
      const found = checkedOr400(BraketTask, jsonBody(body));
      if ("reply" in found) return found.reply;
      const { clientToken, deviceArn, action } = found.data;
      if (!BraketAction.safeParse(jsonBody(action)).success) return refused(400, "action is not valid.");
      const known = jobs.find((one) => one.name === clientToken);
      // The same token makes a task once; with another body it is a conflict.
      if (known)
        return JSON.stringify(known.body) === JSON.stringify(found.data)
          ? ok({ quantumTaskArn: known.id }, 201)
          : refused(409, "The token was used for another task.");
      const qpu = qpuOf(deviceArn);
      if (!qpu) return refused(404, "There is no such device.");
      if (qpu.status === "OFFLINE") return refused(424, "The device is offline.");
      if (qpu.status === "RETIRED") return refused(410, "The device is retired.");
      const cost = qpu.task_usd + ranOf(found.data, qpu) * qpu.shot_usd;
      if (spendingLimit_usd !== undefined && queue.charged() + cost > spendingLimit_usd)
        return refused(400, "The spending limit of the device is exceeded.");
      const injected = injectedFailure(fault);
      const id = `arn:aws:braket:${SIMULATED_REGION}:000000000000:quantum-task/${randomUUID()}`;
      const failure = injected ?? failureOf(found.data, qpu);
      const made = { id, name: clientToken, submitted: clock(), cost, fault, failure, canceled: false };
      jobs.push({ ...made, body: found.data, qpu });
      return ok({ quantumTaskArn: id }, 201);
    },
    poll: ({ id }) => withTask(id, (task) => ok(documentOf(task))),
    cancel: ({ id, body }) =>
      withTask(id, (task) => {
        const found = checkedOr400(BraketCancel, jsonBody(body));
        if ("reply" in found) return found.reply;
        if (stateOf(task) !== "waiting") return refused(409, "The task can no longer be cancelled.");
        task.canceled = true;
        return ok({ quantumTaskArn: id, cancellationStatus: "CANCELLED" });
      }),
    list: ({ body }) => {
      const found = checkedOr400(BraketSearch, jsonBody(body));
      if ("reply" in found) return found.reply;
      const [wanted] = found.data.filters.find(({ name }) => name === "deviceArn")?.values ?? [];
      const all = jobs.filter(({ body: { deviceArn } }) => !wanted || deviceArn === wanted).reverse();
      const { page: quantumTasks, next } = page(all.map(documentOf), found.data);
      return ok({ quantumTasks, ...next });
    },
    backend: ({ id }) => {
      const qpu = qpuOf(id);
      if (!qpu) return refused(404, "There is no such device.");
      const misreads = ((qpu.noise?.readout01 ?? 0) + (qpu.noise?.readout10 ?? 0)) / 2;
      const own = { fidelityType: { name: "READOUT" }, fidelity: 1 - misreads };
      const boxed = boxedGates(qpu.name, qpu.qubits);
      const numbers = boxed
        ? Object.keys(boxed.graph)
        : Array.from({ length: qpu.qubits }, (_, q) => String(q));
      const pairs = Object.entries(boxed?.graph ?? {}).flatMap(([a, others]) =>
        others.map((b) => `${a}-${b}`),
      );
      const cz = { gateName: "CZ", fidelity: 1 - (qpu.noise?.depolarizing2 ?? 0) };
      const capabilities = {
        service: { updatedAt: "2026-11-30T06:00:00Z", shotsRange: qpu.shotsRange ?? [1, 100_000] },
        action: { "braket.ir.openqasm.program": { supportedPragmas: boxed ? ["verbatim"] : [] } },
        paradigm: {
          qubitCount: qpu.qubits,
          nativeGateSet: boxed?.names ?? [],
          connectivity: { fullyConnected: !boxed, connectivityGraph: boxed?.graph ?? {} },
        },
        standardized: {
          oneQubitProperties: Object.fromEntries(numbers.map((q) => [q, { oneQubitFidelity: [own] }])),
          twoQubitProperties: Object.fromEntries(pairs.map((at) => [at, { twoQubitGateFidelity: [cz] }])),
        },
      };
      const waiting = jobs.filter((one) => one.qpu === qpu && stateOf(one) === "waiting").length;
      return ok({
        ...{ deviceArn: id, deviceName: qpu.name, providerName: "simulated", deviceType: "QPU" },
        deviceStatus: qpu.status ?? "ONLINE",
        deviceCapabilities: JSON.stringify(capabilities),
        deviceQueueInfo: [{ queue: "QUANTUM_TASKS_QUEUE", queueSize: String(waiting) }],
      });
    },
    limits: ({ body }) => {
      const found = checkedOr400(BraketSearch, jsonBody(body));
      if ("reply" in found) return found.reply;
      const [deviceArn] = found.data.filters.find(({ name }) => name === "deviceArn")?.values ?? [];
      const startAt = "2026-01-01T00:00:00Z";
      const limit = {
        spendingLimitArn: `arn:aws:braket:${SIMULATED_REGION}:000000000000:spending-limit/0`,
        // Seconds since 1970 here, and text beside it: so is the service model.
        ...{ deviceArn, timePeriod: { startAt: Date.parse(startAt) / 1000, endAt: 4_102_444_800 } },
        ...{
          spendingLimit: String(spendingLimit_usd),
          queuedSpend: "0",
          totalSpend: String(queue.charged()),
        },
        ...{ createdAt: startAt, updatedAt: startAt },
      };
      return ok({ spendingLimits: spendingLimit_usd === undefined ? [] : [limit] });
    },
    results: ({ id, fault }) => {
      const task = jobs.find((one) => documentOf(one).outputS3Directory === id);
      if (!task || stateOf(task) !== "done")
        return {
          status: 404,
          body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
          headers: { "content-type": "application/xml" },
        };
      const known = results.get(task.id) ?? resultOf(task, jobs.indexOf(task) + 1);
      results.set(task.id, known);
      return ok(fault?.kind === "short" ? withoutLast(known) : known);
    },
  };
}

/** Starts the server on 127.0.0.1. @param options with the key "id:secret" */
export async function serveBraket(options: BraketServerOptions): Promise<BraketServer> {
  const { clock = () => new Date(), queue_ms = 0, run_ms = 0 } = options;
  const queue = createQueue<ServedTask>({ clock, queue_ms, run_ms });
  const deny: ProviderProtocol["deny"] = (request, key, body, step) => {
    const [accessKeyId = "", secretAccessKey = ""] = (key ?? "").split(":");
    const service = step === "results" ? "s3" : "braket";
    const signed = {
      request,
      body,
      accessKeyId,
      secretAccessKey,
      region: SIMULATED_REGION,
      service,
    } as const;
    return key !== null && isSigned(signed)
      ? undefined
      : refused(403, "The security token included in the request is invalid.", "UnrecognizedClientException");
  };
  const doors = openDoors(queue, options);
  const server = await serveProtocol({ routes: ROUTES, doors, refuse: refused, deny }, options);
  return { ...server, baseUrl: server.origin, jobs: queue.jobs, charged: queue.charged };
}
