/** What the sampling thread is given and what it sends back. */
import type { TensorBackend } from "../network/tensor-backend.ts";
import type { Done } from "../threads/worker-stream.ts";
import type { GivenUp, Sample } from "./batch-sampler.ts";
import type { DrawingRules } from "./choose-token.ts";
import type { PromptTemplate } from "./prompt.ts";

export interface SampleTask {
  weights: SharedArrayBuffer;
  vocabulary: readonly string[];
  hidden: number;
  maxTokens: number;
  rules: DrawingRules;
  seed: number;
  batchSize: number;
  /** This thread samples first, first + stride, … below count. */
  first: number;
  stride: number;
  count: number;
  /** One Int32; not 0 means stop. */
  cancel: SharedArrayBuffer;
  prompts: readonly PromptTemplate[] | undefined;
  constrained: boolean;
}

export type SampleMessage =
  | { type: "ready"; backend: TensorBackend }
  | { type: "samples"; samples: (Sample | GivenUp)[] }
  | Done;
