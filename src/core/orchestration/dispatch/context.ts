/** What a task may use where it runs. */
import type { ControlBlock } from "#core/quantum/control-block.ts";
import type { ShotsAtHand } from "#core/quantum/measurement/at-hand.ts";

export interface TaskContext {
  /** The folder with basis/, models/, filters/. */
  resources: string;
  /** Threads that all tasks together may use: one each in a campaign, all of them for a task that runs alone. */
  threads: number;
  /** How a thread stops its work and follows it, for the native core; absent where nobody can. */
  control?: ControlBlock;
  /** Shots of devices elsewhere that are at hand. */
  shots?: ShotsAtHand;
  /** Hands over what was found on the way, as of TaskFound; absent where nobody can hear it. */
  tell?: (found: unknown) => void;
}
