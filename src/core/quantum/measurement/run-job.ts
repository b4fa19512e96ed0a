/** One job of an estimator, from what it would use to its shots. */
import { setTimeout as sleep } from "node:timers/promises";
import { abortError, DomainError } from "#shared/errors.ts";
import type { JobReceipt } from "#shared/quantum/state-result.ts";
import { isCancelled } from "../control-block.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { Calibration, CircuitRun, Estimator, Shots } from "./estimator.ts";

interface FinishedJob {
  readonly id: string;
  readonly calibration: Calibration;
  /** Of each run, in their order. */
  readonly shots: AsyncIterable<Shots>;
}

/** What a result keeps of a job. */
export const receiptOf = ({ id, calibration }: FinishedJob): JobReceipt => ({
  id,
  calibrationId: calibration.id,
  ...(calibration.fallback !== undefined && { fallback: calibration.fallback }),
  ...(calibration.lostShots !== undefined && { lostShots: calibration.lostShots }),
});

const CANCEL_CHECK_MS = 250;

/** Refuses a job that is too large before anything is sent. */
function checkJob(estimator: Estimator, runs: readonly CircuitRun[]): void {
  const { shots } = estimator.estimate(runs);
  const { maxShots } = estimator.capabilities;
  if (shots <= maxShots) return;
  throw new DomainError(
    "not-supported",
    `A job of ${shots} shots: expected at most ${maxShots}. Ask for fewer shots or a larger error.`,
    { shots, maxShots },
  );
}

/** Waits until the job is done; cancels it where the work is cancelled. */
async function waitFor(
  jobId: string,
  estimator: Estimator,
  { control }: Pick<NativeContext, "control">,
): Promise<void> {
  for (let left_ms = 0; ; left_ms -= CANCEL_CHECK_MS) {
    if (isCancelled(control)) {
      await estimator.cancel(jobId);
      throw abortError();
    }
    if (left_ms <= 0) {
      const status = await estimator.poll(jobId);
      if (status.state === "done") return;
      if (status.state === "failed")
        throw new DomainError("backend-unavailable", `The job ${jobId} failed: ${status.reason}.`, { jobId });
      left_ms = status.pollAfter_ms;
    }
    await sleep(Math.min(left_ms, CANCEL_CHECK_MS));
  }
}

/** The shots of all runs, and of no others. */
async function* fetchAll(jobId: string, estimator: Estimator, runs: number): AsyncIterable<Shots> {
  let results = 0;
  for await (const shots of estimator.fetch(jobId)) {
    if (++results <= runs) yield shots;
  }
  if (results === runs) return;
  throw new DomainError(
    "backend-unavailable",
    `The job ${jobId}: expected the shots of ${runs} circuits, got those of ${results}.`,
    { jobId, runs, results },
  );
}

/**
 * Sends the runs as one job and waits for it.
 *
 * @throws DomainError `not-supported` for more shots than the estimator takes, `backend-unavailable` for a job that failed or,
 * from its shots, that lacks some; AbortError when cancelled, the job then too. Throws as the estimator's methods.
 */
export async function runJob(
  estimator: Estimator,
  runs: readonly CircuitRun[],
  context: Pick<NativeContext, "control">,
): Promise<FinishedJob> {
  checkJob(estimator, runs);
  const id = await estimator.submit(runs);
  await waitFor(id, estimator, context);
  return { id, calibration: await estimator.calibration(id), shots: fetchAll(id, estimator, runs.length) };
}
