/** How long what is left of a campaign will take, by how long its evaluations took in this process. */
import type { Job } from "#core/notebook/tables/jobs.ts";
import type { Progress } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";

export interface Stopwatch {
  /** Times a job; calling what it returns ends it. @param isWhole whether it came to its end, and not by an abort */
  start(job: Job): (isWhole: boolean) => void;
  /** Seconds; undefined before the first evaluation has ended, and of other stages, which take a small part of the time. */
  secondsLeft(job: Job, progress: Pick<Progress, "done" | "total">): number | undefined;
}

interface Timed {
  count: number;
  seconds: number;
}

/** @param now in ms, rising @param threads evaluations at a time */
export function createStopwatch({ now, threads }: { now: () => number; threads: number }): Stopwatch {
  const running = new Map<Job["id"], { campaign: CampaignId; began: number }>();
  const ended = new Map<CampaignId, Timed>();
  const secondsSince = (began: number): number => (now() - began) / 1000;
  return {
    start(job) {
      const { id, campaign, stage } = job;
      if (stage !== "evaluate") return () => {};
      const began = now();
      running.set(id, { campaign, began });
      return (isWhole) => {
        running.delete(id);
        if (!isWhole) return;
        const { count, seconds } = ended.get(campaign) ?? { count: 0, seconds: 0 };
        ended.set(campaign, { count: count + 1, seconds: seconds + secondsSince(began) });
      };
    },
    secondsLeft({ campaign, stage }, { done, total }) {
      const known = ended.get(campaign);
      if (stage !== "evaluate" || !known || total === null) return undefined;
      const mean = known.seconds / known.count;
      const own = [...running.values()].filter((one) => one.campaign === campaign);
      // One that takes longer than usual is taken to end now.
      const begun = own.reduce((sum, { began }) => sum + Math.min(mean, secondsSince(began)), 0);
      const left = Math.max(0, total - done);
      return Math.max(0, (left * mean - begun) / Math.max(1, Math.min(threads, left)));
    },
  };
}
