import { describe, expect, it } from "vitest";
import type { Job } from "#core/notebook/tables/jobs.ts";
import { createStopwatch } from "#core/orchestration/campaign/stopwatch.ts";
import { CampaignId } from "#shared/ids.ts";

const campaign = CampaignId.parse("00000000-0000-4000-8000-000000000001");
const job = (id: number, stage: Job["stage"] = "evaluate"): Job => ({
  ...{ id, campaign, stage, ordinal: id, rung: 0, state: "running", attempts: 1 },
});

describe("the time left", () => {
  it("is that of the evaluations left at the mean of those that ended, side by side, less what is done of those begun", () => {
    let now = 0;
    const watch = createStopwatch({ now: () => now, threads: 2 });
    const left = (done: number) => watch.secondsLeft(job(9), { done, total: 6 });
    const [first, second] = [watch.start(job(1)), watch.start(job(2))];
    expect(left(0)).toBeUndefined();
    now = 10_000;
    first(true);
    now = 30_000;
    second(true);
    // 10 and 30 s: 20 on average, four left on two threads.
    expect(left(2)).toBeCloseTo(40, 12);
    watch.start(job(3));
    watch.start(job(4));
    now = 35_000;
    expect(left(2)).toBeCloseTo(35, 12);
    now = 135_000;
    // Both are overdue: two are still to come.
    expect(left(2)).toBeCloseTo(20, 12);
  });

  it("is not known of other stages, nor by evaluations that were stopped or are another campaign's", () => {
    let now = 0;
    const watch = createStopwatch({ now: () => now, threads: 1 });
    const stop = watch.start(job(1));
    now = 5000;
    stop(false);
    expect(watch.secondsLeft(job(2), { done: 1, total: 3 })).toBeUndefined();
    watch.start(job(2))(true);
    expect(watch.secondsLeft(job(3, "embed"), { done: 1, total: 3 })).toBeUndefined();
    expect(watch.secondsLeft(job(3), { done: 1, total: null })).toBeUndefined();
    const other = CampaignId.parse("00000000-0000-4000-8000-000000000002");
    expect(watch.secondsLeft({ ...job(3), campaign: other }, { done: 1, total: 3 })).toBeUndefined();
  });

  it("divides by no more threads than there are evaluations left", () => {
    let now = 0;
    const watch = createStopwatch({ now: () => now, threads: 8 });
    const stop = watch.start(job(1));
    now = 12_000;
    stop(true);
    expect(watch.secondsLeft(job(2), { done: 5, total: 6 })).toBeCloseTo(12, 12);
    expect(watch.secondsLeft(job(2), { done: 6, total: 6 })).toBe(0);
  });
});
