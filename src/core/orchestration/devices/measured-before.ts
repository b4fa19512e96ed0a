/** Shots that a result was made of, from the notebook alone: nothing is asked and nothing sent. */
import type { Database } from "#core/notebook/file/database.ts";
import { deviceJob, deviceJobs } from "#core/notebook/tables/device-events.ts";
import type { JobAnswer } from "#core/quantum/measurement/at-hand.ts";
import type { JobReceipt } from "#shared/quantum/state-result.ts";
import { shotsOf } from "./shots-of.ts";

/** @param jobs in the order in which they were asked for @returns what came of them, up to the first that is not in the notebook */
export function measuredBefore(db: Database, jobs: readonly JobReceipt[]): JobAnswer[] {
  if (jobs.length === 0) return [];
  const names = new Map(deviceJobs(db).map(({ vendorId, job }) => [vendorId, job]));
  const answers: JobAnswer[] = [];
  for (const { id, fallback } of jobs) {
    if (fallback !== undefined) {
      answers.push({ by: "simulator", reason: fallback });
      continue;
    }
    const found = id.split(" ").map((one) => {
      const name = names.get(one);
      return name === undefined ? undefined : deviceJob(db, name);
    });
    const results = found.flatMap((job) => (job?.result ? [{ ...job.result, asked: job.shots }] : []));
    const [first] = results;
    if (!first || results.length < found.length) break;
    answers.push({
      by: "device",
      id,
      calibration: first.calibration ?? { id: null, readout01: 0, readout10: 0 },
      shots: results.map(({ counts, asked }) => shotsOf(counts, asked)),
    });
  }
  return answers;
}
