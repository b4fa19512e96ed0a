/** Work as a function: a task and its input in, how it ended out. The entries of threads and processes call it. */
import { DomainError } from "#shared/errors.ts";
import type { TaskContext } from "../dispatch/context.ts";
import { type Answer, portable } from "../dispatch/protocol.ts";
import type { TaskInput, TaskName } from "../dispatch/tasks.ts";
import { TASKS } from "./tasks.ts";

/** Does a task; what it throws is part of the answer. */
export async function answer<Name extends TaskName>(
  task: Name,
  input: TaskInput<Name>,
  context: TaskContext,
): Promise<Answer<Name>> {
  try {
    if (!Object.hasOwn(TASKS, task)) throw unknown(task);
    return { outcome: "done", output: await TASKS[task](input, context) };
  } catch (error) {
    return { outcome: "failed", error: portable(error) };
  }
}

const unknown = (task: string): DomainError =>
  new DomainError(
    "not-supported",
    `A worker was asked for "${task}": expected one of ${Object.keys(TASKS).join(", ")}. It is of another version of Ansatz than who asked it.`,
    { task },
  );
