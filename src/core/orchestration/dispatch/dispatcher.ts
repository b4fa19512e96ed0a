/** A place where work is done: the threads of this process are one, a cluster would be another. */
import type { JobAnswer } from "#core/quantum/measurement/at-hand.ts";
import type { TaskFound, TaskInput, TaskName, TaskOutput, TaskProgress } from "./tasks.ts";

export interface RunOptions<Name extends TaskName> {
  /** Where nothing else ends if the task ends the process that does it; a dispatcher that has no such place does it as any other. */
  isApart?: boolean | undefined;
  signal?: AbortSignal | undefined;
  /** Whose limit bounds what devices cost. Absent: a calculation has its own, and an evaluation asks no device for anything. */
  campaign?: string | undefined;
  /** Told when the task begins to wait for a device, and when that is over: meanwhile it uses nothing here. */
  onWaiting?: ((isWaiting: boolean) => void) | undefined;
  /** What came of the jobs that the task asked devices for when it was done before, in its order. */
  measured?: readonly JobAnswer[] | undefined;
  /** Called while the task runs, as often as the dispatcher hears of it. */
  onProgress?: ((progress: TaskProgress<Name>) => void) | undefined;
  /** Called with each part that is found on the way; by a dispatcher that cannot tell of them, never. */
  onFound?: ((found: TaskFound<Name>) => void) | undefined;
}

export interface Dispatcher extends AsyncDisposable {
  /** @throws AbortError; DomainError worker-died; ShotsNeeded; what the task throws */
  run<Name extends TaskName>(
    task: Name,
    input: TaskInput<Name>,
    options?: RunOptions<Name>,
  ): Promise<TaskOutput<Name>>;
}
