/** Takes jobs from the queue, as many at a time as there is room for, and sees each to its end. */
import { campaignsInState, getCampaign } from "#core/notebook/tables/campaigns.ts";
import { type Job, nextJob } from "#core/notebook/tables/jobs.ts";
import type { StageName } from "#shared/campaign/job.ts";
import {
  abortError,
  DomainError,
  type DomainErrorCode,
  isAbort,
  messageOf,
  toError,
} from "#shared/errors.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { Step, StepContext, StepServices } from "../stages/step.ts";
import { carryOut, type Ending, giveUp } from "./carry-out.ts";
import type { CampaignEvents } from "./events.ts";
import { moveJob, releaseJobs, setCampaignState } from "./queue.ts";

interface RunnerOptions {
  services: StepServices;
  events: CampaignEvents;
  steps: readonly Step[];
  /** Jobs of the pool's stages at a time. */
  threads: number;
}

export interface Runner extends AsyncDisposable {
  /** Looks for work; to be called whenever there may be some. */
  wake(): void;
  /** Ends a campaign's running jobs; what they were doing is not stored. */
  abort(campaign: CampaignId): void;
}

/** Stages that share the same room; within a lane the first stage goes first. */
const LANES: readonly { stages: readonly StageName[]; pooled: boolean }[] = [
  { stages: ["propose"], pooled: false },
  { stages: ["filter", "acquire", "evaluate", "embed"], pooled: true },
];

/** Errors that concern one candidate; every other one concerns the installation and stops the campaign. */
const OF_THE_CANDIDATE: readonly DomainErrorCode[] = ["invalid-input", "worker-died", "not-supported"];

/** How long to wait for room on the disk before trying again. */
const DISK_PAUSE_MS = 5000;

const isDiskFull = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === "disk-full";

const pausedFor = ({ message }: DomainError): string => `Paused: ${message}`;

interface Running {
  job: Job;
  lane: number;
  controller: AbortController;
  done: Promise<void>;
}

export function createRunner({ services, events, steps, threads }: RunnerOptions): Runner {
  const { notebook, logger } = services;
  const running = new Set<Running>();
  const closing = new AbortController();

  let retry: NodeJS.Timeout | undefined;

  const room = (lane: number): number => {
    const size = LANES[lane]!.pooled ? threads : 1;
    return size - [...running].filter((job) => job.lane === lane).length;
  };
  const begin = (lane: number): boolean => {
    const job = notebook.transaction(() => {
      const stages = LANES[lane]!.stages;
      const waiting = stages.map((stage) => nextJob(notebook.db, stage)).find((found) => found !== undefined);
      return waiting && moveJob(notebook, waiting, "begin");
    });
    if (!job) return false;
    const controller = new AbortController();
    const entry: Running = { job, lane, controller, done: Promise.resolve() };
    running.add(entry);
    entry.done = see(job, controller.signal).finally(() => {
      running.delete(entry);
      wake();
    });
    return true;
  };
  const wake = (): void => {
    if (closing.signal.aborted || notebook.readonly) return;
    try {
      for (const lane of LANES.keys()) while (room(lane) > 0 && begin(lane));
    } catch (error) {
      logger.error({ error: String(error) }, "the queue cannot be read; it is tried again");
      if (isDiskFull(error)) tellAll(pausedFor(error));
      retry = setTimeout(wake, DISK_PAUSE_MS);
    }
  };
  const tellAll = (message: string): void => {
    for (const id of campaignsInState(notebook.db, "running"))
      events.progress(id, { phase: "queue", done: 0, total: null, message });
  };
  const see = async (job: Job, signal: AbortSignal): Promise<void> => {
    const context = contextOf(job, signal);
    const step = steps.find(({ stage }) => stage === job.stage);
    if (!step) throw new Error(`no step for ${job.stage}`);
    try {
      const ending = await carryOut(step, context).catch((error: unknown) => endingOf(context, error));
      if (ending) await store(ending, context);
    } catch (error) {
      if (!isAbort(error)) stopCampaign(job, error);
    }
    events.changed(job.campaign);
  };
  /** The last resort: a result that cannot be stored must not leave a campaign that never ends. */
  const stopCampaign = (job: Job, error: unknown): void => {
    logger.error({ job, error: toError(error).stack }, "a job's end was not stored");
    try {
      failCampaign(job, error instanceof DomainError ? error.message : `internal error: ${messageOf(error)}`);
    } catch (again) {
      logger.error({ job, error: String(again) }, "the notebook cannot be written");
    }
  };
  const failCampaign = (job: Job, reason: string): void => {
    notebook.transaction(() => {
      releaseJobs(notebook, job.campaign);
      setCampaignState(notebook, job.campaign, "failed", reason);
    });
    abort(job.campaign);
  };
  const contextOf = (job: Job, signal: AbortSignal): StepContext => ({
    ...services,
    job,
    signal,
    campaign: getCampaign(notebook.db, job.campaign),
    report: (progress) => {
      if (!signal.aborted) events.progress(job.campaign, { phase: job.stage, ...progress });
    },
  });
  const endingOf = (context: StepContext, error: unknown): Ending | undefined => {
    if (isAbort(error) || context.signal.aborted) return undefined;
    const { job } = context;
    const isBug = !(error instanceof DomainError);
    if (isBug) logger.error({ job, error: toError(error).stack }, "a stage broke");
    const message = messageOf(error);
    const reason = isBug ? `internal error: ${message}` : message;
    const isOwn = isBug || OF_THE_CANDIDATE.includes(error.code);
    if (isOwn && (job.stage === "embed" || job.stage === "evaluate")) return giveUp(context, reason);
    return () => failCampaign(job, reason);
  };
  /** Stores an ending; where the disk is full, says so and waits for room, for the work is done already. */
  const store = async (ending: Ending, { signal, report }: StepContext): Promise<void> => {
    for (;;) {
      signal.throwIfAborted();
      try {
        return ending();
      } catch (error) {
        if (!isDiskFull(error)) throw error;
        logger.warn({ error: error.message }, "paused for want of room on the disk");
        report({ done: 0, total: null, message: pausedFor(error) });
        await pause(DISK_PAUSE_MS, signal);
      }
    }
  };
  const abort = (campaign: CampaignId): void => {
    for (const { job, controller } of running) if (job.campaign === campaign) controller.abort(abortError());
  };
  return {
    wake,
    abort,
    async [Symbol.asyncDispose]() {
      closing.abort();
      clearTimeout(retry);
      const ending = [...running];
      for (const { controller } of ending) controller.abort(abortError());
      await Promise.all(ending.map(({ done }) => done));
      try {
        if (!notebook.readonly) notebook.transaction(() => releaseJobs(notebook));
      } catch (error) {
        // The file was taken away: what would be released is gone with it.
        logger.error({ error: String(error) }, "the queue could not be given back");
      }
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(abortError());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
