/** How long what is left of a campaign will take, by how long its evaluations took in this process. */
import type { Job } from "#core/notebook/tables/jobs.ts";
import type { CampaignId } from "#shared/ids.ts";

/** By rung. */
export interface Outlook {
  /** Evaluations that have not ended, those that are not queued yet among them. */
  readonly left: readonly number[];
  /** What one takes, of any measure: for rungs on which none has ended; absent where it is not known. */
  readonly costs?: readonly number[] | undefined;
}

export interface Stopwatch {
  /** Times a job; calling what it returns ends it. @param isWhole whether it came to its end, and not by an abort */
  start(job: Job): (isWhole: boolean) => void;
  /**
   * Seconds; undefined before the first evaluation has ended, where a rung was neither timed nor has a cost, and of other stages, which take a
   * small part of the time.
   */
  secondsLeft(job: Job, outlook: Outlook): number | undefined;
}

interface Timed {
  count: number;
  seconds: number;
}

type Means = ReadonlyMap<number, number>;

/** Of one evaluation on a rung; undefined where it cannot be told. */
function meanOn(rung: number, means: Means, costs: Outlook["costs"]): number | undefined {
  const own = means.get(rung);
  if (own !== undefined) return own;
  const [known] = [...means].toSorted(([a], [b]) => Math.abs(a - rung) - Math.abs(b - rung));
  const [from, to] = [known && costs?.[known[0]], costs?.[rung]];
  return known && from && to ? (known[1] * to) / from : undefined;
}

/** @param now in ms, rising @param threads evaluations at a time */
export function createStopwatch({ now, threads }: { now: () => number; threads: number }): Stopwatch {
  const running = new Map<Job["id"], { campaign: CampaignId; rung: number; began: number }>();
  const ended = new Map<CampaignId, Map<number, Timed>>();
  const secondsSince = (began: number): number => (now() - began) / 1000;
  const note = ({ campaign, rung }: Job, seconds: number): void => {
    const own = ended.get(campaign) ?? new Map<number, Timed>();
    ended.set(campaign, own);
    const known = own.get(rung) ?? { count: 0, seconds: 0 };
    own.set(rung, { count: known.count + 1, seconds: known.seconds + seconds });
  };
  return {
    start(job) {
      const { id, campaign, stage, rung } = job;
      if (stage !== "evaluate") return () => {};
      const began = now();
      running.set(id, { campaign, rung, began });
      return (isWhole) => {
        running.delete(id);
        if (isWhole) note(job, secondsSince(began));
      };
    },
    secondsLeft({ campaign, stage }, { left, costs }) {
      const known = ended.get(campaign);
      if (stage !== "evaluate" || !known) return undefined;
      const means = new Map([...known].map(([rung, { count, seconds }]) => [rung, seconds / count]));
      let total = 0;
      for (const [rung, count] of left.entries()) {
        if (count === 0) continue;
        const mean = meanOn(rung, means, costs);
        if (mean === undefined) return undefined;
        const own = [...running.values()].filter((one) => one.campaign === campaign && one.rung === rung);
        // One that takes longer than usual is taken to end now.
        const begun = own.reduce((sum, { began }) => sum + Math.min(mean, secondsSince(began)), 0);
        // A rung waits for the one below.
        total += Math.max(0, count * mean - begun) / Math.min(threads, count);
      }
      return total;
    },
  };
}
