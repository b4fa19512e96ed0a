/** Shots that a result was made of, from the notebook alone: nothing is asked and nothing sent. */
import type { Database } from "#core/notebook/file/database.ts";
import { deviceJob, deviceJobs } from "#core/notebook/tables/device-events.ts";
import type { JobAnswer } from "#core/quantum/measurement/at-hand.ts";
import { readCircuitId } from "#shared/quantum/circuit-ids.ts";
import type { JobReceipt } from "#shared/quantum/state-result.ts";
import { deviceAnswer } from "./device-answer.ts";

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
      const { vendorId, circuit } = readCircuitId(one);
      const name = names.get(vendorId);
      const job = name === undefined ? undefined : deviceJob(db, name);
      return { vendorId, circuit, job };
    });
    const measured = found.flatMap(({ job, ...place }) =>
      job?.result?.circuits[place.circuit]
        ? [{ ...place, of: job.circuits, shots: job.shots, result: job.result }]
        : [],
    );
    if (measured.length < found.length) break;
    answers.push(deviceAnswer(measured));
  }
  return answers;
}
