/**
 * A pool of worker threads, each doing one task at a time. A task is stopped through the control block that its thread
 * shares with native code; a thread that does not heed it, or dies, is replaced.
 */
import { Worker } from "node:worker_threads";
import {
  type ControlBlock,
  createControlBlock,
  readIterations,
  requestCancel,
} from "#core/quantum/control-block.ts";
import { abortError, DomainError, messageOf } from "#shared/errors.ts";
import type { TaskContext } from "../dispatch/context.ts";
import type { Dispatcher, RunOptions } from "../dispatch/dispatcher.ts";
import { outputOf, type WorkFound, type WorkReply, type WorkRequest } from "../dispatch/protocol.ts";
import type { TaskInput, TaskName, TaskOutput } from "../dispatch/tasks.ts";

interface PoolOptions {
  size: number;
  entry: URL;
  resources: string;
}

/** How long a task may take to heed its cancellation before its thread is ended. */
const GRACE_MS = 2000;
/** How often progress is told. */
const POLL_MS = 250;

interface Thread {
  worker: Worker;
  control: ControlBlock;
}

type Take = (thread: Thread) => void;

/** Resolves with the next thread that is handed over; an abort gives up the place in the queue. */
function waitFor(queue: Take[], signal: AbortSignal | undefined): Promise<Thread> {
  return new Promise((resolve, reject) => {
    const take: Take = (thread) => {
      signal?.removeEventListener("abort", leave);
      resolve(thread);
    };
    const leave = (): void => {
      queue.splice(queue.indexOf(take), 1);
      reject(abortError());
    };
    signal?.addEventListener("abort", leave, { once: true });
    queue.push(take);
  });
}

export function createThreadPool({ size, entry, resources }: PoolOptions): Dispatcher {
  const idle: Thread[] = [];
  const queue: Take[] = [];
  const threads = new Set<Thread>();
  let nextId = 1;

  /** Native code hears of nothing else, and a process that ends waits for it. */
  const cancelAll = (): void => {
    for (const { control } of threads) requestCancel(control);
  };
  process.on("exit", cancelAll);

  const start = (): Thread => {
    const control = createControlBlock();
    const workerData: TaskContext = { resources, control, threads: size };
    const thread = { worker: new Worker(entry, { workerData, stdout: true }), control };
    // Standard output belongs to the documents and replies of who has the pool.
    thread.worker.stdout.on("data", (text: Buffer) => process.stderr.write(text));
    threads.add(thread);
    thread.worker.on("error", () => threads.delete(thread));
    thread.worker.on("exit", () => {
      threads.delete(thread);
      const place = idle.indexOf(thread);
      if (place >= 0) idle.splice(place, 1);
    });
    return thread;
  };
  const acquire = async (signal: AbortSignal | undefined): Promise<Thread> => {
    signal?.throwIfAborted();
    const ready = idle.pop();
    if (ready) return ready;
    return threads.size < size ? start() : waitFor(queue, signal);
  };
  const release = (thread: Thread): void => {
    const take = queue.shift();
    const alive = threads.has(thread);
    if (take) take(alive ? thread : start());
    else if (alive) idle.push(thread);
  };
  return {
    async run<Name extends TaskName>(task: Name, input: TaskInput<Name>, options: RunOptions<Name> = {}) {
      const thread = await acquire(options.signal);
      try {
        const { measured } = options;
        return await perform(thread, { id: nextId++, task, input, measured }, options);
      } finally {
        release(thread);
      }
    },
    async [Symbol.asyncDispose]() {
      cancelAll();
      process.off("exit", cancelAll);
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}

/** Sends one task to a thread and waits for its reply, its death or, once cancelled, the end of its grace. */
function perform<Name extends TaskName>(
  { worker, control }: Thread,
  request: WorkRequest<Name>,
  { signal, onProgress, onFound }: RunOptions<Name>,
): Promise<TaskOutput<Name>> {
  control.fill(0);
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const poll = onProgress && setInterval(() => onProgress(readIterations(control)), POLL_MS);
    const settle = (end: () => void): void => {
      clearTimeout(grace);
      clearInterval(poll);
      signal?.removeEventListener("abort", cancel);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      end();
    };
    const cancel = (): void => {
      requestCancel(control);
      grace = setTimeout(() => void worker.terminate(), GRACE_MS);
    };
    const onMessage = (reply: WorkReply<Name> | WorkFound<Name>): void => {
      if (reply.id !== request.id) return;
      if ("found" in reply) {
        onFound?.(reply.found);
        return;
      }
      settle(() => {
        try {
          resolve(outputOf(reply));
        } catch (error) {
          reject(error);
        }
      });
    };
    const died = (reason: string): void =>
      settle(() => reject(signal?.aborted ? abortError() : threadDied(request.task, reason)));
    const onError = (error: unknown): void => died(messageOf(error));
    const onExit = (code: number): void => died(`exit code ${code}`);
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    signal?.addEventListener("abort", cancel, { once: true });
    if (signal?.aborted) cancel();
    worker.postMessage(request);
  });
}

const threadDied = (task: string, reason: string): DomainError =>
  new DomainError(
    "worker-died",
    `The thread that was to ${task} ended before it was done (${reason}). Other molecules are not affected.`,
    { task, reason },
  );
