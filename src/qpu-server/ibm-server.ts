/**
 * IBM Quantum on loopback, each dated version of it: as strict as the real one, with tokens of an hour, a queue, a clock and a
 * bill, on our own simulator.
 */
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { heavyHexLadder } from "#core/quantum/circuit/coupling-map.ts";
import { NoiseSettings } from "#shared/quantum/noise.ts";
import { createIbmJobs, type ServedDevice, type ServedIbmJob } from "./ibm-jobs.ts";
import {
  API_VERSIONS,
  type ApiVersion,
  IbmListQuery,
  JobRequest,
  LONGEST_TAG,
  MOST_TAGS,
} from "./ibm-schema.ts";
import {
  checked,
  jsonBody,
  type ProviderProtocol,
  type ProviderServer,
  type Reply,
  type ServerCall,
  type ServerOptions,
  serveProtocol,
} from "./provider-server.ts";

/** An instance that costs nothing, on this machine. */
export const SIMULATED_INSTANCE = "crn:v1:simulated:public:quantum-computing:us-east:a/0:0::";
const TOKEN_S = 3600;

const MAP = heavyHexLadder(5);
const DEVICES_SERVED: readonly ServedDevice[] = [
  { name: "ibm_ideal", map: MAP },
  {
    name: "ibm_loopback",
    map: MAP,
    noise: NoiseSettings.parse({
      depolarizing1: 2e-4,
      depolarizing2: 3e-3,
      readout01: 0.004,
      readout10: 0.008,
    }),
  },
];
const CALIBRATED = "2026-11-30T06:00:00Z";

export interface IbmServerOptions extends ServerOptions {
  readonly devices?: readonly ServedDevice[];
  /** Seconds of the device that the instance may use; default: no limit. */
  readonly limit_s?: number;
  /** Whether what jobs used is still being counted; default false. */
  readonly isCounting?: () => boolean;
}

export interface IbmServer extends ProviderServer {
  readonly baseUrl: string;
  readonly tokenUrl: string;
  /** What was made, in the order in which it came. */
  readonly jobs: readonly ServedIbmJob[];
  charged(): number;
  /** Every token that was given is refused from now on; the key is not. */
  endTokens(): void;
}

const refused = (status: number, message: string, code: string | number = status): Reply => ({
  status,
  body: { trace: randomBytes(8).toString("hex"), errors: [{ code: String(code), message, more_info: "" }] },
});

function checkedOr400<T>(schema: z.ZodType<T>, value: unknown): { data: T } | { reply: Reply } {
  const found = checked(schema, value);
  return "data" in found ? found : { reply: refused(400, found.message) };
}

const ROUTES: ProviderProtocol["routes"] = [
  ["POST", /^\/identity\/token$/, "token"],
  ["GET", /^\/api\/v1\/backends\/([^/]+)\/(?:configuration|status)$/, "backend"],
  ["GET", /^\/api\/v1\/backends\/([^/]+)\/properties$/, "calibration"],
  ["GET", /^\/api\/v1\/instances\/usage$/, "limits"],
  ["POST", /^\/api\/v1\/jobs$/, "submit"],
  ["GET", /^\/api\/v1\/jobs$/, "list"],
  ["GET", /^\/api\/v1\/jobs\/([^/]+)$/, "poll"],
  ["GET", /^\/api\/v1\/jobs\/([^/]+)\/results$/, "results"],
  ["GET", /^\/api\/v1\/jobs\/([^/]+)\/metrics$/, "cost"],
  ["POST", /^\/api\/v1\/jobs\/([^/]+)\/cancel$/, "cancel"],
];

const versionOf = ({ headers }: Pick<ServerCall, "headers">): ApiVersion | undefined => {
  const asked = headers["ibm-api-version"] ?? API_VERSIONS[0];
  return API_VERSIONS.find((version) => version === asked);
};

