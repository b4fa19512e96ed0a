/**
 * Amazon Braket by AWS's own clients: circuits as OpenQASM 3, in a device's own gates where it takes them as they stand, one task a circuit, results from a bucket of yours. Documents from its
 * service model 2019-09-01 (@aws-sdk/client-braket) and from github.com/amazon-braket/amazon-braket-schemas-python, read 30 November 2026.
 */
import { createHash } from "node:crypto";
import type { GetQuantumTaskResponse } from "@aws-sdk/client-braket";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import type { BraketSettings } from "#shared/quantum/devices.ts";
import { type Circuit, cx, type Gate, h, isTwoQubit } from "../circuit/circuit.ts";
import { elementary } from "../circuit/circuit-ansatz.ts";
import { toQasm3 } from "../circuit/qasm3.ts";
import type { CircuitRun } from "../measurement/estimator.ts";
import { nativeQasm3 } from "../transpile/native-qasm3.ts";
import { type AwsClients, awsError, openAws, withoutKey } from "./aws-clients.ts";
import { deviceArn } from "./braket-devices.ts";
import { braketCounts } from "./braket-results.ts";
import { BraketCapabilities, readoutErrors, verbatimTarget } from "./braket-target.ts";
import { fittedCircuit } from "./fit-circuit.ts";
import { JOB_LIMITS } from "./job-limits.ts";
import { jobName } from "./job-name.ts";
import { gateCounts, onlyOf, requireShots, sizesOf } from "./job-size.ts";
import { medianMisreading } from "./median-misreading.ts";
import {
  type PreparedJob,
  type Provider,
  type ProviderAccess,
  ProviderError,
  type VendorStatus,
} from "./provider.ts";
import { parsedJson } from "./provider-http.ts";

/** Of one task at Amazon; most devices take fewer shots, and refuse more. */
const LIMITS = JOB_LIMITS.braket;
/** Without which shots have no spread. */
const LEAST_SHOTS = 2;
const POLL_MS = 1000;
/** Tasks of a page of the list, at most, and beyond so many pages nobody can say that there is no task of a name. */
const PAGE = 100;
const MAX_PAGES = 400;
/** In the bucket; says nothing of whose they are. */
const KEY_PREFIX = "tasks";
/** Whose value is a task's name. */
const TAG = "job";

/** Names in a task's document; the order is that in which the client writes them. */
const Task = z.strictObject({
  deviceArn: z.string(),
  shots: z.number(),
  outputS3Bucket: z.string(),
  outputS3KeyPrefix: z.string(),
  action: z.string(),
  clientToken: z.string(),
  tags: z.record(z.string(), z.string()),
});

/** Gates that every device's compiler knows: cnot, Rz and turns of one qubit. */
function common(gate: Gate): readonly Gate[] {
  if (gate.kind === "p") return [{ ...gate, kind: "rz" }];
  if (gate.kind !== "cz" || !isTwoQubit(gate)) return [gate];
  const [a, b] = gate.qubits;
  return [h(b), cx(a, b), h(b)];
}

/** The circuit at given parameters, up to a phase of the whole state; bit q of the register c is qubit q. */
export function braketProgram(circuit: Circuit, parameters: Float64Array): string {
  const gates = circuit.gates.flatMap(elementary).flatMap(common);
  return toQasm3({ ...circuit, gates }, parameters, { measure: true, dialect: "braket" });
}

interface Place {
  readonly attempt: number;
  readonly destination: string;
  readonly settings: BraketSettings;
}

/** The task but for its token and its tag, which are its name. */
function taskOf(
  { circuit, parameters, shots }: CircuitRun,
  device: string,
  { region, bucket }: BraketSettings,
  source = braketProgram(circuit, parameters),
) {
  const header = { name: "braket.ir.openqasm.program", version: "1" };
  const action = { braketSchemaHeader: header, source };
  return {
    deviceArn: deviceArn(device, region),
    shots,
    outputS3Bucket: bucket,
    outputS3KeyPrefix: KEY_PREFIX,
    action: JSON.stringify(action),
  };
}

function preparedJob(
  run: CircuitRun,
  device: string,
  { attempt, destination, settings }: Place,
): PreparedJob {
  const { circuit, shots } = run;
  requireShots(shots, LIMITS.shots, `a task on Amazon Braket takes at most ${LIMITS.shots}`);
  // Of the circuit before it is fitted to the device, whose errors may change while the task is the same.
  const asked = taskOf(run, device, settings);
  const name = jobName(asked, [run], { attempt, destination });
  const sizes = sizesOf([{ run, qubits: circuit.qubits, shots, gates: gateCounts(circuit) }]);
  return { ...{ name, question: null, device, most_s: null }, ...sizes };
}

