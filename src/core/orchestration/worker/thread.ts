/** Entry of a pool thread: does one task after the other until the pool ends it. */
import { parentPort, workerData } from "node:worker_threads";
import { ShotsAtHand } from "#core/quantum/measurement/at-hand.ts";
import type { TaskContext } from "../dispatch/context.ts";
import type { WorkReply, WorkRequest } from "../dispatch/protocol.ts";
import { answer } from "./answer.ts";

const port = parentPort;
if (!port) throw new Error("worker/thread.ts is started as a worker thread");
const context = workerData as TaskContext;

port.on("message", async ({ id, task, input, measured = [] }: WorkRequest) => {
  const tell = (found: unknown): void => port.postMessage({ id, found });
  const shots = new ShotsAtHand(measured);
  const reply: WorkReply = { id, ...(await answer(task, input, { ...context, shots, tell })) };
  port.postMessage(reply);
});
