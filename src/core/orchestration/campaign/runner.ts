/** Takes jobs from the queue, as many at a time as there is room for, and sees each to its end. */
import { campaignsInState } from "#core/notebook/tables/campaigns.ts";
import { type Job, nextJob } from "#core/notebook/tables/jobs.ts";
import { abortError } from "#shared/errors.ts";
import type { CampaignId } from "#shared/ids.ts";
import { LANES, type Lane } from "../stages/order.ts";
import { createLimits, type Limits } from "./limits.ts";
import { moveJob, stopJobs } from "./queue.ts";
import { DISK_PAUSE_MS, isDiskFull, type JobServices, pausedFor, seeJob } from "./see-job.ts";
import { createStopwatch } from "./stopwatch.ts";

interface RunnerOptions extends Omit<JobServices, "abort" | "stopwatch"> {
  /** Jobs of the pool's stages at a time. */
  threads: number;
}

export interface Runner extends AsyncDisposable {
  /** Looks for work; to be called whenever there may be some. */
  wake(): void;
  /** Ends a campaign's running jobs; what they were doing is not stored. */
  abort(campaign: CampaignId): void;
}

interface Running {
  job: Job;
  lane: Lane;
  controller: AbortController;
  /** For a device elsewhere, with nothing to do here. */
  isWaiting: boolean;
  done: Promise<void>;
}

interface State extends RunnerOptions, JobServices {
  limits: Limits;
  running: Set<Running>;
  closing: AbortController;
  retry: NodeJS.Timeout | undefined;
}

export function createRunner(options: RunnerOptions): Runner {
  const running = new Set<Running>();
  const abort = (campaign: CampaignId): void => {
    for (const { job, controller } of running) if (job.campaign === campaign) controller.abort(abortError());
  };
  const stopwatch = createStopwatch({ now: () => performance.now(), threads: options.threads });
  const limits = createLimits({
    notebook: options.services.notebook,
    now: () => performance.now(),
    onEnd: (campaign) => {
      abort(campaign);
      options.events.changed(campaign);
    },
    onError: (error) =>
      options.services.logger.error({ error: String(error) }, "the time of computing was not kept"),
  });
  const state: State = {
    ...options,
    limits,
    abort,
    stopwatch,
    running,
    closing: new AbortController(),
    retry: undefined,
  };
  return { abort, wake: () => wake(state), [Symbol.asyncDispose]: () => close(state) };
}

function wake(state: State): void {
  const { services, closing } = state;
  if (closing.signal.aborted || services.notebook.readonly) return;
  try {
    for (const lane of LANES) while (hasRoom(state, lane) && begin(state, lane));
  } catch (error) {
    services.logger.error({ error: String(error) }, "the queue cannot be read; it is tried again");
    if (isDiskFull(error)) tellAll(state, pausedFor(error));
    state.retry = setTimeout(() => wake(state), DISK_PAUSE_MS);
  }
}

/** Jobs that wait for devices at a time: a queue of hours is waited for by many together. */
const MOST_WAITING = 32;

function hasRoom({ running, threads }: State, lane: Lane): boolean {
  const busy = [...running].filter((one) => one.lane === lane && !one.isWaiting).length;
  return busy < (lane.pooled ? threads : 1);
}

/** Campaigns that wait for devices with as many jobs as may: others go on. */
function heldBack({ running }: State): CampaignId[] {
  const waiting = [...running].filter(({ isWaiting }) => isWaiting);
  return waiting.length < MOST_WAITING ? [] : [...new Set(waiting.map(({ job }) => job.campaign))];
}

/** Begins the next job of a lane; false where none waits. */
function begin(state: State, lane: Lane): boolean {
  const { notebook } = state.services;
  const job = notebook.transaction(() => {
    const waiting = lane.stages
      .map((stage) => nextJob(notebook.db, stage, heldBack(state)))
      .find((found) => found !== undefined);
    return waiting && moveJob(notebook, waiting, "begin");
  });
  if (!job) return false;
  const controller = new AbortController();
  let ended = state.limits.begin(job.campaign);
  const entry: Running = { job, lane, controller, done: Promise.resolve(), isWaiting: false };
  state.running.add(entry);
  const onWaiting = (isWaiting: boolean): void => {
    entry.isWaiting = isWaiting;
    // A queue elsewhere is no computing here, of which a campaign has so many hours.
    if (isWaiting) ended();
    else ended = state.limits.begin(job.campaign);
    if (isWaiting) wake(state);
  };
  entry.done = seeJob(state, job, { signal: controller.signal, onWaiting }).finally(() => {
    state.running.delete(entry);
    ended();
    wake(state);
  });
  return true;
}

function tellAll({ services, events }: State, message: string): void {
  for (const id of campaignsInState(services.notebook.db, "running"))
    events.progress(id, { phase: "queue", done: 0, total: null, message });
}

async function close({ services, running, closing, retry }: State): Promise<void> {
  const { notebook, logger } = services;
  closing.abort();
  clearTimeout(retry);
  const ending = [...running];
  for (const { controller } of ending) controller.abort(abortError());
  await Promise.all(ending.map(({ done }) => done));
  try {
    if (!notebook.readonly) notebook.transaction(() => stopJobs(notebook));
  } catch (error) {
    // The file was taken away: what would be released is gone with it.
    logger.error({ error: String(error) }, "the queue could not be given back");
  }
}
