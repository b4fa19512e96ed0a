/**
 * Entry of a worker process: answers each request on standard input with a reply on standard output, until its input ends.
 * A request and a reply is a length (4 bytes, little-endian) and as many bytes of structured clone.
 *
 *     node process.ts RESOURCES THREADS
 */
import { Console } from "node:console";
import { argv, stderr, stdin, stdout } from "node:process";
import { frame, frames } from "../dispatch/frames.ts";
import type { WorkReply, WorkRequest } from "../dispatch/protocol.ts";
import { answer } from "./answer.ts";

// Standard output belongs to the replies.
globalThis.console = new Console(stderr);

const [resources, threads] = argv.slice(2);
if (resources === undefined || !(Number(threads) >= 1))
  throw new Error(`expected the folder of resources and a number of threads, got ${argv.slice(2).join(" ")}`);
const context = { resources, threads: Number(threads) };

for await (const message of frames(stdin)) {
  const { id, task, input } = message as WorkRequest;
  const reply: WorkReply = { id, ...(await answer(task, input, context)) };
  stdout.write(frame(reply));
}
