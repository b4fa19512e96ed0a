/** Entry of a pool thread: does one task after the other until the pool ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { DomainError, isAbort, toError } from "#shared/errors.ts";
import type { WorkError, WorkerSetup, WorkReply, WorkRequest } from "../threads/protocol.ts";
import { TASKS, type TaskName } from "./tasks.ts";

const port = parentPort;
if (!port) throw new Error("work-worker is started as a worker thread");
const setup = workerData as WorkerSetup;

function portable(error: unknown): WorkError {
  if (error instanceof DomainError) {
    return { type: "domain", code: error.code, message: error.message, data: error.data };
  }
  if (isAbort(error)) return { type: "abort" };
  const bug = toError(error);
  return { type: "bug", message: bug.message, stack: bug.stack ?? bug.message };
}

async function answer({ id, task, input }: WorkRequest): Promise<WorkReply> {
  try {
    const run = TASKS[task as TaskName] as (input: unknown, context: WorkerSetup) => Promise<unknown>;
    return { id, outcome: "done", output: await run(input, setup) };
  } catch (error) {
    return { id, outcome: "failed", error: portable(error) };
  }
}

port.on("message", (request: WorkRequest) => void answer(request).then((reply) => port.postMessage(reply)));
