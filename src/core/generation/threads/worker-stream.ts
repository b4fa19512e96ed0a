/** Messages of worker threads as an async stream. */
import { Worker } from "node:worker_threads";
import { DomainError } from "#shared/errors.ts";
import { THREAD_LIMITS } from "./thread-limits.ts";

/** The last message of every thread. */
export interface Done {
  type: "done";
}

interface WorkerJob {
  /** Entry file: `new URL("./x-worker.ts", import.meta.url)`. */
  entry: URL;
  /** What each thread is given as workerData; one thread a task. */
  tasks: readonly object[];
  /** One Int32 that the threads poll; set to 1 when the stream is left. */
  cancel: SharedArrayBuffer;
  signal?: AbortSignal | undefined;
}

/**
 * Starts the threads, yields what they post until each has posted `done`, and ends them however the stream is left.
 * @throws AbortError when the signal fires; DomainError worker-died when a thread ends without `done`; what a thread throws
 */
export async function* workerStream<Message extends { type: string }>(
  job: WorkerJob,
): AsyncGenerator<Exclude<Message, Done>, void, undefined> {
  const { signal } = job;
  signal?.throwIfAborted();
  const queue = new MessageQueue<Message>();
  const stop = () => queue.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const threads = job.tasks.map((task) => startThread(job.entry, task, queue));
  try {
    for (let running = threads.length; running > 0; ) {
      const message = await queue.next();
      if (message.type === "done") running--;
      else yield message as Exclude<Message, Done>;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    Atomics.store(new Int32Array(job.cancel), 0, 1);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function startThread<Message extends { type: string }>(
  entry: URL,
  task: object,
  queue: MessageQueue<Message>,
): Worker {
  const thread = new Worker(entry, { workerData: task, resourceLimits: THREAD_LIMITS });
  let done = false;
  thread.on("message", (message: Message) => {
    done ||= message.type === "done";
    queue.push(message);
  });
  thread.on("error", (error) => queue.fail(error));
  thread.on("exit", (code) => {
    if (!done) queue.fail(threadDied(code));
  });
  return thread;
}

const threadDied = (code: number) =>
  new DomainError(
    "worker-died",
    `A generator thread ended early (exit code ${code}). Start again; if it happens again, use a smaller batch.`,
    { code },
  );

/** A failure comes after the messages before it, an abort at once. */
class MessageQueue<Message> {
  #messages: Message[] = [];
  #failure: { error: unknown } | undefined;
  #wake: (() => void) | undefined;

  push(message: Message) {
    this.#messages.push(message);
    this.#wake?.();
  }

  fail(error: unknown) {
    this.#failure ??= { error };
    this.#wake?.();
  }

  abort(error: unknown) {
    this.#messages = [];
    this.#failure = { error };
    this.#wake?.();
  }

  async next(): Promise<Message> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      if (this.#failure) throw this.#failure.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
