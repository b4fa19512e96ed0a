/** The life of a job: queued → running → succeeded | failed | cancelled. */
import type { JobState } from "#shared/campaign/job.ts";

/**
 * begin: a worker takes it. succeed, fail: it came to its end. cancel: a person stopped it. stop: the program did, to end or because its
 * campaign failed. release: the process that ran it ended first, nobody knows why. requeue: a person goes on with what was cancelled.
 * renew: its result is of an older version and is made again.
 */
export type JobEvent = "begin" | "succeed" | "fail" | "cancel" | "stop" | "release" | "requeue" | "renew";

const refuse = (state: JobState, event: JobEvent): never => {
  throw new Error(`a ${state} job cannot ${event}`);
};

/** The state after an event; every other change of a job's state is a bug. */
export function transition(state: JobState, event: JobEvent): JobState {
  switch (state) {
    case "queued":
      if (event === "begin") return "running";
      if (event === "cancel") return "cancelled";
      return refuse(state, event);
    case "running":
      switch (event) {
        case "succeed":
          return "succeeded";
        case "fail":
          return "failed";
        case "cancel":
          return "cancelled";
        case "stop":
        case "release":
          return "queued";
        default:
          return refuse(state, event);
      }
    case "cancelled":
      return event === "requeue" || event === "renew" ? "queued" : refuse(state, event);
    case "failed":
    case "succeeded":
      return event === "renew" ? "queued" : refuse(state, event);
    default:
      return state satisfies never;
  }
}
