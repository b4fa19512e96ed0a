/** What the fine-tuning thread is given and what it sends back. */
import type { Ending, LossPoint } from "#shared/model/training.ts";
import type { TensorBackend } from "../network/tensor-backend.ts";
import type { Done } from "../threads/worker-stream.ts";

export interface FineTuneSettings {
  /** Passes over the training molecules at most. */
  epochs: number;
  batchSize: number;
  /** Learning rate at the start; it falls along a cosine over all epochs. */
  rate: number;
  /** Epochs without a better validation loss after which training ends. */
  patience: number;
  /** Molecules of the model's own in each batch, for each of the person's: they keep it writing valid strings. 0 leaves them out. */
  rehearsal: number;
  seed: number;
}

export interface FineTuneTask extends FineTuneSettings {
  weights: SharedArrayBuffer;
  vocabularySize: number;
  hidden: number;
  training: Uint8Array[];
  validation: Uint8Array[];
  /** What the model wrote before training. */
  own: Uint8Array[];
  /** One Int32: 1 stops and keeps nothing. */
  cancel: SharedArrayBuffer;
  /** One Int32: 1 stops and keeps the best weights. */
  stop: SharedArrayBuffer;
}

export type FineTuneMessage =
  | { type: "ready"; backend: TensorBackend }
  | { type: "point"; point: LossPoint }
  /** The pass of this number is the best so far. */
  | { type: "best"; epoch: number; weights: SharedArrayBuffer }
  | { type: "result"; ending: Exclude<Ending, "cut-off"> }
  | Done;
