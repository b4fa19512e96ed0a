/** Calculations that measure on devices: each is done until it asks for shots, and again when they are there. No thread waits. */
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { type JobAnswer, ShotsNeeded } from "#core/quantum/measurement/at-hand.ts";
import { DomainError } from "#shared/errors.ts";
import type { Dispatcher, RunOptions } from "../dispatch/dispatcher.ts";
import type { TaskInput, TaskName, TaskOutput } from "../dispatch/tasks.ts";
import type { DeviceDesk } from "./desk.ts";

/** The same after a restart, so that its limit holds. Evaluations are of campaigns: one that names none is done again to be compared. */
const calculationOf = (task: TaskName, input: unknown): string | undefined =>
  task === "evaluate" ? undefined : `calculation ${toHex(sha256(JSON.stringify(input))).slice(0, 16)}`;

export const withDevices = (dispatcher: Dispatcher, desk: () => DeviceDesk): Dispatcher => ({
  async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    options: RunOptions<Name> = {},
  ): Promise<TaskOutput<Name>> {
    const measured: JobAnswer[] = [...(options.measured ?? [])];
    for (;;) {
      try {
        return await dispatcher.run(task, input, measured.length > 0 ? { ...options, measured } : options);
      } catch (error) {
        if (!(error instanceof ShotsNeeded)) throw error;
        const { signal, campaign = calculationOf(task, input) } = options;
        if (campaign === undefined)
          throw new DomainError(
            "not-supported",
            `It was measured on ${error.job.backend}, and not all of its shots are in this notebook. Nothing is sent to compare it.`,
          );
        options.onWaiting?.(true);
        try {
          measured.push(await desk().measure(error.job, { campaign, signal }));
        } finally {
          options.onWaiting?.(false);
        }
      }
    }
  },
  [Symbol.asyncDispose]: () => dispatcher[Symbol.asyncDispose](),
});
