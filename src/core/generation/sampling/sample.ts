/** Sampling molecules in worker threads. */
import { DomainError } from "#shared/errors.ts";
import type { GenerationModel } from "../network/model.ts";
import type { TensorBackend } from "../network/tensor-backend.ts";
import { createTurns } from "../threads/turns.ts";
import { type Done, workerStream } from "../threads/worker-stream.ts";
import type { GivenUp, Sample } from "./batch-sampler.ts";
import type { DrawingRules } from "./choose-token.ts";
import type { PromptTemplate } from "./prompt.ts";
import type { SampleMessage, SampleTask } from "./protocol.ts";

export interface SampleOptions extends DrawingRules {
  /** How many molecules. */
  count: number;
  /** Index of the first molecule, 0 unless told: a long run can be taken in pieces. */
  first?: number | undefined;
  /** Unsigned 32-bit; the same seed gives the same molecules on the same backend. */
  seed: number;
  /** Draw only tokens that a SMILES grammar with valences and Kekulé structures accepts; `nll` stays that of the model alone. */
  constrained?: boolean | undefined;
  /** Templates from prompts.ts; sample i follows number i modulo their number. Holes need `constrained`. */
  prompts?: readonly PromptTemplate[] | undefined;
  /** Rows a thread computes side by side. */
  batchSize?: number | undefined;
  /** Threads; each takes every n-th molecule. */
  workers?: number | undefined;
}

interface SampleControl {
  signal?: AbortSignal | undefined;
  /** Told once which backend computes. */
  onBackend?: ((backend: TensorBackend) => void) | undefined;
  /** Told of each index at which no molecule could be written to its end: it gives no sample. */
  onGivenUp?: ((index: number) => void) | undefined;
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
  { signal, onBackend, onGivenUp }: SampleControl = {},
): AsyncGenerator<Sample, void, undefined> {
  checkOptions(options);
  const { count, first = 0, workers = count < WORTH_A_SECOND_WORKER ? 1 : 2 } = options;
  const cancel = new SharedArrayBuffer(4);
  const tasks = Array.from(
    { length: workers },
    (_, place): SampleTask => ({ ...taskOf(model, options), first: first + place, stride: workers, cancel }),
  );
  const entry = new URL("./worker.ts", import.meta.url);
  const messages = workerStream<SampleMessage>({ entry, tasks, cancel, signal });
  const turn = createTurns(signal);
  for await (const sample of inOrder(messages, { first, onBackend })) {
    if (sample.smiles === null) onGivenUp?.(sample.index);
    else yield sample;
    await turn();
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
  prompts = [],
  constrained = false,
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
  if (prompts.some((prompt) => prompt.some((item) => item.kind === "hole")) && !constrained)
    throw new DomainError(
      "invalid-input",
      "prompts: expected constrained sampling for templates with holes.",
    );
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
  prompts: options.prompts,
  constrained: options.constrained ?? false,
});

/** The samples of all threads by index; a sample waits until those before it have come. */
async function* inOrder(
  messages: AsyncIterable<Exclude<SampleMessage, Done>>,
  { first, onBackend }: Pick<SampleControl, "onBackend"> & { first: number },
) {
  const early = new Map<number, Sample | GivenUp>();
  let next = first;
  let tell = onBackend;
  for await (const message of messages) {
    if (message.type === "ready") {
      tell?.(message.backend);
      tell = undefined;
      continue;
    }
    for (const sample of message.samples) early.set(sample.index, sample);
    for (let sample = early.get(next); sample; sample = early.get(++next)) {
      early.delete(next);
      yield sample;
    }
  }
}
