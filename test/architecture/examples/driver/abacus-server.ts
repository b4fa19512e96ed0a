/** The toy provider on loopback, with a queue, a clock and a bill; faults come from provider-server.ts. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import {
  checked,
  jsonBody,
  type ProviderProtocol,
  type Reply,
  type ServerOptions,
  serveProtocol,
} from "../../../../src/qpu-server/provider-server.ts";
import { readBits, readProgram } from "../../../../src/qpu-server/qasm3-program.ts";
import { createQueue, type QueuedJob } from "../../../../src/qpu-server/queue.ts";

const SHOT_USD = 0.01;
const DIALECT = { gates: { x: "x", cx: "cx" }, includes: true, isPhysical: false } as const;
const Body = z.strictObject({
  name: z.string().regex(/^[0-9a-f]{64}$/),
  device: z.literal("beads-1"),
  shots: z.number().int().min(1).max(10_000),
  program: z.string(),
});

interface Job extends QueuedJob {
  readonly body: z.infer<typeof Body>;
}

const STATES = {
  waiting: "queued",
  running: "running",
  canceled: "cancelled",
  failed: "failed",
  done: "done",
} as const;
const ROUTES: ProviderProtocol["routes"] = [
  ["POST", /^\/jobs$/, "submit"],
  ["GET", /^\/jobs$/, "list"],
  ["GET", /^\/jobs\/([^/]+)$/, "poll"],
  ["GET", /^\/jobs\/([^/]+)\/counts$/, "results"],
  ["GET", /^\/jobs\/([^/]+)\/bill$/, "cost"],
  ["PUT", /^\/jobs\/([^/]+)\/cancel$/, "cancel"],
  ["GET", /^\/devices\/([^/]+)$/, "calibration"],
];
const refuse = (status: number, message: string): Reply => ({ status, body: { message } });
const ok = (body: object, status = 200): Reply => ({ status, body });

function countsOf({ body: { program, shots } }: Job, seed: number): Record<string, number> {
  const { circuit, measured } = readProgram(program, DIALECT);
  const counts: Record<string, number> = {};
  for (const state of readBits(sampleCircuit(circuit, new Float64Array(), { shots, seed }), measured)) {
    const bits = measured.map((_, bit) => (state >>> bit) & 1).join("");
    counts[bits] = (counts[bits] ?? 0) + 1;
  }
  return counts;
}

/** Starts the server on 127.0.0.1. */
export async function serveAbacus(options: ServerOptions) {
  const { clock = () => new Date(), queue_ms = 0, run_ms = 0 } = options;
  const queue = createQueue<Job>({ clock, queue_ms, run_ms });
  const { jobs, stateOf } = queue;
  const withJob = (id: string, answer: (job: Job) => Reply): Reply => {
    const job = jobs.find((one) => one.id === id);
    return job ? answer(job) : refuse(404, "There is no such job.");
  };
  const doors: ProviderProtocol["doors"] = {
    submit: ({ body: text, fault }) => {
      const found = checked(Body, jsonBody(text));
      if (!("data" in found)) return refuse(400, found.message);
      const { name, shots } = found.data;
      const failure = fault?.kind === "fails" ? { code: fault.code, message: "injected" } : null;
      const made = { submitted: clock(), cost: shots * SHOT_USD, fault, failure, canceled: false };
      jobs.push({ id: randomUUID(), name, body: found.data, ...made });
      return ok({ id: jobs.at(-1)?.id }, 201);
    },
    list: ({ query }) =>
      ok({ ids: jobs.filter(({ name }) => name === query.get("name")).map(({ id }) => id) }),
    poll: ({ id }) =>
      withJob(id, (job) => ok({ state: STATES[stateOf(job)], reason: job.failure?.message ?? null })),
    results: ({ id }) =>
      withJob(id, (job) =>
        stateOf(job) === "done" ? ok(countsOf(job, jobs.indexOf(job) + 1)) : refuse(404, "Not yet."),
      ),
    cost: ({ id }) =>
      withJob(id, (job) => {
        const state = stateOf(job);
        const isTold = state !== "waiting" && state !== "running" && job.fault?.kind !== "unbilled";
        return ok({ usd: isTold ? (state === "done" ? job.cost : 0) : null });
      }),
    cancel: ({ id }) =>
      withJob(id, (job) => {
        if (stateOf(job) !== "waiting") return refuse(409, "It can no longer be cancelled.");
        job.canceled = true;
        return ok({});
      }),
    calibration: () => ok({ qubits: 8, misreads: 0, calibrated: "2026-11-30" }),
  };
  const deny: ProviderProtocol["deny"] = ({ headers }, key) =>
    key !== null && headers.authorization === `Bearer ${key}`
      ? undefined
      : refuse(401, "The key is not valid.");
  const server = await serveProtocol({ routes: ROUTES, doors, refuse, deny }, options);
  return { ...server, jobs, charged: queue.charged, place: { baseUrl: server.origin } };
}
