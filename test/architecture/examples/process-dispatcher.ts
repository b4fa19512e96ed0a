/** A second dispatcher, as an example: one task after the other in one process of its own. Add a line to engine/open-rooms.ts to use it. */
import { spawn } from "node:child_process";
import { execPath } from "node:process";
import { fileURLToPath } from "node:url";
import type { Dispatcher, RunOptions } from "#core/orchestration/dispatch/dispatcher.ts";
import { frame, frames } from "#core/orchestration/dispatch/frames.ts";
import { outputOf, type WorkReply } from "#core/orchestration/dispatch/protocol.ts";
import type { TaskInput, TaskName, TaskOutput } from "#core/orchestration/dispatch/tasks.ts";
import { PROCESS_ENTRY } from "#core/orchestration/worker/entries.ts";
import { DomainError } from "#shared/errors.ts";

export function createProcessDispatcher(resources: string): Dispatcher {
  const child = spawn(execPath, [fileURLToPath(PROCESS_ENTRY), resources, "1"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const replies = frames(child.stdout);
  const ready = replies.next();
  let id = 0;
  const ask = async <Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    { signal }: RunOptions<Name>,
  ): Promise<TaskOutput<Name>> => {
    signal?.throwIfAborted();
    await ready;
    child.stdin.write(frame({ id: ++id, task, input }));
    const reply = await replies.next();
    if (reply.done) throw new DomainError("worker-died", `The process that was to ${task} ended.`, { task });
    return outputOf(reply.value as WorkReply<Name>);
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(task, input, options = {}) {
      const answer = last.then(() => ask(task, input, options));
      last = answer.catch(() => {});
      return answer;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await last;
    },
  };
}