/** What a job used, as each version tells it; absent where nothing is to be told. */
function usageOf(version: ApiVersion, seconds: number, isCounting: boolean): object {
  const circuits_execution_time_ns = Math.round(seconds * 1e9);
  if (version < "2026-03-15")
    return { bss: { seconds }, usage: { quantum_seconds: Math.ceil(seconds), seconds: Math.ceil(seconds) } };
  const usage = isCounting
    ? { status: "pending" }
    : { status: "completed", qpu_charge_time_seconds: seconds };
  return version < "2026-04-15"
    ? { usage: { ...usage, circuits_execution_time_ns } }
    : { usage, circuits_execution_time_ns };
}

const ok = (body: object): Reply => ({ status: 200, body });

function openDoors(
  devices: readonly ServedDevice[],
  jobs: ReturnType<typeof createIbmJobs>,
  { limit_s, isCounting = () => false }: IbmServerOptions,
): ProviderProtocol["doors"] {
  const deviceOf = (wanted: string) => devices.find(({ name }) => name === wanted);
  const withDevice = (id: string, answer: (device: ServedDevice) => Reply): Reply => {
    const device = deviceOf(id);
    return device ? answer(device) : refused(404, "Backend not found.", 1007);
  };
  const withJob = (id: string, answer: (job: ServedIbmJob, device: ServedDevice) => Reply): Reply => {
    const job = jobs.jobs.find((one) => one.id === id);
    const device = job && deviceOf(job.body.backend);
    return job && device ? answer(job, device) : refused(404, "The job does not exist.", 1291);
  };
  const documentOf = (job: ServedIbmJob) => {
    const status = jobs.statusOf(job);
    const { program_id, backend, tags = [], cost = 10_800 } = job.body;
    const { code, message } = job.failure ?? {};
    const failure = status === "Failed" && { reason: message, reason_code: Number(code) };
    return {
      ...{ id: job.id, backend, state: { status, ...failure }, status, program: { id: program_id } },
      ...{ created: job.submitted.toISOString(), cost, tags, user_id: "0" },
      ...(job.body.private && { private: true }),
    };
  };
  return {
    backend: ({ id }) =>
      withDevice(id, ({ name, map, entangler = "cz" }) =>
        // Configuration and status in one: a client reads its own fields.
        ok({
          ...{ backend_name: name, backend_version: "1.0.0", n_qubits: map.qubits },
          basis_gates: [entangler, "id", "rz", "sx", "x"],
          coupling_map: map.edges.flatMap(([a, b]) =>
            entangler === "cz"
              ? [
                  [a, b],
                  [b, a],
                ]
              : [[a, b]],
          ),
          ...{ state: true, status: "active", message: "", length_queue: jobs.jobs.filter(isWaiting).length },
        }),
      ),
    calibration: ({ id }) =>
      withDevice(id, ({ name, map, noise, entangler = "cz" }) => {
        const qubit = [
          { name: "prob_meas1_prep0", value: noise?.readout01 ?? 0, unit: "", date: CALIBRATED },
          { name: "prob_meas0_prep1", value: noise?.readout10 ?? 0, unit: "", date: CALIBRATED },
        ];
        const qubits = Array.from({ length: map.qubits }, () => qubit);
        const error = { name: "gate_error", value: noise?.depolarizing2 ?? 0, unit: "", date: CALIBRATED };
        const gates = map.edges.map((pair) => ({ gate: entangler, qubits: pair, parameters: [error] }));
        return ok({ backend_name: name, last_update_date: CALIBRATED, qubits, gates, general: [] });
      }),
    limits: () => {
      const usage_consumed_seconds = jobs.jobs.reduce((sum, job) => sum + jobs.usedBy(job), 0);
      const limit = limit_s !== undefined && {
        usage_limit_seconds: limit_s,
        usage_limit_reached: usage_consumed_seconds >= limit_s,
      };
      return ok({ instance_id: SIMULATED_INSTANCE, plan_id: "0", usage_consumed_seconds, ...limit });
    },
    submit: ({ body, fault }) => {
      const found = checkedOr400(JobRequest, jsonBody(body));
      if ("reply" in found) return found.reply;
      const { backend, tags = [], session_id } = found.data;
      if (tags.length > MOST_TAGS) return refused(400, "Too many tags.", 1204);
      if (tags.some(({ length }) => length > LONGEST_TAG)) return refused(400, "A tag is too long.", 1205);
      return withDevice(backend, (device) => {
        const job = jobs.create(found.data, device, fault);
        const isPrivate = found.data.private && { private: true };
        return ok({ id: job.id, backend, ...(session_id && { session_id }), ...isPrivate });
      });
    },
    list: ({ query }) => {
      const found = checkedOr400(IbmListQuery, Object.fromEntries(query));
      if ("reply" in found) return found.reply;
      const { limit, offset, pending, program, backend, tags } = found.data;
      const isPending = (job: ServedIbmJob) => ["Queued", "Running"].includes(jobs.statusOf(job));
      const all = jobs.jobs
        .filter((job) => tags === undefined || job.body.tags?.includes(tags))
        .filter((job) => backend === undefined || job.body.backend === backend)
        .filter((job) => program === undefined || job.body.program_id === program)
        .filter((job) => pending === undefined || String(isPending(job)) === pending)
        .reverse();
      const page = all.slice(offset, offset + limit).map(documentOf);
      return ok({ jobs: page, count: all.length, limit, offset });
    },
    poll: ({ id }) => withJob(id, (job) => ok(documentOf(job))),
    results: ({ id, fault }) =>
      withJob(id, (job, device) => {
        const result = jobs.stateOf(job) === "done" ? jobs.resultOf(job, device, fault) : undefined;
        return result ? ok(result) : refused(404, "The job has no results.", 1291);
      }),
    cost: (asked) =>
      withJob(asked.id, (job) => {
        const isTold = job.fault?.kind !== "unbilled";
        const told = isTold && usageOf(versionOf(asked) ?? "2026-04-15", jobs.usedBy(job), isCounting());
        return ok({ timestamps: { created: job.submitted.toISOString() }, ...told });
      }),
    cancel: ({ id }) =>
      withJob(id, (job) => {
        if (jobs.stateOf(job) !== "waiting") return refused(409, "The job can no longer be cancelled.", 1302);
        job.canceled = true;
        return { status: 204, body: undefined };
      }),
  };
  function isWaiting(job: ServedIbmJob): boolean {
    return jobs.stateOf(job) === "waiting";
  }
}