function statusOf({ status, failureReason }: GetQuantumTaskResponse, secret: string): VendorStatus {
  if (status === "COMPLETED") return { state: "done" };
  if (status === "CANCELLED") return { state: "failed", reason: "it was cancelled", remedy: "fall-back" };
  if (status !== "FAILED") return { state: "waiting", pollAfter_ms: POLL_MS };
  const said = failureReason ? `: ${withoutKey(failureReason, secret)}` : "";
  return { state: "failed", reason: `the task failed${said}`, remedy: "fall-back" };
}

/** Misreading of the median qubit; which way is not told. */
const misreading = (capabilities: BraketCapabilities): number =>
  medianMisreading(readoutErrors(capabilities).map(([, error]) => error));

/** Network is used when a method is called, and not before. */
export function openBraket({
  baseUrl,
  braket,
  secret,
  clock,
  fitCircuit = fittedCircuit,
}: ProviderAccess): Provider {
  const settings = (): BraketSettings => {
    if (braket) return braket;
    throw new DomainError("backend-unavailable", "braket is not enabled. Run `ansatz qpu enable braket`.");
  };
  // A bucket is of one account, whose tasks are its own.
  const destination = braket ? `${baseUrl}#${braket.bucket}` : baseUrl;
  let opened: Promise<AwsClients> | undefined;
  const call = async <T>(ask: (aws: AwsClients) => Promise<T>): Promise<T> => {
    const { region, s3Url: s3 } = settings();
    try {
      opened ??= openAws({ region, endpoints: { braket: baseUrl, s3 }, secret });
      return await ask(await opened);
    } catch (error) {
      throw awsError(error, secret());
    }
  };
  const signalled = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {});
  const arnOf = (device: string): string => deviceArn(device, settings().region);
  const ofDevice = (device: string) => ({
    ...{ name: "deviceArn", operator: "EQUAL" as const },
    values: [arnOf(device)],
  });
  const taskAt = (quantumTaskArn: string, signal?: AbortSignal) =>
    call(async ({ braket: client }) => {
      const { GetQuantumTaskCommand } = await import("@aws-sdk/client-braket");
      return client.send(new GetQuantumTaskCommand({ quantumTaskArn }), signalled(signal));
    });
  const deviceAt = (device: string, signal?: AbortSignal) =>
    call(async ({ braket: client }) => {
      const { GetDeviceCommand } = await import("@aws-sdk/client-braket");
      const found = await client.send(new GetDeviceCommand({ deviceArn: arnOf(device) }), signalled(signal));
      const { data } = BraketCapabilities.safeParse(parsedJson(String(found.deviceCapabilities ?? "")));
      if (!data) throw new ProviderError("look-up", "properties that are not whole or not as documented");
      return { ...found, capabilities: data };
    });
  return {
    name: "braket",
    destination,
    limits: LIMITS,
    prepare: (runs, { device, attempt }) =>
      preparedJob(onlyOf(runs), device, { attempt, destination, settings: settings() }),
    quote: async () => {
      throw new Error("Amazon Braket tells no price of a task");
    },
    async headroom(jobs, cost_usd, signal) {
      const [job] = jobs;
      if (!job) return undefined;
      const { service } = (await deviceAt(job.device, signal)).capabilities;
      const [fewest, most] = service?.shotsRange ?? [1, LIMITS.shots];
      const beyond = jobs.find(({ shots }) => shots < fewest || shots > most);
      if (beyond)
        return `${job.device} takes ${fewest} to ${most} shots a task, and ${beyond.shots} were asked for`;
      const filter = ofDevice(job.device);
      const { spendingLimits = [] } = await call(async ({ braket: client }) => {
        const { SearchSpendingLimitsCommand } = await import("@aws-sdk/client-braket");
        try {
          return await client.send(new SearchSpendingLimitsCommand({ filters: [filter] }), signalled(signal));
        } catch (error) {
          // A key that may not look at limits may still make tasks, and the limit holds there.
          if (error instanceof Error && error.name === "AccessDeniedException") return { spendingLimits: [] };
          throw error;
        }
      });
      const now = clock();
      const left = spendingLimits
        .filter(({ timePeriod: t }) => (t?.startAt ?? now) <= now && now <= (t?.endAt ?? now))
        .map((one) => Number(one.spendingLimit) - Number(one.queuedSpend) - Number(one.totalSpend))
        .filter(Number.isFinite);
      const least = Math.min(...left);
      if (cost_usd <= least) return undefined;
      return `the spending limit at Amazon Braket leaves ${least.toFixed(2)} USD, and it would cost ${cost_usd.toFixed(2)}`;
    },
    async target({ device, qubits }, signal) {
      const target = verbatimTarget(device, (await deviceAt(device, signal)).capabilities);
      if (target?.map && target.map.qubits < qubits)
        throw new ProviderError(
          "fall-back",
          `${device} has ${target.map.qubits} coupled qubits, and ${qubits} are needed`,
        );
      return target;
    },
    async write({ name, circuits, device }, target, signal) {
      const { run } = onlyOf(circuits);
      const { circuit, parameters } = run;
      const source = target && nativeQasm3(await fitCircuit({ circuit, parameters, target }, signal));
      const task = taskOf(run, device, settings(), source);
      return JSON.stringify({ ...task, clientToken: name, tags: { [TAG]: name } });
    },
    async send({ name }, body, signal) {
      const task = Task.parse(parsedJson(body));
      return call(async ({ braket: client, tls, expect }) => {
        const { CreateQuantumTaskCommand } = await import("@aws-sdk/client-braket");
        expect(name, body);
        const { quantumTaskArn: id } = await client.send(
          new CreateQuantumTaskCommand(task),
          signalled(signal),
        );
        if (!id) throw new ProviderError("look-up", "a task without a name");
        return { id, tls: tls() };
      });
    },
    async find({ name, device }, signal) {
      let nextToken: string | undefined;
      const filter = ofDevice(device);
      for (let page = 0; page < MAX_PAGES; page++) {
        const asked = { filters: [filter], maxResults: PAGE, ...(nextToken && { nextToken }) };
        const found = await call(async ({ braket: client }) => {
          const { SearchQuantumTasksCommand } = await import("@aws-sdk/client-braket");
          return client.send(new SearchQuantumTasksCommand(asked), signalled(signal));
        });
        const task = found.quantumTasks?.find(({ tags }) => tags?.[TAG] === name);
        if (task?.quantumTaskArn) return task.quantumTaskArn;
        nextToken = found.nextToken;
        if (!nextToken) return null;
      }
      throw new ProviderError("stop", `more than ${MAX_PAGES * PAGE} tasks: not all can be looked through`);
    },
    poll: async (id, signal) => statusOf(await taskAt(id, signal), secret()),
    async fetch(id, job, signal) {
      const { outputS3Directory: folder, numSuccessfulShots = job.shots } = await taskAt(id, signal);
      // What ran is paid for and used; of fewer nobody could say how they spread.
      const shots = Math.min(numSuccessfulShots, job.shots);
      if (shots < Math.min(LEAST_SHOTS, job.shots))
        throw new ProviderError("fall-back", `of ${job.shots} shots ${shots} were successful`);
      const { bucket } = settings();
      const text = await call(async ({ s3 }) => {
        const { GetObjectCommand } = await import("@aws-sdk/client-s3");
        const object = new GetObjectCommand({ Bucket: bucket, Key: `${folder}/results.json` });
        return (await s3.send(object, signalled(signal))).Body?.transformToString();
      });
      const counts = braketCounts(parsedJson(text ?? ""), { qubits: job.qubits, shots });
      if (!counts) throw new ProviderError("look-up", "results that are not whole");
      return [counts];
    },
    async bill(id, signal) {
      const { status, numSuccessfulShots: shots } = await taskAt(id, signal);
      if (status === "COMPLETED") return shots === undefined ? null : { value: shots, unit: "shots" };
      // One that is being cancelled, or was just now and does not say so yet, may still run and cost.
      if (status !== "FAILED" && status !== "CANCELLED")
        throw new ProviderError("retry", `the task has not ended: ${status}`);
      // AWS's own tracker of costs counts those as free; what is charged of shots that ran in one is not told.
      return shots ? null : { value: 0, unit: "usd" };
    },
    async cancel(quantumTaskArn, signal) {
      const clientToken = createHash("sha256").update(`cancel ${quantumTaskArn}`).digest("hex");
      await call(async ({ braket: client }) => {
        const { CancelQuantumTaskCommand } = await import("@aws-sdk/client-braket");
        return client.send(new CancelQuantumTaskCommand({ quantumTaskArn, clientToken }), signalled(signal));
      });
    },
    async calibration(device, signal) {
      const { capabilities } = await deviceAt(device, signal);
      const error = misreading(capabilities);
      return { id: capabilities.service?.updatedAt ?? null, readout01: error, readout10: error };
    },
    async status(device, signal) {
      const { deviceStatus = "unknown", deviceQueueInfo, capabilities } = await deviceAt(device, signal);
      const queue = deviceQueueInfo?.find((one) => one.queue === "QUANTUM_TASKS_QUEUE")?.queueSize;
      // "10", or ">4000" where there are more than it counts.
      const waiting = Number(queue?.replace(/^>/, "") ?? Number.NaN);
      return {
        ...{ device, status: deviceStatus.toLowerCase(), qubits: capabilities.paradigm.qubitCount },
        queue_ms: null,
        queue_jobs: Number.isFinite(waiting) ? waiting : null,
        calibrationId: capabilities.service?.updatedAt ?? null,
      };
    },
  };
}
