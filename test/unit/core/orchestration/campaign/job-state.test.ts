import { describe, expect, it } from "vitest";
import { type JobEvent, transition } from "#core/orchestration/campaign/job-state.ts";
import type { JobState } from "#shared/campaign/job.ts";

const STATES: JobState[] = ["queued", "running", "succeeded", "failed", "cancelled"];
const EVENTS: JobEvent[] = ["begin", "succeed", "fail", "cancel", "stop", "release", "requeue"];

/** The whole table, written down apart from the code. */
const ALLOWED: Record<string, JobState> = {
  "queued begin": "running",
  "queued cancel": "cancelled",
  "running succeed": "succeeded",
  "running fail": "failed",
  "running cancel": "cancelled",
  "running stop": "queued",
  "running release": "queued",
  "cancelled requeue": "queued",
};

describe("a job's state", () => {
  for (const state of STATES) {
    for (const event of EVENTS) {
      const expected = ALLOWED[`${state} ${event}`];
      it(`${state}, ${event}: ${expected ?? "refused"}`, () => {
        if (expected) expect(transition(state, event)).toBe(expected);
        else expect(() => transition(state, event)).toThrow(`a ${state} job cannot ${event}`);
      });
    }
  }
});
