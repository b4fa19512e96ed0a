/** The jobs of a simulated provider: they wait, run and end by a clock, and cost. */
import type { Fault } from "./faults.ts";

/** canceled: before it ran. */
export type QueueState = "waiting" | "running" | "canceled" | "failed" | "done";

export interface QueuedJob {
  readonly id: string;
  /** By which its client finds it again; "" where it has none. */
  readonly name: string;
  readonly submitted: Date;
  /** USD, if it runs. */
  readonly cost: number;
  readonly fault: Fault | undefined;
  readonly failure: { readonly code: string; readonly message: string } | null;
  canceled: boolean;
}

interface QueueOptions {
  readonly clock: () => Date;
  /** From submission to start, and from start to end. */
  readonly queue_ms: number;
  readonly run_ms: number;
}

/** Between the seeds of a job's circuits: more than there are jobs. */
const SEED_STRIDE = 1_000_003;

export function createQueue<Job extends QueuedJob>({ clock, queue_ms, run_ms }: QueueOptions) {
  /** In the order in which they came. */
  const jobs: Job[] = [];
  const stateOf = (job: Job): QueueState => {
    if (job.canceled) return "canceled";
    const age = clock().getTime() - job.submitted.getTime();
    if (job.fault?.kind === "stuck" || age < queue_ms) return "waiting";
    if (job.failure) return "failed";
    return age < queue_ms + run_ms ? "running" : "done";
  };
  return {
    jobs,
    stateOf,
    /** Of the shots of one of its circuits, from 0: no two circuits have the same. */
    seedOf: (job: Job, circuit: number): number => jobs.indexOf(job) + 1 + SEED_STRIDE * circuit,
    /** USD that all jobs together cost so far: those that ran. */
    charged: (): number => jobs.reduce((sum, job) => sum + (stateOf(job) === "done" ? job.cost : 0), 0),
  };
}
