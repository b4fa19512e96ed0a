/**
 * A pool of worker threads, each doing one task at a time. A task is stopped through the control block that its thread
 * shares with native code; a thread that does not heed it, or dies, is replaced.
 */
import { Worker } from "node:worker_threads";
import { abortError, DomainError, messageOf } from "#shared/errors.ts";
import { CONTROL, type ControlBlock, createControl } from "./control.ts";
import type { WorkError, WorkerSetup, WorkReply, WorkRequest } from "./protocol.ts";

interface PoolOptions {
  size: number;
  entry: URL;
  resources: string;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
  /** Called every POLL_MS while the task runs. */
  onProgress?: ((control: ControlBlock) => void) | undefined;
}

export interface Pool extends AsyncDisposable {
  /** @throws AbortError; DomainError worker-died; what the task throws */
  run<Output>(task: string, input: unknown, options?: RunOptions): Promise<Output>;
}

/** How long a task may take to heed its cancellation before its thread is ended. */
const GRACE_MS = 2000;
const POLL_MS = 250;

interface Thread {
  worker: Worker;
  control: ControlBlock;
}

interface Waiting {
  take: (thread: Thread) => void;
}

export function createPool({ size, entry, resources }: PoolOptions): Pool {
  const idle: Thread[] = [];
  const waiting: Waiting[] = [];
  const threads = new Set<Thread>();
  let nextId = 1;

  /** Native code hears of nothing else, and a process that ends waits for it. */
  const cancelAll = (): void => {
    for (const { control } of threads) Atomics.store(control, CONTROL.cancel, 1);
  };
  process.on("exit", cancelAll);

  const start = (): Thread => {
    const control = createControl();
    const workerData: WorkerSetup = { resources, control, threads: size };
    const thread = { worker: new Worker(entry, { workerData }), control };
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
    if (threads.size < size) return start();
    return new Promise((resolve, reject) => {
      const place: Waiting = {
        take: (thread) => {
          signal?.removeEventListener("abort", leave);
          resolve(thread);
        },
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(place), 1);
        reject(abortError());
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.push(place);
    });
  };
  const release = (thread: Thread): void => {
    const next = waiting.shift();
    const alive = threads.has(thread);
    if (next) next.take(alive ? thread : start());
    else if (alive) idle.push(thread);
  };
  return {
    async run<Output>(task: string, input: unknown, options: RunOptions = {}): Promise<Output> {
      const thread = await acquire(options.signal);
      try {
        return (await perform(thread, { id: nextId++, task, input }, options)) as Output;
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
function perform(
  { worker, control }: Thread,
  request: WorkRequest,
  { signal, onProgress }: RunOptions,
): Promise<unknown> {
  control.fill(0);
  return new Promise((resolve, reject) => {
    let grace: NodeJS.Timeout | undefined;
    const poll = onProgress && setInterval(() => onProgress(control), POLL_MS);
    const settle = (end: () => void): void => {
      clearTimeout(grace);
      clearInterval(poll);
      signal?.removeEventListener("abort", cancel);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      end();
    };
    const cancel = (): void => {
      Atomics.store(control, CONTROL.cancel, 1);
      grace = setTimeout(() => void worker.terminate(), GRACE_MS);
    };
    const onMessage = (reply: WorkReply): void => {
      if (reply.id !== request.id) return;
      if (reply.outcome === "done") settle(() => resolve(reply.output));
      else settle(() => reject(revive(reply.error)));
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

function revive(error: WorkError): Error {
  switch (error.type) {
    case "domain":
      return new DomainError(error.code, error.message, error.data);
    case "abort":
      return abortError();
    case "bug": {
      const bug = new Error(error.message);
      bug.stack = error.stack;
      return bug;
    }
    default:
      return error satisfies never;
  }
}
