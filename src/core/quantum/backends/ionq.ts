/**
 * IonQ v0.4: circuits as its JSON, in its gate set "native" where the device's is known and else in "qis". A job of several circuits has a
 * child for each. Shapes from its OpenAPI document of 2 September 2026 (github.com/ionq/ionq-core-python, openapi.json); that children are
 * in the order of the circuits, from the vendor's own clients (github.com/qiskit-community/qiskit-ionq, PennyLane's ionq device).
 */
import { z } from "zod";
import type { CircuitRun } from "../measurement/estimator.ts";
import { fittedCircuit } from "./fit-circuit.ts";
import { ionqCircuit, ionqNativeCircuit, ionqSet } from "./ionq-circuits.ts";
import { ionqCounts, ionqCountsOfChildren } from "./ionq-results.ts";
import { JOB_LIMITS } from "./job-limits.ts";
import { jobName } from "./job-name.ts";
import { onlyOf, requireShots, sizesOf } from "./job-size.ts";
import { sharedShots } from "./pack-jobs.ts";
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

const LIMITS = JOB_LIMITS.ionq;
/** By which the distributions of all circuits of a job are named. */
const AGGREGATE = "ionq.result.probabilities-aggregate.json.v1";
/** Jobs of a page of the list, at most. */
const PAGE = 25;
/** Beyond so many pages nobody can say that there is no job of a name. */
const MAX_PAGES = 400;
const SHORTEST_POLL_MS = 1000;
const LONGEST_POLL_MS = 60_000;

const ErrorBody = z.object({ message: z.string() });
const Created = z.object({ id: z.string().min(1) });
const Job = z.object({
  id: z.string(),
  status: z.string(),
  name: z.string().nullish(),
  /** null of a job that is nobody's child. */
  parent_job_id: z.string().nullish(),
  /** Of a job of several circuits. */
  child_job_ids: z.array(z.string()).nullish(),
  results: z.object({ [AGGREGATE]: z.object({ id: z.string() }).optional() }).nullish(),
  predicted_wait_time_ms: z.number().nullish(),
  failure: z.object({ code: z.string(), message: z.string() }).nullish(),
});
const Jobs = z.object({ jobs: z.array(Job), next: z.string().nullable() });
const Amount = z.object({ value: z.number().min(0), unit: z.string() });
const Cost = z.object({ cost: Amount.optional() });
const Estimate = z.object({ estimated_unit: z.string(), estimated_total_cost: z.number().min(0) });
const Backend = z.object({
  backend: z.string(),
  status: z.string(),
  qubits: z.number().int(),
  average_queue_time: z.number().nullish(),
  characterization_id: z.string().nullish(),
});
const Characterization = z.object({
  id: z.string(),
  fidelity: z.object({ spam: z.object({ median: z.number().min(0).max(1) }) }),
});

/** @throws ProviderError as the table says, with the provider's message */
function requireSuccess({ status, text, retryAfter_ms }: HttpAnswer, key: string): void {
  if (status >= 200 && status < 300) return;
  const { remedy, means } = requestError("ionq", status);
  const { data } = ErrorBody.safeParse(parsedJson(text));
  const said = data?.message ? `: ${withoutSecrets(data.message, key)}` : "";
  throw new ProviderError(remedy, `${means} (${status})${said}`, retryAfter_ms);
}

function statusOf(
  { status, failure, predicted_wait_time_ms }: z.infer<typeof Job>,
  key: string,
): VendorStatus {
  if (status === "completed") return { state: "done" };
  if (status === "canceled") return { state: "failed", reason: "it was cancelled", remedy: "fall-back" };
  if (status === "failed") {
    const { remedy, means } = jobError("ionq", failure?.code ?? "no code");
    const reason = failure ? `${means} (${failure.code}): ${withoutSecrets(failure.message, key)}` : means;
    return { state: "failed", reason, remedy };
  }
  // A state that is not known is no end.
  const wait = Math.min(predicted_wait_time_ms ?? 0, LONGEST_POLL_MS);
  return { state: "waiting", pollAfter_ms: Math.max(SHORTEST_POLL_MS, wait) };
}

