/** A worker thread that answers requests one after another. */
import assert from "node:assert/strict";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { DomainError } from "#shared/errors.ts";
import { THREAD_LIMITS } from "./thread-limits.ts";

/** What the thread does with a request. */
export type Responder<Request, Reply> = (request: Request) => Reply;

export interface Thread<Request, Reply> extends AsyncDisposable {
  /** Rejects with worker-died when the thread has ended, with AbortError when the signal fires; the thread is ended then. */
  ask(request: Request): Promise<Reply>;
}

/** Starts a thread on an entry file that calls `serveThread`. */
export function openThread<Request, Reply>(
  entry: URL,
  data: object,
  signal?: AbortSignal | undefined,
): Thread<Request, Reply> {
  const worker = new Worker(entry, { workerData: data, resourceLimits: THREAD_LIMITS });
  let failure: unknown;
  let waiting: { resolve: (reply: Reply) => void; reject: (error: unknown) => void } | undefined;
  const fail = (error: unknown) => {
    failure ??= error;
    waiting?.reject(failure);
    waiting = undefined;
  };
  const abort = () => {
    fail(signal?.reason);
    void worker.terminate();
  };
  worker.on("message", (reply: Reply) => {
    waiting?.resolve(reply);
    waiting = undefined;
  });
  worker.on("error", fail);
  worker.on("exit", (code) =>
    fail(new DomainError("worker-died", `A generator thread ended early (exit code ${code}).`, { code })),
  );
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  return {
    ask(request) {
      assert(!waiting, "one request at a time");
      return new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        waiting = { resolve, reject };
        worker.postMessage(request);
      });
    },
    async [Symbol.asyncDispose]() {
      signal?.removeEventListener("abort", abort);
      await worker.terminate();
    },
  };
}

/** In the thread: makes the answering function of its data, then answers every request. */
export async function serveThread<Data, Request, Reply>(
  start: (data: Data) => Promise<Responder<Request, Reply>>,
): Promise<void> {
  assert(parentPort, "serveThread runs in a worker thread");
  const port = parentPort;
  const answer = await start(workerData as Data);
  port.on("message", (request: Request) => port.postMessage(answer(request)));
}
