/** Calculations that measure on devices: each is done until it asks for shots, and again when they are there. No thread waits. */
import { createHash } from "node:crypto";
import { type JobAnswer, ShotsNeeded } from "#core/quantum/measurement/at-hand.ts";
import type { Dispatcher, RunOptions } from "../dispatch/dispatcher.ts";
import type { TaskInput, TaskName, TaskOutput } from "../dispatch/tasks.ts";
import type { DeviceDesk } from "./desk.ts";

/** The same after a restart, so that its limit holds. */
const calculationOf = (input: unknown): string =>
  `calculation ${createHash("sha256").update(JSON.stringify(input)).digest("hex").slice(0, 16)}`;

export const withDevices = (dispatcher: Dispatcher, desk: () => DeviceDesk): Dispatcher => ({
  async run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    options: RunOptions<Name> = {},
  ): Promise<TaskOutput<Name>> {
    const measured: JobAnswer[] = [];
    for (;;) {
      try {
        return await dispatcher.run(task, input, measured.length > 0 ? { ...options, measured } : options);
      } catch (error) {
        if (!(error instanceof ShotsNeeded)) throw error;
        const { signal } = options;
        measured.push(await desk().measure(error.job, { campaign: calculationOf(input), signal }));
      }
    }
  },
  [Symbol.asyncDispose]: () => dispatcher[Symbol.asyncDispose](),
});
