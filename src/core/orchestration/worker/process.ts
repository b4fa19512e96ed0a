/**
 * Entry of a worker process: says that it is ready, then answers each request on standard input with a reply on standard output, until
 * its input ends, and with it what is under way: who asked is gone. Each of these is a length (4 bytes, little-endian) and as many bytes
 * of structured clone.
 *
 *     node process.ts RESOURCES THREADS
 */
import { Console } from "node:console";
import { argv, kill, pid, stderr, stdin, stdout } from "node:process";
import { frame, frames } from "../dispatch/frames.ts";
import { type Answer, portable, type WorkReply, type WorkRequest } from "../dispatch/protocol.ts";
import { createThreadPool } from "../threads/pool.ts";
import { THREAD_ENTRY } from "./entries.ts";

// Standard output belongs to the replies; what the pool's threads write goes to standard error too.
globalThis.console = new Console(stderr);

const [resources, threads] = argv.slice(2);
if (resources === undefined || !(Number(threads) >= 1))
  throw new Error(`expected the folder of resources and a number of threads, got ${argv.slice(2).join(" ")}`);
// Work in a thread leaves this one free to hear that its input has ended.
const pool = createThreadPool({ size: Number(threads), entry: THREAD_ENTRY, resources });

async function reply({ id, task, input, measured }: WorkRequest): Promise<void> {
  const answer = await pool.run(task, input, { measured }).then(
    (output): Answer => ({ outcome: "done", output }),
    (error: unknown): Answer => ({ outcome: "failed", error: portable(error) }),
  );
  const said: WorkReply = { id, ...answer };
  stdout.write(frame(said));
}

stdout.write(frame("ready"));
for await (const message of frames(stdin)) void reply(message as WorkRequest);
// Not exit, which waits for a thread that sits in native code.
kill(pid, "SIGKILL");