/** Starts the server on 127.0.0.1. */
export async function serveIbm(options: IbmServerOptions): Promise<IbmServer> {
  const { clock = () => new Date(), queue_ms = 0, run_ms = 0, devices = DEVICES_SERVED } = options;
  const jobs = createIbmJobs({ clock, queue_ms, run_ms });
  /** When each token ends, seconds since 1970. */
  const tokens = new Map<string, number>();
  const seconds = () => Math.floor(clock().getTime() / 1000);
  const token = (): Reply => {
    const access_token = randomBytes(24).toString("base64url");
    const expiration = seconds() + TOKEN_S;
    tokens.set(access_token, expiration);
    const constant = { refresh_token: "not_supported", token_type: "Bearer", scope: "ibm_openid" };
    return ok({ access_token, expires_in: TOKEN_S, expiration, ...constant });
  };
  const deny: ProviderProtocol["deny"] = ({ headers }, key, body, step) => {
    if (step === "token") {
      const form = new URLSearchParams(body);
      const isGrant = form.get("grant_type") === "urn:ibm:params:oauth:grant-type:apikey";
      if (isGrant && key !== null && form.get("apikey") === key) return undefined;
      return refused(400, "Provided API key could not be found.", "BXNIM0415E");
    }
    const bearer = String(headers.authorization ?? "").replace(/^Bearer /, "");
    if (key === null || (tokens.get(bearer) ?? 0) <= seconds()) return refused(401, "Invalid token.", 1201);
    if (headers["service-crn"] !== SIMULATED_INSTANCE) return refused(403, "No such instance.", 1200);
    return versionOf({ headers }) ? undefined : refused(400, "There is no such version of the interface.");
  };
  const doors = { ...openDoors(devices, jobs, options), token };
  const server = await serveProtocol({ routes: ROUTES, doors, refuse: refused, deny }, options);
  return {
    ...server,
    baseUrl: `${server.origin}/api/v1`,
    tokenUrl: `${server.origin}/identity/token`,
    jobs: jobs.jobs,
    charged: jobs.charged,
    endTokens: () => tokens.clear(),
  };
}
