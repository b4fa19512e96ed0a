/**
 * IBM Quantum, REST version 2026-04-15: circuits as OpenQASM 3 in the device's own instructions. Endpoints and documents
 * from github.com/Qiskit/qiskit-ibm-runtime (api/rest, version header, usage) and github.com/Qiskit/qiskit-ibm-runtime-c (OpenAPI
 * documents), read 30 November 2026; forms of jobs in ibm-forms.ts.
 */
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import type { IBM_PROGRAMS, IbmSettings } from "#shared/quantum/devices.ts";
import { toQasm3 } from "../circuit/qasm3.ts";
import type { CircuitRun } from "../measurement/estimator.ts";
import { nativeQasm3 } from "../transpile/native-qasm3.ts";
import { fittedCircuit } from "./fit-circuit.ts";
import { IBM_FORMS } from "./ibm-forms.ts";
import { ibmSet } from "./ibm-gates.ts";
import { errorsOf, IbmProperties, misreadings } from "./ibm-properties.ts";
import { keepToken } from "./ibm-token.ts";
import { JOB_LIMITS } from "./job-limits.ts";
import { jobName } from "./job-name.ts";
import { gateCounts, requireShots, sizesOf } from "./job-size.ts";
import {
  type PreparedCircuit,
  type PreparedJob,
  type Provider,
  type ProviderAccess,
  ProviderError,
  type VendorStatus,
} from "./provider.ts";
import { jobError, requestError } from "./provider-errors.ts";
import { documentOf, type HttpAnswer, parsedJson, sendRequest, withoutSecrets } from "./provider-http.ts";

const API_VERSION = "2026-04-15";
/**
 * What a job takes of the device, by IBM: https://quantum.cloud.ibm.com/docs/guides/estimate-job-run-time. At MARGIN times that it is stopped
 * there, and so much is reserved.
 */
const START_S = 2;
const SHOT_S = 3.5e-4;
const MARGIN = 2;
const POLL_MS = 1000;

const ErrorBody = z.object({
  errors: z.array(z.object({ code: z.coerce.string().optional(), message: z.string().optional() })).min(1),
});
const Created = z.object({ id: z.string().min(1) });
const Job = z.object({
  id: z.string(),
  state: z.object({
    status: z.string(),
    reason: z.string().nullish(),
    reason_code: z.union([z.number(), z.string()]).nullish(),
  }),
  tags: z.array(z.string()).nullish(),
});
const Jobs = z.object({ jobs: z.array(Job) });
const Metrics = z.object({
  usage: z.object({ status: z.string(), qpu_charge_time_seconds: z.number().min(0).nullish() }).nullish(),
});
const Usage = z.object({
  usage_consumed_seconds: z.number(),
  usage_limit_seconds: z.number().nullish(),
  usage_limit_reached: z.boolean().nullish(),
});
const Configuration = z.object({
  backend_name: z.string(),
  n_qubits: z.number().int().min(1),
  basis_gates: z.array(z.string()),
  coupling_map: z.array(z.tuple([z.number().int().min(0), z.number().int().min(0)])),
});
const Status = z.object({
  status: z.string().nullish(),
  state: z.boolean().nullish(),
  length_queue: z.number(),
});
/** @throws ProviderError as the table says, with the provider's message */
function requireSuccess({ status, text, retryAfter_ms }: HttpAnswer, key: string): void {
  if (status >= 200 && status < 300) return;
  const [said] = ErrorBody.safeParse(parsedJson(text)).data?.errors ?? [];
  const { remedy, means } = requestError("ibm", status, said?.code);
  const message = said?.message ? `: ${withoutSecrets(said.message, key)}` : "";
  throw new ProviderError(remedy, `${means} (${said?.code ?? status})${message}`, retryAfter_ms);
}

function statusOf({ state }: z.infer<typeof Job>, key: string): VendorStatus {
  const { status, reason, reason_code } = state;
  if (status === "Completed") return { state: "done" };
  // "Cancelled - Ran too long" has a code of its own.
  const code = reason_code == null ? undefined : String(reason_code);
  if (status.startsWith("Cancelled") && code === undefined)
    return { state: "failed", reason: "it was cancelled", remedy: "fall-back" };
  if (status === "Failed" || status.startsWith("Cancelled")) {
    const { remedy, means } = jobError("ibm", code ?? "no code");
    const said = reason ? `: ${withoutSecrets(reason, key)}` : "";
    return { state: "failed", reason: `${means}${code ? ` (${code})` : ""}${said}`, remedy };
  }
  // A state that is not known is no end.
  return { state: "waiting", pollAfter_ms: POLL_MS };
}

