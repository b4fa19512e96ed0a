/** A toy provider: OpenQASM 3 in gates that each of its devices compiles, one job a circuit, paid by the shot. */
import { z } from "zod";
import { oneCircuit } from "#core/quantum/backends/job-limits.ts";
import { jobName } from "#core/quantum/backends/job-name.ts";
import { gateCounts, onlyOf, requireShots, sizesOf } from "#core/quantum/backends/job-size.ts";
import { type Provider, type ProviderAccess, ProviderError } from "#core/quantum/backends/provider.ts";
import { type ProviderName, requestError } from "#core/quantum/backends/provider-errors.ts";
import { documentOf, sendRequest } from "#core/quantum/backends/provider-http.ts";
import { toQasm3 } from "#core/quantum/circuit/qasm3.ts";

/** Known to the compiler only where it stands in the tables themselves. */
const NAME = "abacus" as ProviderName;
const LIMITS = oneCircuit(10_000);
const POLL_MS = 1000;

const Made = z.object({ id: z.string() });
const Found = z.object({ ids: z.array(z.string()) });
const Job = z.object({ state: z.string(), reason: z.string().nullable() });
/** By bits, qubit 0 first. */
const Counts = z.record(z.string().regex(/^[01]+$/), z.number().int().min(0));
const Bill = z.object({ usd: z.number().min(0).nullable() });
const Device = z.object({ qubits: z.number().int(), misreads: z.number(), calibrated: z.string() });

/** Network is used when a method is called, and not before. */
export function openAbacus({ baseUrl, secret }: ProviderAccess): Provider {
  const ask = async <T>(
    schema: z.ZodType<T>,
    path: string,
    { signal, ...request }: { method?: "POST" | "PUT"; body?: string; signal?: AbortSignal | undefined } = {},
  ) => {
    const headers = { authorization: `Bearer ${secret()}`, "content-type": "application/json" };
    const url = `${baseUrl}${path}`;
    const answer = await sendRequest({ method: "GET", url, headers, signal, ...request });
    if (answer.status >= 300) {
      const { remedy, means } = requestError(NAME, answer.status);
      throw new ProviderError(remedy, `${means} (${answer.status})`, answer.retryAfter_ms);
    }
    return { data: documentOf(schema, answer), tls: answer.tls };
  };
  const deviceAt = async (device: string, signal?: AbortSignal) =>
    (await ask(Device, `/devices/${encodeURIComponent(device)}`, { signal })).data;
  return {
    name: NAME,
    destination: baseUrl,
    limits: LIMITS,
    prepare(runs, { device, attempt }) {
      const run = onlyOf(runs);
      const { circuit, parameters, shots } = run;
      requireShots(shots, LIMITS.shots, `Abacus takes at most ${LIMITS.shots} a job`);
      const asked = { device, shots, program: toQasm3(circuit, parameters, { measure: true }) };
      const name = jobName(asked, runs, { attempt, destination: baseUrl });
      const sizes = sizesOf([{ run, qubits: circuit.qubits, shots, gates: gateCounts(circuit) }]);
      return { name, ...sizes, question: null, device, most_s: null };
    },
    quote: async () => {
      throw new Error("Abacus tells no price");
    },
    async write({ name, device, shots, circuits }) {
      const { circuit, parameters } = onlyOf(circuits).run;
      return JSON.stringify({
        name,
        device,
        shots,
        program: toQasm3(circuit, parameters, { measure: true }),
      });
    },
    async send(_, body, signal) {
      const { data, tls } = await ask(Made, "/jobs", { method: "POST", body, signal });
      return { id: data.id, tls };
    },
    find: async ({ name }, signal) =>
      (await ask(Found, `/jobs?name=${name}`, { signal })).data.ids[0] ?? null,
    async poll(id, signal) {
      const { state, reason } = (await ask(Job, `/jobs/${id}`, { signal })).data;
      if (state === "done") return { state };
      if (state === "failed" || state === "cancelled")
        return { state: "failed", reason: reason ?? state, remedy: "fall-back" };
      return { state: "waiting", pollAfter_ms: POLL_MS };
    },
    async fetch(id, { qubits, shots }, signal) {
      const { data } = await ask(Counts, `/jobs/${id}/counts`, { signal });
      const counts = Object.entries(data).map(
        ([bits, count]) => [Number.parseInt([...bits].reverse().join(""), 2), count] as const,
      );
      const isWhole = Object.keys(data).every(({ length }) => length === qubits);
      if (!isWhole || counts.reduce((sum, [, count]) => sum + count, 0) !== shots)
        throw new ProviderError("look-up", "results that are not whole");
      return [new Map(counts)];
    },
    async bill(id, signal) {
      const { usd } = (await ask(Bill, `/jobs/${id}/bill`, { signal })).data;
      return usd === null ? null : { value: usd, unit: "usd" };
    },
    async cancel(id, signal) {
      await ask(z.unknown(), `/jobs/${id}/cancel`, { method: "PUT", signal });
    },
    async calibration(device, signal) {
      const { misreads, calibrated } = await deviceAt(device, signal);
      return { id: calibrated, readout01: misreads, readout10: misreads };
    },
    async status(device, signal) {
      const { qubits, calibrated } = await deviceAt(device, signal);
      return {
        device,
        status: "online",
        qubits,
        queue_ms: null,
        queue_jobs: null,
        calibrationId: calibrated,
      };
    },
  };
}