type JsonCircuit = ReturnType<typeof ionqCircuit>;

/** The document of a job but for its name. */
function documentOfJob(
  runs: readonly CircuitRun[],
  { device, gateset, circuits }: { device: string; gateset: "qis" | "native"; circuits: JsonCircuit[] },
) {
  const qubits = Math.max(...runs.map(({ circuit }) => circuit.qubits));
  const shared = sharedShots(runs);
  if (runs.some(({ shots }) => shots !== shared)) throw new Error("a job at IonQ has one number of shots");
  const isOne = runs.length === 1;
  const several = circuits.map((circuit, k) => ({ qubits: runs[k]?.circuit.qubits, circuit }));
  return {
    type: isOne ? "ionq.circuit.v1" : "ionq.multi-circuit.v1",
    backend: device,
    shots: shared,
    input: { qubits, gateset, ...(isOne ? { circuit: onlyOf(circuits) } : { circuits: several }) },
  };
}

const qisOf = (runs: readonly CircuitRun[]): JsonCircuit[] =>
  runs.map(({ circuit, parameters }) => ionqCircuit(circuit, parameters));

function preparedCircuit(run: CircuitRun, gates: JsonCircuit, device: string): PreparedCircuit {
  const { circuit, shots } = run;
  requireShots(shots, LIMITS.shots, `IonQ takes at most ${LIMITS.shots} a job`);
  const two = gates.filter(({ gate }) => gate === "cnot").length;
  // Fitted to a device none has more on two qubits, and two turns at most stand before each of them and at the end.
  const one = ionqSet(device) ? 4 * two + 2 * circuit.qubits : gates.length - two;
  return { run, qubits: circuit.qubits, shots, gates: { one, two } };
}

/** The question for the price of a job: its gates together. */
function questionOf({ circuits, qubits }: Pick<PreparedJob, "circuits" | "qubits">, device: string): string {
  const all = (kind: "one" | "two") => circuits.reduce((sum, { gates }) => sum + gates[kind], 0);
  const numbers = { qubits, shots: sharedShots(circuits), "1q_gates": all("one"), "2q_gates": all("two") };
  return new URLSearchParams([
    ["backend", device],
    ...(circuits.length > 1 ? [["type", "ionq.multi-circuit.v1"]] : []),
    ...Object.entries(numbers).map(([key, value]) => [key, String(value)]),
  ]).toString();
}

function preparedJob(
  runs: readonly CircuitRun[],
  { device, attempt, destination }: { device: string; attempt: number; destination: string },
): PreparedJob {
  const circuits = qisOf(runs);
  const asked = documentOfJob(runs, { device, gateset: "qis", circuits });
  const sizes = sizesOf(runs.map((run, k) => preparedCircuit(run, circuits[k] ?? [], device)));
  return {
    name: jobName(asked, runs, { attempt, destination }),
    ...sizes,
    question: questionOf(sizes, device),
    device,
    most_s: null,
  };
}

