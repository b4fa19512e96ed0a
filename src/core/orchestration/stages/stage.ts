/** A stage: one step on a molecule's way. It knows no queue, no notebook and no other stage. */
import type { StageName } from "#shared/campaign/job.ts";

export interface StageContext {
  /** The shared control block [cancel, iteration, maxIterations, phase] that native code polls. */
  control: Int32Array<SharedArrayBuffer>;
  /** The folder with basis/, models/, filters/. */
  resources: string;
  /** Threads that all stages together may use: one each in a campaign, all of them for a task that runs alone. */
  threads: number;
}

export interface Stage<Input, Output> {
  readonly name: StageName;
  /** Raised whenever the same input would give another result; part of the key of every result. */
  readonly version: number;
  run(input: Input, context: StageContext): Promise<Output>;
}
