/**
 * IonQ v0.4: circuits as its JSON, in its gate set "native" where the device's is known and else in "qis", one job a circuit. Shapes from its OpenAPI document of 2 September 2026
 * (github.com/ionq/ionq-core-python, openapi.json).
 */
import { z } from "zod";
import { uniformNumbers } from "#shared/random.ts";
import type { CircuitRun } from "../measurement/estimator.ts";
import { fittedCircuit } from "./fit-circuit.ts";
import { ionqCircuit, ionqNativeCircuit, ionqSet } from "./ionq-circuits.ts";
import { jobName } from "./job-name.ts";
import { requireShots } from "./job-size.ts";
import {
  type PreparedJob,
  type Provider,
  type ProviderAccess,
  ProviderError,
  type VendorStatus,
} from "./provider.ts";
import { jobError, requestError } from "./provider-errors.ts";
import { documentOf, type HttpAnswer, parsedJson, sendRequest, withoutSecrets } from "./provider-http.ts";

const MAX_JOB_SHOTS = 1_000_000;
/** Jobs of a page of the list, at most. */
const PAGE = 25;
/** Beyond so many pages nobody can say that there is no job of a name. */
const MAX_PAGES = 400;
const SHORTEST_POLL_MS = 1000;
const LONGEST_POLL_MS = 60_000;
/** Probabilities add up to 1 but for rounding of their decimals. */
const SUM_TOLERANCE = 1e-6;

const ErrorBody = z.object({ message: z.string() });
const Created = z.object({ id: z.string().min(1) });
const Job = z.object({
  id: z.string(),
  status: z.string(),
  name: z.string().nullish(),
  predicted_wait_time_ms: z.number().nullish(),
  failure: z.object({ code: z.string(), message: z.string() }).nullish(),
});
const Jobs = z.object({ jobs: z.array(Job), next: z.string().nullable() });
const Probabilities = z.record(
  z.string().regex(/^\d{1,10}$/),
  z
    .number()
    .min(0)
    .max(1 + SUM_TOLERANCE),
);
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

/** Counts of an exact distribution, drawn: the vendor's ideal simulator leaves shots out. */
function drawnCounts(probabilities: readonly (readonly [number, number])[], { shots, run }: PreparedJob) {
  const random = uniformNumbers(run.seed);
  // Sorted, so that each state takes what lies below its sum: shots · log(shots) + states, whatever the number of states.
  const draws = Float64Array.from({ length: shots }, () => random()).sort();
  const counts = new Map<number, number>();
  let [drawn, sum] = [0, 0];
  for (const [k, [state, probability]] of probabilities.entries()) {
    sum += probability;
    const first = drawn;
    // The last takes what rounding leaves.
    while (drawn < shots && (draws[drawn]! < sum || k === probabilities.length - 1)) drawn++;
    if (drawn > first) counts.set(state, drawn - first);
  }
  return counts;
}

/**
 * Counts from probabilities keyed by decimal states, qubit 0 the lowest bit (as the vendor's own client reads them).
 *
 * @throws ProviderError look-up for a distribution that is not whole: it may only be half written
 */
export function ionqCounts(document: unknown, job: PreparedJob): ReadonlyMap<number, number> {
  const { data } = Probabilities.safeParse(document);
  const entries = Object.entries(data ?? {}).map(([state, p]) => [Number(state), p] as const);
  const sum = entries.reduce((total, [, probability]) => total + probability, 0);
  if (Math.abs(sum - 1) > SUM_TOLERANCE || entries.some(([state]) => state >= 2 ** job.qubits))
    throw new ProviderError("look-up", `results that are not whole: probabilities add up to ${sum}`);
  if (job.device === "simulator") return drawnCounts(entries, job);
  const counts = entries.map(([state, probability]) => [state, probability * job.shots] as const);
  // Of a device they are counts over shots.
  if (counts.some(([, count]) => Math.abs(count - Math.round(count)) >= 1e-3))
    return drawnCounts(entries, job);
  const whole = new Map(counts.map(([state, count]) => [state, Math.round(count)]));
  const shots = [...whole.values()].reduce((total, count) => total + count, 0);
  if (shots !== job.shots)
    throw new ProviderError("look-up", `results that are not whole: ${shots} of ${job.shots} shots`);
  return whole;
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

/** The document of a job but for its name. */
function askedOf({ circuit, parameters, shots }: CircuitRun, device: string) {
  const input = { qubits: circuit.qubits, gateset: "qis", circuit: ionqCircuit(circuit, parameters) };
  return { type: "ionq.circuit.v1", backend: device, shots, input };
}

function preparedJob(
  run: CircuitRun,
  { device, attempt, destination }: { device: string; attempt: number; destination: string },
): PreparedJob {
  const { circuit, shots } = run;
  requireShots(shots, MAX_JOB_SHOTS, `IonQ takes at most ${MAX_JOB_SHOTS} a job`);
  const asked = askedOf(run, device);
  const { circuit: gates } = asked.input;
  const two = gates.filter(({ gate }) => gate === "cnot").length;
  const name = jobName(asked, run, { attempt, destination });
  // Fitted to a device none has more on two qubits, and two turns at most stand before each of them and at the end.
  const one = ionqSet(device) ? 4 * two + 2 * circuit.qubits : gates.length - two;
  const numbers = { qubits: circuit.qubits, shots, "1q_gates": one, "2q_gates": two };
  const pairs = Object.entries(numbers).map(([key, value]) => [key, String(value)]);
  return {
    name,
    run,
    question: new URLSearchParams([["backend", device], ...pairs]).toString(),
    device,
    qubits: circuit.qubits,
    shots,
    gates: { one, two },
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
  const backendOf = (device: string, signal?: AbortSignal) =>
    get(Backend, `/backends/${encodeURIComponent(device)}`, signal);
  return {
    name: "ionq",
    destination: baseUrl,
    prepare: (run, job) => preparedJob(run, { ...job, destination: baseUrl }),
    async quote({ question }, signal) {
      const found = await get(Estimate, `/jobs/estimate?${question}`, signal);
      return { value: found.estimated_total_cost, unit: found.estimated_unit };
    },
    async target({ device }) {
      const set = ionqSet(device);
      return set && { set };
    },
    async write({ run, device, name }, target, signal) {
      const asked = askedOf(run, device);
      if (!target) return JSON.stringify({ ...asked, name });
      const { circuit, parameters } = run;
      const native = ionqNativeCircuit(await fitCircuit({ circuit, parameters, target }, signal));
      return JSON.stringify({
        ...asked,
        input: { qubits: circuit.qubits, gateset: "native", circuit: native },
        name,
      });
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
        const job = found.jobs.find((one) => one.name === name);
        if (job) return job.id;
        next = found.next;
        if (next === null) return null;
      }
      throw new ProviderError("stop", `more than ${MAX_PAGES * PAGE} jobs: not all can be looked through`);
    },
    poll: async (id, signal) => statusOf(await get(Job, `/jobs/${encodeURIComponent(id)}`, signal), secret()),
    fetch: async (id, job, signal) =>
      ionqCounts(
        await get(z.unknown(), `/jobs/${encodeURIComponent(id)}/results/probabilities`, signal),
        job,
      ),
    bill: async (id, signal) =>
      (await get(Cost, `/jobs/${encodeURIComponent(id)}/cost`, signal)).cost ?? null,
    async cancel(id, signal) {
      const path = `/jobs/${encodeURIComponent(id)}/status/cancel`;
      await ask(z.unknown(), path, { method: "PUT", signal });
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