/** Network is used when a method is called, and not before. */
export function openIonq({ baseUrl, secret, fitCircuit = fittedCircuit }: ProviderAccess): Provider {
  const ask = async <T>(
    schema: z.ZodType<T>,
    path: string,
    request: { method?: "POST" | "PUT"; body?: string; signal: AbortSignal | undefined },
  ): Promise<{ data: T; answer: HttpAnswer }> => {
    const { method = "GET", body, signal } = request;
    const headers = { authorization: `apiKey ${secret()}`, "content-type": "application/json" };
    const answer = await sendRequest({ method, url: `${baseUrl}${path}`, headers, body, signal });
    requireSuccess(answer, secret());
    return { data: documentOf(schema, answer), answer };
  };
  const get = async <T>(schema: z.ZodType<T>, path: string, signal?: AbortSignal): Promise<T> =>
    (await ask(schema, path, { signal })).data;
  const jobPath = (id: string): string => `/jobs/${encodeURIComponent(id)}`;
  const backendOf = (device: string, signal?: AbortSignal) =>
    get(Backend, `/backends/${encodeURIComponent(device)}`, signal);
  return {
    name: "ionq",
    destination: baseUrl,
    limits: LIMITS,
    prepare: (runs, job) => preparedJob(runs, { ...job, destination: baseUrl }),
    async quote({ question }, signal) {
      const found = await get(Estimate, `/jobs/estimate?${question}`, signal);
      return { value: found.estimated_total_cost, unit: found.estimated_unit };
    },
    async target({ device }) {
      const set = ionqSet(device);
      return set && { set };
    },
    async write({ circuits, device, name }, target, signal) {
      const runs = circuits.map(({ run }) => run);
      const written = (gateset: "qis" | "native", written: JsonCircuit[]) =>
        JSON.stringify({ ...documentOfJob(runs, { device, gateset, circuits: written }), name });
      if (!target) return written("qis", qisOf(runs));
      const fitted = runs.map(({ circuit, parameters }) =>
        fitCircuit({ circuit, parameters, target }, signal),
      );
      return written("native", (await Promise.all(fitted)).map(ionqNativeCircuit));
    },
    async send(_, body, signal) {
      const { data, answer } = await ask(Created, "/jobs", { method: "POST", body, signal });
      return { id: data.id, tls: answer.tls };
    },
    async find({ name, device }, signal) {
      let next: string | null = null;
      for (let page = 0; page < MAX_PAGES; page++) {
        const query = new URLSearchParams({ target: device, limit: String(PAGE), ...(next && { next }) });
        const found: z.infer<typeof Jobs> = await get(Jobs, `/jobs?${query}`, signal);
        // A child may be called as its parent is.
        const job = found.jobs.find((one) => one.name === name && !one.parent_job_id);
        if (job) return job.id;
        next = found.next;
        if (next === null) return null;
      }
      throw new ProviderError("stop", `more than ${MAX_PAGES * PAGE} jobs: not all can be looked through`);
    },
    async poll(id, signal) {
      const job = await get(Job, jobPath(id), signal);
      const status = statusOf(job, secret());
      if (status.state !== "done" || !job.child_job_ids?.length) return status;
      // Nothing says that a job of which a child came to nothing has failed.
      for (const ended of ["failed", "canceled"]) {
        const query = new URLSearchParams({ parent_job_id: id, status: ended, limit: "1" });
        const [child] = (await get(Jobs, `/jobs?${query}`, signal)).jobs;
        if (child) return statusOf(child, secret());
      }
      return status;
    },
    async fetch(id, job, signal) {
      const { circuits, device } = job;
      if (circuits.length === 1) {
        const document = await get(z.unknown(), `${jobPath(id)}/results/probabilities`, signal);
        return [ionqCounts(document, onlyOf(circuits), device)];
      }
      const { child_job_ids: children, results } = await get(Job, jobPath(id), signal);
      const artifact = results?.[AGGREGATE]?.id;
      if (!children || artifact === undefined)
        throw new ProviderError("look-up", "a job of several circuits without the results of each");
      const path = `${jobPath(id)}/artifacts/${encodeURIComponent(artifact)}`;
      return ionqCountsOfChildren(await get(z.unknown(), path, signal), children, job);
    },
    bill: async (id, signal) => (await get(Cost, `${jobPath(id)}/cost`, signal)).cost ?? null,
    async cancel(id, signal) {
      await ask(z.unknown(), `${jobPath(id)}/status/cancel`, { method: "PUT", signal });
    },
    async calibration(device, signal) {
      const { characterization_id: id } = await backendOf(device, signal);
      if (!id) return { id: null, readout01: 0, readout10: 0 };
      const path = `/backends/${encodeURIComponent(device)}/characterizations/${encodeURIComponent(id)}`;
      const { fidelity } = await get(Characterization, path, signal);
      // Preparation and measurement together, of the median qubit; which way it misreads is not told.
      const misreads = 1 - fidelity.spam.median;
      return { id, readout01: misreads, readout10: misreads };
    },
    async status(device, signal) {
      const { backend, status, qubits, ...rest } = await backendOf(device, signal);
      const { average_queue_time: queue_ms = null, characterization_id: calibrationId = null } = rest;
      return { device: backend, status, qubits, queue_ms, queue_jobs: null, calibrationId };
    },
  };
}
