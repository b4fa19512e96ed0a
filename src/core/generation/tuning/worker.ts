/** Thread entry: fine-tunes a model and posts the loss curve and the best weights. */
import assert from "node:assert/strict";
import { parentPort, workerData } from "node:worker_threads";
import type { Ending } from "#shared/model/training.ts";
import { createAdam } from "../network/adam.ts";
import { likelihoodAndGradient } from "../network/backpropagation.ts";
import { parametersOf, weightsOf } from "../network/parameters.ts";
import { readyBackend } from "../network/tensor-backend.ts";
import { gruWeights } from "../network/weights.ts";
import { randomStream } from "../random-stream.ts";
import type { FineTuneMessage, FineTuneTask } from "./protocol.ts";

assert(parentPort, "worker.ts runs in a worker thread");
const port = parentPort;
const post = (message: FineTuneMessage) => port.postMessage(message);
const task = workerData as FineTuneTask;
const isSet = (flag: SharedArrayBuffer) => Atomics.load(new Int32Array(flag), 0) !== 0;
const halted = () => isSet(task.cancel) || isSet(task.stop);

post({ type: "ready", backend: await readyBackend() });
const parameters = parametersOf(gruWeights(new Float32Array(task.weights), task.vocabularySize, task.hidden));
const adam = createAdam(parameters.all.length);
const random = randomStream(task.seed, 0);
const stepsAnEpoch = Math.ceil(task.training.length / task.batchSize);
const started = performance.now();
let tokens = 0;
let steps = 0;
let rehearsals = 0;

train();
post({ type: "done" });

function train() {
  let best = { epoch: 0, loss: validationLoss() };
  report(0, null, best.loss);
  let ending: Exclude<Ending, "cut-off"> = "epochs";
  for (let epoch = 1; epoch <= task.epochs && ending === "epochs"; epoch++) {
    const training = runEpoch();
    // A pass cut short by the stop button is judged like a whole one: the better weights are kept.
    if (halted()) ending = "stopped";
    const loss = validationLoss();
    report(epoch, training, loss);
    if (loss < best.loss) {
      best = { epoch, loss };
      post({ type: "best", epoch, weights: weightsOf(parameters).all.buffer });
    } else if (epoch - best.epoch >= task.patience && ending === "epochs") ending = "early";
  }
  post({ type: "result", ending });
}

/** One pass; the loss in nats a token. */
function runEpoch(): number {
  let [sum, count] = [0, 0];
  for (const batch of shuffledBatches()) {
    if (halted()) break;
    const size = tokenCount(batch);
    const rehearsed = nextOwn(Math.round(batch.length * task.rehearsal));
    const rate = (task.rate / 2) * (1 + Math.cos((Math.PI * steps++) / (stepsAnEpoch * task.epochs)));
    const { nll, gradient } = likelihoodAndGradient(parameters, [...batch, ...rehearsed], (losses) =>
      losses.map(() => 1 / size),
    );
    assert(gradient);
    adam.step(parameters.all, gradient.all, rate);
    sum += nll.subarray(0, batch.length).reduce((a, b) => a + b, 0);
    count += size;
    tokens += size + tokenCount(rehearsed);
  }
  return sum / Math.max(1, count);
}

/** The next of the model's own molecules, from the first again after the last. */
function nextOwn(count: number): Uint8Array[] {
  const length = task.own.length > 0 ? count : 0;
  return Array.from({ length }, () => task.own[rehearsals++ % task.own.length]!);
}

function shuffledBatches(): Uint8Array[][] {
  const order = [...task.training];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return Array.from({ length: stepsAnEpoch }, (_, i) =>
    order.slice(i * task.batchSize, (i + 1) * task.batchSize),
  );
}

function validationLoss(): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < task.validation.length; i += task.batchSize) {
    const batch = task.validation.slice(i, i + task.batchSize);
    sum += likelihoodAndGradient(parameters, batch).nll.reduce((a, b) => a + b, 0);
    count += tokenCount(batch);
  }
  return sum / count;
}

function tokenCount(batch: readonly Uint8Array[]): number {
  return batch.reduce((count, sequence) => count + sequence.length + 1, 0);
}

function report(epoch: number, training: number | null, validation: number) {
  post({
    type: "point",
    point: { epoch, training, validation, tokens, seconds: (performance.now() - started) / 1000 },
  });
}
