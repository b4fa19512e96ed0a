/** Sampling molecules in worker threads. */
import { Worker } from "node:worker_threads";
import { abortError, DomainError } from "#shared/errors.ts";
import type { BackendName } from "./backend.ts";
import type { DrawingRules } from "./choose-token.ts";
import type { GenerationModel } from "./model.ts";
import type { SampleMessage, SampleTask } from "./sample-protocol.ts";
import type { Sample } from "./sampler.ts";

export interface SampleOptions extends DrawingRules {
  /** How many molecules. */
  count: number;
  /** Index of the first molecule, 0 unless told: a long run can be taken in pieces. */
  first?: number | undefined;
  /** Unsigned 32-bit; the same seed gives the same molecules on the same backend. */
  seed: number;
  /** Draw only tokens that a SMILES grammar with valences and Kekulé structures accepts; `nll` stays that of the model alone. */
  constrained?: boolean | undefined;
  /** Rows a thread computes side by side. */
  batchSize?: number | undefined;
  /** Threads; each takes every n-th molecule. */
  workers?: number | undefined;
}

export interface SampleControl {
  signal?: AbortSignal | undefined;
  /** Told once which backend computes. */
  onBackend?: ((backend: BackendName) => void) | undefined;
}

const BATCH_SIZE = 256;
/** Below this a second thread costs more to start than it saves. */
const WORTH_A_SECOND_WORKER = 512;

/**
 * Streams molecules from a model in the order of their index, as they are finished.
 *
 * Molecule i depends on the model, the seed, the drawing rules and i alone: not on count, batch size or the number of workers.
 * @throws DomainError invalid-input for options out of range, worker-died when a thread ends early; AbortError when cancelled
 */
export async function* sampleMolecules(
  model: GenerationModel,
  options: SampleOptions,
  { signal, onBackend }: SampleControl = {},
): AsyncGenerator<Sample, void, undefined> {
  checkOptions(options);
  signal?.throwIfAborted();
  const { count, first = 0, workers = count < WORTH_A_SECOND_WORKER ? 1 : 2 } = options;
  const cancel = new SharedArrayBuffer(4);
  const queue = new MessageQueue();
  const stop = () => queue.fail(signal?.reason ?? abortError());
  signal?.addEventListener("abort", stop, { once: true });
  const threads = Array.from({ length: workers }, (_, place) =>
    startWorker({ ...taskOf(model, options), first: first + place, stride: workers, cancel }, queue),
  );
  try {
    yield* inOrder(queue, { first, workers, onBackend });
  } finally {
    signal?.removeEventListener("abort", stop);
    Atomics.store(new Int32Array(cancel), 0, 1);
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

function checkOptions({
  count,
  first = 0,
  seed,
  temperature,
  topP = 1,
  topK = 1,
  batchSize = 1,
  workers = 1,
}: SampleOptions) {
  const rules: [string, number, boolean, string][] = [
    ["count", count, Number.isInteger(count) && count >= 0, "a whole number, 0 or more"],
    ["first", first, Number.isInteger(first) && first >= 0, "a whole number, 0 or more"],
    [
      "seed",
      seed,
      Number.isInteger(seed) && seed >= 0 && seed <= 0xffffffff,
      "a whole number, 0 to 4294967295",
    ],
    ["temperature", temperature, temperature > 0 && temperature < 100, "a number above 0 and below 100"],
    ["topP", topP, topP > 0 && topP <= 1, "a number above 0, at most 1"],
    ["topK", topK, Number.isInteger(topK) && topK >= 1, "a whole number, 1 or more"],
    [
      "batchSize",
      batchSize,
      Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= 8192,
      "a whole number, 1 to 8192",
    ],
    [
      "workers",
      workers,
      Number.isInteger(workers) && workers >= 1 && workers <= 64,
      "a whole number, 1 to 64",
    ],
  ];
  for (const [name, value, good, expected] of rules)
    if (!good)
      throw new DomainError("invalid-input", `${name}: expected ${expected}, got ${value}.`, { name, value });
}

const taskOf = (
  model: GenerationModel,
  options: SampleOptions,
): Omit<SampleTask, "first" | "stride" | "cancel"> => ({
  weights: model.weights.all.buffer,
  vocabulary: model.vocabulary.tokens,
  hidden: model.weights.hidden,
  maxTokens: model.card.architecture.maxTokens,
  rules: { temperature: options.temperature, topP: options.topP, topK: options.topK },
  seed: options.seed,
  batchSize: options.batchSize ?? BATCH_SIZE,
  count: (options.first ?? 0) + options.count,
  prompt: undefined,
  constrained: options.constrained ?? false,
});

function startWorker(task: SampleTask, queue: MessageQueue): Worker {
  const worker = new Worker(new URL("./sample-worker.ts", import.meta.url), { workerData: task });
  let finished = false;
  worker.on("message", (message: SampleMessage) => {
    finished ||= message.type === "done";
    queue.push(message);
  });
  worker.on("error", (error) => queue.fail(error));
  worker.on("exit", (code) => {
    if (!finished) queue.fail(threadDied(code));
  });
  return worker;
}

const threadDied = (code: number) =>
  new DomainError(
    "worker-died",
    `A sampling thread ended early (exit code ${code}). Start again; if it happens again, use a smaller batch.`,
    { code },
  );

/** Messages of the workers, awaited one by one; after `fail` the rest is dropped. */
class MessageQueue {
  #messages: SampleMessage[] = [];
  #failure: { error: unknown } | undefined;
  #wake: (() => void) | undefined;

  push(message: SampleMessage) {
    this.#messages.push(message);
    this.#wake?.();
  }

  fail(error: unknown) {
    this.#failure ??= { error };
    this.#wake?.();
  }

  async next(): Promise<SampleMessage> {
    for (;;) {
      const isAborted = this.#failure?.error instanceof DOMException;
      const message = isAborted ? undefined : this.#messages.shift();
      if (message !== undefined) return message;
      if (this.#failure) throw this.#failure.error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

async function* inOrder(
  queue: MessageQueue,
  { first, workers, onBackend }: Pick<SampleControl, "onBackend"> & { first: number; workers: number },
) {
  const early = new Map<number, Sample>();
  let next = first;
  let told = false;
  for (let running = workers; running > 0; ) {
    const message = await queue.next();
    if (message.type === "ready" && !told) {
      told = true;
      onBackend?.(message.backend);
    } else if (message.type === "samples") {
      for (const sample of message.samples) early.set(sample.index, sample);
      for (let sample = early.get(next); sample; sample = early.get(++next)) {
        early.delete(next);
        yield sample;
      }
    } else if (message.type === "done") running--;
  }
}
