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
    const left = (done: number) => watch.secondsLeft(job(9), { left: [6 - done] });
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
    expect(watch.secondsLeft(job(2), { left: [2] })).toBeUndefined();
    watch.start(job(2))(true);
    expect(watch.secondsLeft(job(3, "embed"), { left: [2] })).toBeUndefined();
    const other = CampaignId.parse("00000000-0000-4000-8000-000000000002");
    expect(watch.secondsLeft({ ...job(3), campaign: other }, { left: [2] })).toBeUndefined();
  });

  it("divides by no more threads than there are evaluations left", () => {
    let now = 0;
    const watch = createStopwatch({ now: () => now, threads: 8 });
    const stop = watch.start(job(1));
    now = 12_000;
    stop(true);
    expect(watch.secondsLeft(job(2), { left: [1] })).toBeCloseTo(12, 12);
    expect(watch.secondsLeft(job(2), { left: [0] })).toBe(0);
  });

  it("counts rungs to come by their cost against that of one that was timed, and then by their own time", () => {
    let now = 0;
    const watch = createStopwatch({ now: () => now, threads: 2 });
    const stop = watch.start(job(1));
    now = 10_000;
    stop(true);
    // Six of 10 s on two threads, then three of 40 s.
    expect(watch.secondsLeft(job(9), { left: [6, 3], costs: [5, 20] })).toBeCloseTo(30 + 60, 12);
    expect(watch.secondsLeft(job(9), { left: [6, 3] })).toBeUndefined();
    const dear = watch.start({ ...job(2), rung: 1 });
    now = 40_000;
    dear(true);
    expect(watch.secondsLeft(job(9), { left: [0, 3], costs: [5, 20] })).toBeCloseTo(45, 12);
    // The last runs alone.
    expect(watch.secondsLeft(job(9), { left: [0, 1] })).toBeCloseTo(30, 12);
  });

  it.each([
    [0, 1],
    [1, 0],
  ])("counts a rung to come by the nearest that was timed, whichever was first: %i before %i", (...rungs) => {
    let now = 0;
    const watch = createStopwatch({ now: () => now, threads: 1 });
    for (const rung of rungs) {
      const stop = watch.start({ ...job(1), rung });
      now += rung === 0 ? 10_000 : 30_000;
      stop(true);
    }
    // 30 s of cost 20 are 60 s of cost 40; by the other rung it would be 80.
    expect(watch.secondsLeft(job(9), { left: [0, 0, 1], costs: [5, 20, 40] })).toBeCloseTo(60, 12);
  });
});
