/** IonQ v0.4 on loopback: as strict as the real one, with a queue, a clock and a bill, on our own simulator. */
import type { z } from "zod";
import { NoiseSettings } from "#shared/quantum/noise.ts";
import { costOf, createJobs, type ServedBackend, type ServedChild, type ServedJob } from "./ionq-jobs.ts";
import { CircuitJob, EstimateQuery, ListQuery } from "./ionq-schema.ts";
import {
  checked,
  jsonBody,
  type ProviderProtocol,
  type ProviderServer,
  type Reply,
  type ServerOptions,
  serveProtocol,
} from "./provider-server.ts";

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
    entangler: "zz",
    noise: FORTE,
  },
];

/** Formats of results, of one circuit and of several, and the name of the latter. */
const ONE = "ionq.result.probabilities.json.v1";
const AGGREGATE = "ionq.result.probabilities-aggregate.json.v1";
const AGGREGATE_ID = "probabilities-aggregate";
const CALIBRATION = "5f9d5d2b-1f6d-4a67-8c1e-2d9a4d1d7a10";

export interface IonqServerOptions extends ServerOptions {
  readonly backends?: readonly ServedBackend[];
}

export interface IonqServer extends ProviderServer {
  /** With the version, without a slash at its end. */
  readonly baseUrl: string;
  /** What was made, in the order in which it came. */
  readonly jobs: readonly ServedJob[];
  /** USD that the jobs cost that ran. */
  charged(): number;
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

/** The document, or a refusal that says what is wrong with it. */
function checkedOr400<T>(schema: z.ZodType<T>, value: unknown): { data: T } | { reply: Reply } {
  const found = checked(schema, value);
  if ("data" in found) return found;
  return { reply: refused(400, found.message, { keys: found.keys, source: "payload" }) };
}

const ROUTES: ProviderProtocol["routes"] = [
  ["GET", /^\/v0\.4\/backends\/([^/]+)$/, "backend"],
  ["GET", /^\/v0\.4\/backends\/([^/]+)\/characterizations\/[^/]+$/, "calibration"],
  ["GET", /^\/v0\.4\/jobs\/estimate$/, "estimate"],
  ["POST", /^\/v0\.4\/jobs$/, "submit"],
  ["GET", /^\/v0\.4\/jobs$/, "list"],
  ["GET", /^\/v0\.4\/jobs\/([^/]+)$/, "poll"],
  // Of a circuit alone, and of all circuits of a job.
  ["GET", /^\/v0\.4\/jobs\/([^/]+\/results\/probabilities)$/, "results"],
  ["GET", /^\/v0\.4\/jobs\/([^/]+\/artifacts\/[^/]+)$/, "results"],
  ["GET", /^\/v0\.4\/jobs\/([^/]+)\/cost$/, "cost"],
  ["PUT", /^\/v0\.4\/jobs\/([^/]+)\/status\/cancel$/, "cancel"],
];

/** What each door answers. */
function openDoors(
  backends: readonly ServedBackend[],
  { jobs, clock }: { jobs: ReturnType<typeof createJobs>; clock: () => Date },
): ProviderProtocol["doors"] {
  const servedBy = (name: string) => backends.find(({ backend }) => backend === name);
  const withJob = (id: string, answer: (job: ServedJob) => Reply): Reply => {
    const job = jobs.jobs.find((one) => one.id === id);
    return job ? answer(job) : refused(404, "The job does not exist.");
  };
  /** Whose child it is. */
  const parentOf = (id: string) => jobs.jobs.find(({ children }) => children.some((one) => one.id === id));
  const timeAfter = (job: ServedJob, isReached: boolean): string | null =>
    isReached ? job.submitted.toISOString() : null;
  /** Of a job, or of one of its circuits as its child. */
  const documentOf = (job: ServedJob, child?: ServedChild) => {
    const whole = jobs.stateOf(job);
    const status = whole === "completed" && child?.failure ? "failed" : whole;
    const isSeveral = !child && job.children.length > 0;
    const hasStarted = status === "started" || status === "completed";
    const { name = null, metadata = null, backend, shots, dry_run = false, settings = {} } = job.body;
    const type = child ? "ionq.circuit.v1" : job.body.type;
    const isDone = status === "completed";
    return {
      ...{ id: child?.id ?? job.id, status, type, backend, dry_run, submitter_id: "0", project_id: null },
      ...{
        parent_job_id: child ? job.id : null,
        child_job_ids: isSeveral ? job.children.map(({ id }) => id) : null,
        session_id: job.body.session_id ?? null,
        metadata,
        name,
      },
      submitted_at: job.submitted.toISOString(),
      started_at: timeAfter(job, hasStarted),
      completed_at: timeAfter(job, isDone),
      ...{ predicted_wait_time_ms: null, predicted_execution_duration_ms: null },
      ...{ execution_duration_ms: isDone ? 0 : null, shots, output: {}, settings },
      failure: status === "failed" ? (child ?? job).failure : null,
      stats: {
        qubits: Math.max(...job.body.input.map(({ qubits }) => qubits)),
        circuits: child ? 1 : job.body.input.length,
        gate_counts: { "1q": job.gates.one, "2q": job.gates.two },
      },
      results: isDone
        ? { [isSeveral ? AGGREGATE : ONE]: { id: isSeveral ? AGGREGATE_ID : "probabilities" } }
        : null,
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
      const found = checkedOr400(EstimateQuery, Object.fromEntries(query));
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
      const found = checkedOr400(CircuitJob, jsonBody(body));
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
      const found = checkedOr400(ListQuery, Object.fromEntries(query));
      if ("reply" in found) return found.reply;
      const { status, target, parent_job_id: parent, limit, next } = found.data;
      // Children among the others, under the name of their parents.
      const all = jobs.jobs
        .flatMap((job) => [documentOf(job), ...job.children.map((child) => documentOf(job, child))])
        .filter((one) => !target || one.backend === target)
        .filter((one) => !status || one.status === status)
        .filter((one) => parent === undefined || one.parent_job_id === parent)
        .reverse();
      const first = next === undefined ? 0 : all.findIndex(({ id }) => id === next);
      if (first < 0) return refused(400, "There is no such page.");
      const page = all.slice(first, first + limit);
      // Of a list, the schema has no children.
      for (const one of page) Reflect.deleteProperty(one, "child_job_ids");
      return { status: 200, body: { jobs: page, next: all[first + limit]?.id ?? null } };
    },
    poll: ({ id }) => {
      const parent = parentOf(id);
      const child = parent?.children.find((one) => one.id === id);
      return parent
        ? { status: 200, body: documentOf(parent, child) }
        : withJob(id, (job) => ({ status: 200, body: documentOf(job) }));
    },
    results: ({ id: path, fault }) => {
      const [id = "", , what] = path.split("/");
      const parent = parentOf(id);
      return withJob(parent?.id ?? id, (job) => {
        const served = servedBy(job.body.backend);
        if (!served || jobs.stateOf(job) !== "completed")
          return refused(404, "The job is not yet completed.");
        const found = jobs.resultsOf(job, served);
        const isSeveral = !parent && job.children.length > 0;
        if (what !== (isSeveral ? AGGREGATE_ID : "probabilities")) return refused(404, "No such artifact.");
        // Of several circuits in no order that could be taken for theirs.
        const told: readonly (readonly [string, unknown])[] = isSeveral
          ? job.children.map((child, k) => [child.id, found[k]] as const).reverse()
          : Object.entries(found[parent ? parent.children.findIndex((one) => one.id === id) : 0] ?? {});
        const whole = told.filter(([, value]) => value !== null);
        return {
          status: 200,
          body: Object.fromEntries(fault?.kind === "short" ? whole.slice(0, -1) : whole),
        };
      });
    },
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

/** Starts the server on 127.0.0.1. */
export async function serveIonq(options: IonqServerOptions): Promise<IonqServer> {
  const { clock = () => new Date(), queue_ms = 0, run_ms = 0, backends = BACKENDS_SERVED } = options;
  const jobs = createJobs({ clock, queue_ms, run_ms });
  const server = await serveProtocol(
    {
      routes: ROUTES,
      doors: openDoors(backends, { jobs, clock }),
      refuse: refused,
      deny: ({ headers }, key) =>
        key !== null && headers.authorization === `apiKey ${key}`
          ? undefined
          : refused(401, "The key is not valid."),
    },
    options,
  );
  return { ...server, baseUrl: `${server.origin}/v0.4`, jobs: jobs.jobs, charged: jobs.charged };
}
