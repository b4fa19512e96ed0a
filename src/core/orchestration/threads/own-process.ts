/** Tasks in processes of their own, so that one that ends its process ends nothing else. */
import { fork } from "node:child_process";
import { abortError, DomainError } from "#shared/errors.ts";
import type { Dispatcher, RunOptions } from "../dispatch/dispatcher.ts";
import { frame, frames } from "../dispatch/frames.ts";
import { outputOf, type WorkReply } from "../dispatch/protocol.ts";
import type { TaskInput, TaskName, TaskOutput } from "../dispatch/tasks.ts";

interface Place {
  /** Of the worker's process. */
  readonly entry: URL;
  readonly resources: string;
}

/** What the process says next; undefined where it has ended. */
async function said(replies: AsyncGenerator<unknown>): Promise<{ value: unknown } | undefined> {
  try {
    const { done, value } = await replies.next();
    return done ? undefined : { value };
  } catch {
    // It ended within a reply, or there is no such process.
    return undefined;
  }
}

/**
 * One task in a process that ends with it. Cost: that of starting it and its first thread, a second or so.
 *
 * @returns undefined where no process came to be ready @throws AbortError; DomainError worker-died; what the task throws
 */
async function inOwnProcess<Name extends TaskName>(
  { task, input }: { task: Name; input: TaskInput<Name> },
  { signal, measured }: RunOptions<Name>,
  { entry, resources }: Place,
): Promise<{ output: TaskOutput<Name> } | undefined> {
  signal?.throwIfAborted();
  const child = fork(entry, [resources, "1"], { execArgv: [], stdio: ["pipe", "pipe", "inherit", "ipc"] });
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, name) => resolve(name ?? `exit code ${code}`));
    child.once("error", ({ message }) => resolve(message));
  });
  // Of a process that ends first its own end tells.
  child.stdin?.on("error", () => {});
  const stop = (): void => void child.kill("SIGKILL");
  signal?.addEventListener("abort", stop, { once: true });
  try {
    if (!child.stdin || !child.stdout) return undefined;
    const replies = frames(child.stdout);
    const isReady = await said(replies);
    if (signal?.aborted) throw abortError();
    if (!isReady) return undefined;
    child.stdin.write(frame({ id: 1, task, input, measured }));
    const reply = await said(replies);
    if (signal?.aborted) throw abortError();
    if (!reply) throw died(task, await ended);
    return { output: outputOf(reply.value as WorkReply<Name>) };
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
  }
}

const died = (task: string, reason: string): DomainError =>
  new DomainError(
    "worker-died",
    `It was begun before and did not end, and the process that was to ${task} it alone ended before that was done (${reason}). Other molecules are not affected.`,
    { task, reason },
  );

/** The dispatcher with a process of its own for each task that is to run apart; where none can be had, as for any other. */
export const withOwnProcesses = (dispatcher: Dispatcher, place: Place): Dispatcher => ({
  async run(task, input, options = {}) {
    const found = options.isApart ? await inOwnProcess({ task, input }, options, place) : undefined;
    return found ? found.output : dispatcher.run(task, input, options);
  },
  [Symbol.asyncDispose]: () => dispatcher[Symbol.asyncDispose](),
});
