/** One job from its beginning to its end, whatever end that is. */
import { setImmediate } from "node:timers/promises";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import type { Job } from "#core/notebook/tables/jobs.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import { isOfOneCandidate } from "#shared/campaign/job.ts";
import { abortError, DomainError, isAbort, isOfOneMolecule, messageOf, toError } from "#shared/errors.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { RungCosts } from "../forecast/rung-costs.ts";
import type { JobContext, PlanServices } from "../stages/plan.ts";
import type { Stages } from "../stages/stages.ts";
import { carryOut, giveUp, type StoreEnding } from "./carry-out.ts";
import type { CampaignEvents } from "./events.ts";
import { evaluationsLeft, expectedEvaluations } from "./outlook.ts";
import { setCampaignState, stopJobs } from "./queue.ts";
import type { Stopwatch } from "./stopwatch.ts";

export interface JobServices {
  services: PlanServices;
  events: CampaignEvents;
  stages: Stages;
  stopwatch: Stopwatch;
  /** What an evaluation takes on each rung; absent where nobody can tell. */
  rungCosts?: RungCosts | undefined;
  /** Ends what else runs of a campaign. */
  abort(campaign: CampaignId): void;
}

/** Told when a job begins to wait for a device elsewhere, and when that is over. */
export type OnWaiting = (isWaiting: boolean) => void;

/** How long to wait for room on the disk before trying again. */
export const DISK_PAUSE_MS = 5000;

export const isDiskFull = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === "disk-full";

export const pausedFor = ({ message }: DomainError): string => `Paused: ${message}`;

/** Does a job and stores what came of it: a result, a candidate given up, or a campaign that failed. */
export async function seeJob(
  runner: JobServices,
  job: Job,
  { signal, onWaiting = () => {} }: { signal: AbortSignal; onWaiting?: OnWaiting },
): Promise<void> {
  const stop = runner.stopwatch.start(job);
  try {
    // Work that waits for nothing must not keep those waiting who look on or cancel.
    await setImmediate();
    signal.throwIfAborted();
    const context = contextOf(runner, job, { signal, onWaiting });
    const ending = await carryOut(runner.stages, context).catch((error: unknown) =>
      endingOf(runner, context, error),
    );
    if (ending) await store(ending, context);
  } catch (error) {
    if (!isAbort(error)) stopCampaign(runner, job, error);
  } finally {
    stop(!signal.aborted);
  }
  runner.events.changed(job.campaign);
}

/**
 * A job that was begun so often and neither ended nor was stopped may be what ended the program, or a person killed that each time:
 * afterwards nobody can tell. Further on its tasks run in processes of their own. One that ends such a process fails its job, as a thread's death does; who ends the
 * program ends them too, and the job is begun again.
 */
const MOST_BEGUN_BESIDE_OTHERS = 2;

const apart = (dispatcher: Dispatcher): Dispatcher => ({
  run: (task, input, options) => dispatcher.run(task, input, { ...options, isApart: true }),
  [Symbol.asyncDispose]: () => dispatcher[Symbol.asyncDispose](),
});

/** What it measures on devices is within the limit of its campaign. */
const paidBy = (dispatcher: Dispatcher, campaign: CampaignId, onWaiting: OnWaiting): Dispatcher => ({
  run: (task, input, options) => dispatcher.run(task, input, { ...options, campaign, onWaiting }),
  [Symbol.asyncDispose]: () => dispatcher[Symbol.asyncDispose](),
});

function contextOf(
  runner: JobServices,
  job: Job,
  { signal, onWaiting }: { signal: AbortSignal; onWaiting: OnWaiting },
): JobContext {
  const { services, events } = runner;
  const isApart = job.attempts > MOST_BEGUN_BESIDE_OTHERS;
  const settings = campaignSettings(services.notebook.db, job.campaign);
  const beside = isApart ? apart(services.dispatcher) : services.dispatcher;
  const secondsLeft = timeLeft(runner, job, settings);
  return {
    ...services,
    dispatcher: paidBy(beside, job.campaign, onWaiting),
    job,
    signal,
    campaign: { id: job.campaign, settings },
    report: (progress) => {
      if (signal.aborted) return;
      const seconds = secondsLeft();
      const left = seconds === undefined ? {} : { secondsLeft: seconds };
      events.progress(job.campaign, { phase: job.stage, ...progress, ...left });
    },
  };
}

/** Seconds that the campaign will still take, each time it is asked; undefined where that is not known. */
function timeLeft(
  { services: { notebook }, stopwatch, rungCosts }: JobServices,
  job: Job,
  settings: CampaignSettings,
): () => number | undefined {
  if (job.stage !== "evaluate") return () => undefined;
  const { db } = notebook;
  const expected = expectedEvaluations(db, job.campaign, settings);
  let costs: number[] | undefined;
  if (settings.rungs.length > 0) {
    const { row, records } = getCandidate(db, candidateId(job.campaign, job.ordinal));
    const { conformer } = records;
    // Without them the time is not known until each rung was timed.
    if (conformer !== null)
      rungCosts?.(settings, { conformer, descriptors: row.descriptors }).then(
        (found) => {
          costs = found;
        },
        () => {},
      );
  }
  return () => stopwatch.secondsLeft(job, { left: evaluationsLeft(db, job.campaign, expected), costs });
}

function endingOf(runner: JobServices, context: JobContext, error: unknown): StoreEnding | undefined {
  if (isAbort(error) || context.signal.aborted) return undefined;
  const { job, logger } = context;
  const isBug = !(error instanceof DomainError);
  if (isBug) logger.error({ job, error: toError(error).stack }, "a stage broke");
  const message = messageOf(error);
  const reason = isBug ? `internal error: ${message}` : message;
  const isOwn = isBug || isOfOneMolecule(error);
  if (isOwn && isOfOneCandidate(job.stage)) return giveUp(context, reason);
  return () => failCampaign(runner, job, reason);
}

/** Stores an ending; where the disk is full, says so and waits for room, because the work is done already. */
async function store(ending: StoreEnding, { signal, report, logger }: JobContext): Promise<void> {
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
}

/** The last resort: a result that cannot be stored must not leave a campaign that never ends. */
function stopCampaign(runner: JobServices, job: Job, error: unknown): void {
  const { logger } = runner.services;
  logger.error({ job, error: toError(error).stack }, "a job's end was not stored");
  try {
    const reason = error instanceof DomainError ? error.message : `internal error: ${messageOf(error)}`;
    failCampaign(runner, job, reason);
  } catch (again) {
    logger.error({ job, error: String(again) }, "the notebook cannot be written");
  }
}

function failCampaign({ services: { notebook }, abort }: JobServices, job: Job, reason: string): void {
  notebook.transaction(() => {
    stopJobs(notebook, job.campaign);
    setCampaignState(notebook, job.campaign, "failed", reason);
  });
  abort(job.campaign);
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
