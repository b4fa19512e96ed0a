import type { DrawingOptions } from "./drawing-options.ts";

/** What `ansatz generate` was asked. */
export interface GenerateOptions extends DrawingOptions {
  /** undefined where not given: steering has --calls. */
  count?: number;
  seed: number;
  model: string;
  temperature: number;
  batchSize?: number;
  unique?: boolean;
  metrics?: boolean;
  calls?: number;
  threads?: number;
  notebook: string;
  json?: boolean;
}