interface Place {
  readonly device: string;
  readonly attempt: number;
  readonly destination: string;
  readonly program: (typeof IBM_PROGRAMS)[number] | undefined;
}

function preparedCircuit(run: CircuitRun): PreparedCircuit {
  const { circuit, shots } = run;
  const most = JOB_LIMITS.ibm.shots;
  requireShots(shots, most, `IBM takes at most ${most} a job`);
  return { run, qubits: circuit.qubits, shots, gates: gateCounts(circuit) };
}

function preparedJob(
  runs: readonly CircuitRun[],
  { device, attempt, destination, program }: Place,
): PreparedJob {
  const sizes = sizesOf(runs.map(preparedCircuit));
  // Of circuits before they are fitted to a device, whose couplings may change while the job is the same.
  const circuits = runs.map(({ circuit, parameters, shots }) => ({
    shots,
    circuit: toQasm3(circuit, parameters, { measure: true }),
  }));
  const [first] = circuits;
  const asked = { program, device, ...(circuits.length === 1 ? first : { circuits }) };
  return {
    ...{ name: jobName(asked, runs, { attempt, destination }), question: null, device, ...sizes },
    most_s: Math.ceil(MARGIN * (START_S + sizes.shots * SHOT_S)),
  };
}

function settingsOf(ibm: IbmSettings | undefined): IbmSettings {
  if (ibm) return ibm;
  throw new DomainError("backend-unavailable", "ibm is not enabled. Run `ansatz qpu enable ibm`.");
}

