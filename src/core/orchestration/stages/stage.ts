/** A stage: one step on a molecule's way. It knows no queue, no notebook and no other stage. */
import type { StageName } from "#shared/campaign/job.ts";
import type { TaskContext } from "../dispatch/context.ts";

export interface Stage<Input, Output> {
  readonly name: StageName;
  /** Raised whenever the same input would give another result; part of the key of every result. */
  readonly version: number;
  run(input: Input, context: TaskContext): Promise<Output>;
}
