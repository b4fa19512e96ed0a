/**
 * IonQ v0.4 on loopback: as strict as the real one, with a queue, a clock and a bill, on our own simulator; and with faults on
 * demand. Nothing of it reaches the network.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { NoiseSettings } from "#shared/quantum/noise.ts";
import { type Fault, type Faults, NO_FAULTS, type ServerStep } from "./faults.ts";
import { costOf, createJobs, type ServedBackend, type ServedJob } from "./ionq-jobs.ts";
import { CircuitJob, EstimateQuery, ListQuery } from "./ionq-schema.ts";

/** Errors of a gate as IonQ states them of its Forte systems, and misreadings of half of its 0.5 % of SPAM errors each. */
const FORTE = NoiseSettings.parse({
  depolarizing1: 2e-4,
  depolarizing2: 4e-3,
  readout01: 0.0025,
  readout10: 0.0025,
});

const BACKENDS_SERVED: readonly ServedBackend[] = [
  {
    backend: "simulator",
    qubits: 29,
    status: "available",
    rates: { oneQubitGate: 0, twoQubitGate: 0, minimum: 0 },
  },
  {
    backend: "qpu.forte-1",
    qubits: 36,
    status: "available",
    rates: { oneQubitGate: 0.000_164_5, twoQubitGate: 0.001_121, minimum: 25.7899 },
    noise: FORTE,
  },
];

const CALIBRATION = "5f9d5d2b-1f6d-4a67-8c1e-2d9a4d1d7a10";
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export interface IonqServerOptions {
  /** What the header Authorization has to hold, after "apiKey ". */
  readonly key: string;
  readonly clock?: () => Date;
  /** From submission to start, and from start to end; default 0. */
  readonly queue_ms?: number;
  readonly run_ms?: number;
  readonly faults?: Faults;
  readonly backends?: readonly ServedBackend[];
  /** Default: a free one. */
  readonly port?: number;
}

export interface IonqServer extends AsyncDisposable {
  /** With the version, without a slash at its end. */
  readonly baseUrl: string;
  /** What was made, in the order in which it came. */
  readonly jobs: readonly ServedJob[];
  /** USD that the jobs cost that ran. */
  charged(): number;
  /** Every request that came, with its body: what left the client. */
  readonly requests: readonly { step: ServerStep | null; method: string; url: string; body: string }[];
  /** Accepts another key from now on. */
  renew(key: string): void;
}

/** An answer: its status, its document and headers of its own. */
interface Reply {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const NAMES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
};