/** Network is used when a method is called, and not before. */
export function openIbm({
  baseUrl,
  ibm,
  secret,
  clock,
  fitCircuit = fittedCircuit,
}: ProviderAccess): Provider {
  // Another instance has other jobs.
  const destination = ibm ? `${baseUrl}#${ibm.instance}` : baseUrl;
  const keeper = ibm && keepToken({ tokenUrl: ibm.tokenUrl, secret, clock });
  const asked = async (
    path: string,
    { method = "GET", body, signal }: Omit<Partial<Parameters<typeof sendRequest>[0]>, "url" | "headers">,
  ): Promise<HttpAnswer> => {
    const { instance } = settingsOf(ibm);
    const request = (token: string) => {
      const headers = {
        authorization: `Bearer ${token}`,
        "service-crn": instance,
        "ibm-api-version": API_VERSION,
        "content-type": "application/json",
        accept: "application/json",
      };
      return sendRequest({ method, url: `${baseUrl}${path}`, headers, body, signal });
    };
    const token = (await keeper?.token(signal)) ?? "";
    const answer = await request(token);
    if (answer.status !== 401) return answer;
    // Nothing was made; a token that ended early is renewed, once.
    keeper?.forget(token);
    return request((await keeper?.token(signal)) ?? "");
  };
  const ask = async <T>(
    schema: z.ZodType<T>,
    path: string,
    request: Parameters<typeof asked>[1] = {},
  ): Promise<{ data: T; answer: HttpAnswer }> => {
    const answer = await asked(path, request);
    requireSuccess(answer, secret());
    return { data: documentOf(schema, answer), answer };
  };
  const get = async <T>(schema: z.ZodType<T>, path: string, signal?: AbortSignal): Promise<T> =>
    (await ask(schema, path, { signal })).data;
  const jobPath = (id: string): string => `/jobs/${encodeURIComponent(id)}`;
  const devicePath = (device: string): string => `/backends/${encodeURIComponent(device)}`;
  const configurationOf = (device: string, signal?: AbortSignal) =>
    get(Configuration, `${devicePath(device)}/configuration`, signal);
  const propertiesOf = (device: string, signal?: AbortSignal) =>
    get(IbmProperties, `${devicePath(device)}/properties`, signal);
  /** undefined where the device tells none: its couplings alone then say where a circuit lies. */
  const toldErrors = async (
    device: string,
    coupled: Parameters<typeof errorsOf>[1],
    signal?: AbortSignal,
  ) => {
    try {
      return errorsOf(await propertiesOf(device, signal), coupled);
    } catch (error) {
      const isRefused = error instanceof ProviderError && ["fall-back", "stop"].includes(error.remedy);
      if (isRefused) return undefined;
      throw error;
    }
  };
  return {
    name: "ibm",
    destination,
    limits: IBM_FORMS[ibm?.program ?? "executor"].limits,
    prepare: (runs, job) => preparedJob(runs, { ...job, destination, program: ibm?.program }),
    quote: async () => {
      throw new Error("IBM tells no price");
    },
    async headroom(jobs, _, signal) {
      const usage = await get(Usage, "/instances/usage", signal);
      const { usage_consumed_seconds: used, usage_limit_seconds: limit } = usage;
      const needed = jobs.reduce((sum, { most_s }) => sum + (most_s ?? 0), 0);
      if (usage.usage_limit_reached) return "the instance has used up its seconds of the device";
      if (limit == null || used + needed <= limit) return undefined;
      return `of the instance's ${limit} seconds ${used} are used, and ${needed} may be needed`;
    },
    async target({ device, qubits: needed }, signal) {
      const { n_qubits: qubits, basis_gates, coupling_map: edges } = await configurationOf(device, signal);
      const known = ibmSet(basis_gates);
      if (!known)
        throw new ProviderError(
          "fall-back",
          `${device} has the instructions ${basis_gates.join(", ")}: expected rz, sx, x, and cz or ecr`,
        );
      if (needed > qubits)
        throw new ProviderError("fall-back", `${device} has ${qubits} qubits, and ${needed} are needed`);
      const { set, entangler } = known;
      const errors = await toldErrors(device, { edges, entangler }, signal);
      return { set, map: { name: device, qubits, edges }, ...(errors && { errors }) };
    },
    async write({ name, circuits, device, most_s }, target, signal) {
      const { program: form, isPrivate } = settingsOf(ibm);
      if (!target) throw new Error("IBM takes circuits that fit a device");
      const fitted = circuits.map(async ({ run: { circuit, parameters }, qubits, shots }) => {
        const program = nativeQasm3(await fitCircuit({ circuit, parameters, target }, signal));
        return { program, qubits, shots };
      });
      return JSON.stringify({
        program_id: form,
        backend: device,
        params: IBM_FORMS[form].params(await Promise.all(fitted)),
        tags: [name],
        cost: most_s,
        ...(isPrivate && { private: true }),
      });
    },
    async send(_, body, signal) {
      const { data, answer } = await ask(Created, "/jobs", { method: "POST", body, signal });
      return { id: data.id, tls: answer.tls };
    },
    async find({ name }, signal) {
      const query = new URLSearchParams({ tags: name, exclude_params: "true", limit: "5" });
      const { jobs } = await get(Jobs, `/jobs?${query}`, signal);
      return jobs.find(({ tags }) => tags?.includes(name))?.id ?? null;
    },
    poll: async (id, signal) =>
      statusOf(await get(Job, `${jobPath(id)}?exclude_params=true`, signal), secret()),
    async fetch(id, { circuits }, signal) {
      const document = await get(z.unknown(), `${jobPath(id)}/results`, signal);
      const counts = IBM_FORMS[settingsOf(ibm).program].counts(document, circuits);
      if (!counts) throw new ProviderError("look-up", "results that are not whole");
      return counts;
    },
    async bill(id, signal) {
      const { usage } = await get(Metrics, `${jobPath(id)}/metrics`, signal);
      if (usage?.status === "pending")
        throw new ProviderError("retry", "the provider still counts what the job used");
      const seconds = usage?.qpu_charge_time_seconds;
      return seconds == null ? null : { value: seconds, unit: "s" };
    },
    async cancel(id, signal) {
      requireSuccess(await asked(`${jobPath(id)}/cancel`, { method: "POST", signal }), secret());
    },
    async calibration(device, signal) {
      const properties = await propertiesOf(device, signal);
      return { id: properties.last_update_date, ...misreadings(properties) };
    },
    async status(device, signal) {
      const [found, { n_qubits: qubits }, { last_update_date: calibrationId }] = await Promise.all([
        get(Status, `${devicePath(device)}/status`, signal),
        configurationOf(device, signal),
        get(IbmProperties.pick({ last_update_date: true }), `${devicePath(device)}/properties`, signal),
      ]);
      const { status, state, length_queue: queue_jobs } = found;
      const word = status ?? (state ? "active" : "inactive");
      return { device, status: word, qubits, queue_ms: null, queue_jobs, calibrationId };
    },
  };
}
