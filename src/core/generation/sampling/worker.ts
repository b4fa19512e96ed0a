/** Thread entry: samples its share of the molecules and posts them as they come. */
import assert from "node:assert/strict";
import { parentPort, workerData } from "node:worker_threads";
import { createGrammar } from "../language/grammar.ts";
import { createVocabulary } from "../language/vocabulary.ts";
import { createGru } from "../network/gru.ts";
import { readyBackend } from "../network/tensor-backend.ts";
import { gruWeights } from "../network/weights.ts";
import { sampleIndices } from "./batch-sampler.ts";
import type { SampleMessage, SampleTask } from "./protocol.ts";

assert(parentPort, "sample-worker.ts runs in a worker thread");
const port = parentPort;
const post = (message: SampleMessage) => port.postMessage(message);
const task = workerData as SampleTask;
const cancel = new Int32Array(task.cancel);

function* indices() {
  for (let index = task.first; index < task.count; index += task.stride) yield index;
}

post({ type: "ready", backend: await readyBackend() });
const vocabulary = createVocabulary(task.vocabulary);
using gru = createGru(gruWeights(new Float32Array(task.weights), vocabulary.size, task.hidden));
const batches = sampleIndices(gru, vocabulary, indices(), {
  ...task.rules,
  seed: task.seed,
  batchSize: task.batchSize,
  maxTokens: task.maxTokens,
  prompts: task.prompts,
  grammar: task.constrained ? createGrammar(vocabulary, task.maxTokens) : undefined,
  cancelled: () => Atomics.load(cancel, 0) !== 0,
});
for (const samples of batches) post({ type: "samples", samples });
post({ type: "done" });