const refused = (status: number, message: string, validation?: object): Reply => ({
  status,
  body: { statusCode: status, error: NAMES[status] ?? "Error", message, ...(validation && { validation }) },
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** The document, or what is wrong with it. */
function checked<T>(schema: z.ZodType<T>, value: unknown): { data: T } | { reply: Reply } {
  const { data, error } = schema.safeParse(value);
  if (!error) return { data };
  const keys = error.issues.map(({ path }) => path.join("."));
  return { reply: refused(400, z.prettifyError(error), { keys, source: "payload" }) };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const STEPS: readonly [method: string, path: RegExp, step: ServerStep][] = [
  ["GET", /^\/v0\.4\/backends\/([^/]+)$/, "backend"],
  ["GET", /^\/v0\.4\/backends\/([^/]+)\/characterizations\/[^/]+$/, "calibration"],
  ["GET", /^\/v0\.4\/jobs\/estimate$/, "estimate"],
  ["POST", /^\/v0\.4\/jobs$/, "submit"],
  ["GET", /^\/v0\.4\/jobs$/, "list"],
  ["GET", /^\/v0\.4\/jobs\/([^/]+)$/, "poll"],
  ["GET", /^\/v0\.4\/jobs\/([^/]+)\/results\/probabilities$/, "results"],
  ["GET", /^\/v0\.4\/jobs\/([^/]+)\/cost$/, "cost"],
  ["PUT", /^\/v0\.4\/jobs\/([^/]+)\/status\/cancel$/, "cancel"],
];

/** @returns undefined where there is no such door */
function routed(method: string, path: string): { step: ServerStep; id: string } | undefined {
  for (const [wanted, pattern, step] of STEPS) {
    const match = wanted === method ? path.match(pattern) : null;
    if (match) return { step, id: decodeURIComponent(match[1] ?? "") };
  }
  return undefined;
}

interface Asked {
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly fault: Fault | undefined;
}

type Doors = Readonly<Record<ServerStep, (asked: Asked) => Reply>>;

/** What each door answers. */
function openDoors(
  backends: readonly ServedBackend[],
  { jobs, clock }: { jobs: ReturnType<typeof createJobs>; clock: () => Date },
): Doors {
  const servedBy = (name: string) => backends.find(({ backend }) => backend === name);
  const withJob = (id: string, answer: (job: ServedJob) => Reply): Reply => {
    const job = jobs.jobs.find((one) => one.id === id);
    return job ? answer(job) : refused(404, "The job does not exist.");
  };
  const timeAfter = (job: ServedJob, isReached: boolean): string | null =>
    isReached ? job.submitted.toISOString() : null;
  const documentOf = (job: ServedJob) => {
    const status = jobs.stateOf(job);
    const hasStarted = status === "started" || status === "completed";
    const { name = null, metadata = null, backend, shots, dry_run = false, type, settings = {} } = job.body;
    const isDone = status === "completed";
    return {
      ...{ id: job.id, status, type, backend, dry_run, submitter_id: "0", project_id: null },
      ...{
        parent_job_id: null,
        child_job_ids: null,
        session_id: job.body.session_id ?? null,
        metadata,
        name,
      },
      submitted_at: job.submitted.toISOString(),
      started_at: timeAfter(job, hasStarted),
      completed_at: timeAfter(job, isDone),
      ...{ predicted_wait_time_ms: null, predicted_execution_duration_ms: null },
      ...{ execution_duration_ms: isDone ? 0 : null, shots, output: {}, settings },
      failure: status === "failed" ? job.failure : null,
      stats: {
        qubits: job.body.input.qubits,
        circuits: 1,
        gate_counts: { "1q": job.gates.one, "2q": job.gates.two },
      },
      results: isDone ? { "ionq.result.probabilities.json.v1": { id: "probabilities" } } : null,
    };
  };
  return {
    backend: ({ id }) => {
      const served = servedBy(id);
      if (!served) return refused(404, "There is no such backend.");
      const { backend, qubits, status } = served;
      const times = { average_queue_time: 0, last_updated: clock().toISOString() };
      const calibration = served.noise && { characterization_id: CALIBRATION };
      return { status: 200, body: { backend, status, qubits, degraded: false, ...times, ...calibration } };
    },
    calibration: ({ id }) => {
      const { noise } = servedBy(decodeURIComponent(id)) ?? {};
      if (!noise) return refused(404, "There is no such characterization.");
      const spam = 1 - (noise.readout01 + noise.readout10) / 2;
      const fidelity = { spam: { median: spam }, "1q": { median: 1 - noise.depolarizing1 } };
      return { status: 200, body: { id: CALIBRATION, backend: id, date: clock().toISOString(), fidelity } };
    },
    estimate: ({ query }) => {
      const found = checked(EstimateQuery, query);
      if ("reply" in found) return found.reply;
      const { backend, shots, "1q_gates": one, "2q_gates": two } = found.data;
      const served = servedBy(backend);
      if (!served) return refused(400, "There is no such backend.");
      const { error_mitigation, ...context } = found.data;
      return {
        status: 200,
        body: {
          estimate_context: {
            ...context,
            error_mitigation: error_mitigation === "true",
            organization: null,
            project: null,
          },
          estimated_at: clock().toISOString(),
          estimated_unit: "usd",
          rate_card: { rates: [], id: "test" },
          estimated_total_cost: costOf(served, { one, two }, shots),
          ...{ estimated_execution_time: 1000, current_predicted_queue_time: 0 },
        },
      };
    },
    submit: ({ body, fault }) => {
      const found = checked(CircuitJob, parsedJson(body));
      if ("reply" in found) return found.reply;
      const served = servedBy(found.data.backend);
      if (!served) return refused(400, `There is no backend ${found.data.backend}.`);
      if (found.data.settings?.error_mitigation?.debiasing && found.data.shots < 500)
        return refused(400, "Debiasing takes at least 500 shots.");
      const job = jobs.create(found.data, served, fault);
      return {
        status: 201,
        body: { id: job.id, status: "submitted", session_id: job.body.session_id ?? null },
      };
    },
    list: ({ query }) => {
      const found = checked(ListQuery, query);
      if ("reply" in found) return found.reply;
      const { status, target, limit, next } = found.data;
      const all = jobs.jobs
        .filter((job) => !target || job.body.backend === target)
        .filter((job) => !status || jobs.stateOf(job) === status)
        .reverse();
      const first = next === undefined ? 0 : all.findIndex(({ id }) => id === next);
      if (first < 0) return refused(400, "There is no such page.");
      const page = all.slice(first, first + limit).map(documentOf);
      // Of a list, the schema has no children.
      for (const one of page) Reflect.deleteProperty(one, "child_job_ids");
      return { status: 200, body: { jobs: page, next: all[first + limit]?.id ?? null } };
    },
    poll: ({ id }) => withJob(id, (job) => ({ status: 200, body: documentOf(job) })),
    results: ({ id }) =>
      withJob(id, (job) => {
        const served = servedBy(job.body.backend);
        if (!served || jobs.stateOf(job) !== "completed")
          return refused(404, "The job is not yet completed.");
        return { status: 200, body: jobs.resultOf(job, served) };
      }),
    cost: ({ id }) =>
      withJob(id, (job) => {
        const state = jobs.stateOf(job);
        const estimated_cost = { value: job.cost, unit: "usd" };
        const isEnded = state === "completed" || state === "failed" || state === "canceled";
        const isBilled = isEnded && job.fault?.kind !== "unbilled";
        const cost = { value: state === "completed" ? job.cost : 0, unit: "usd" };
        return { status: 200, body: { dry_run: false, estimated_cost, ...(isBilled && { cost }) } };
      }),
    cancel: ({ id }) =>
      withJob(id, (job) => {
        if (jobs.stateOf(job) !== "submitted") return refused(400, "The job can no longer be canceled.");
        job.canceled = true;
        return { status: 200, body: { id, status: "canceled" } };
      }),
  };
}

const isBefore = (fault: Fault | undefined): boolean =>
  fault?.kind === "status" || fault?.kind === "drop" || fault?.kind === "expired";

/** Sends the answer, or what a fault makes of it. */
function send(response: ServerResponse, reply: Reply, fault: Fault | undefined): void {
  if (fault?.kind === "drop" || fault?.kind === "drop-after") return void response.destroy();
  const whole = Buffer.from(JSON.stringify(reply.body));
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const bytes = fault?.kind === "garbled" ? half : whole;
  response.writeHead(reply.status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    ...reply.headers,
  });
  if (fault?.kind === "half") return void response.write(half, () => response.destroy());
  response.end(bytes);
}

/** Starts the server on 127.0.0.1. */
export async function serveIonq({
  key,
  clock = () => new Date(),
  queue_ms = 0,
  run_ms = 0,
  faults = NO_FAULTS,
  backends = BACKENDS_SERVED,
  port = 0,
}: IonqServerOptions): Promise<IonqServer> {
  const jobs = createJobs({ clock, queue_ms, run_ms });
  const doors = openDoors(backends, { jobs, clock });
  const counts = new Map<ServerStep, number>();
  const requests: IonqServer["requests"][number][] = [];
  let accepted: string | undefined = key;

  const faultOf = (step: ServerStep): Fault | undefined => {
    const count = counts.get(step) ?? 0;
    counts.set(step, count + 1);
    return faults({ step, count });
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const { method = "", url = "" } = request;
    const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
    const door = routed(method, pathname);
    requests.push({ step: door?.step ?? null, method, url, body });
    if (!door) return send(response, refused(404, "There is no such path."), undefined);
    const fault = faultOf(door.step);
    if (fault?.kind === "expired") accepted = undefined;
    if (accepted === undefined || request.headers.authorization !== `apiKey ${accepted}`)
      return send(response, refused(401, "The key is not valid."), undefined);
    if (body.length > MAX_BODY_BYTES) return send(response, refused(413, "More than 10 MB."), undefined);
    if (fault && isBefore(fault)) {
      const status = fault.kind === "status" ? fault.status : 500;
      const pause = fault.kind === "status" ? fault.retryAfter_s : undefined;
      const headers = pause === undefined ? {} : { "retry-after": String(pause) };
      return send(response, { ...refused(status, "injected"), headers }, fault);
    }
    const asked = { id: door.id, query: Object.fromEntries(searchParams), body, fault };
    const done = doors[door.step](asked);
    send(response, fault?.kind === "status-after" ? refused(fault.status, "injected") : done, fault);
  };
  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: given } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${given}/v0.4`,
    jobs: jobs.jobs,
    charged: jobs.charged,
    requests,
    renew: (renewed) => {
      accepted = renewed;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
