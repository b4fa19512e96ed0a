/** Circuits that are measured together as jobs: those that the notebook knows, and as few others as the provider's limits allow. */
import type { Database } from "#core/notebook/file/database.ts";
import { deviceJob } from "#core/notebook/tables/device-events.ts";
import { packed } from "#core/quantum/backends/pack-jobs.ts";
import type { PreparedCircuit, PreparedJob, Provider } from "#core/quantum/backends/provider.ts";
import type { JobAsked } from "#core/quantum/measurement/at-hand.ts";
import type { CircuitRun } from "#core/quantum/measurement/estimator.ts";
import { DomainError } from "#shared/errors.ts";

/** How jobs are told apart that asked for the same circuits and came to nothing. */
const MOST_ATTEMPTS = 1000;

/** Where the counts of a run are. */
interface CircuitPlace {
  /** Which of the jobs, and which of its circuits; from 0. */
  readonly job: number;
  readonly circuit: number;
}

export interface PreparedJobs {
  readonly jobs: readonly PreparedJob[];
  /** Of each run, in their order; the same circuit with the same seed is measured once. */
  readonly places: readonly CircuitPlace[];
}

interface OneCircuit {
  /** Of the job that it would be alone. */
  readonly name: string;
  readonly circuit: PreparedCircuit;
}

/**
 * A set of circuits that was asked for before is found again where it is put together as it was then, or where each circuit had a
 * job of its own. Put together otherwise, by another row of JOB_LIMITS or with one circuit more, it is sent and paid for anew.
 */
export function prepareJobs(
  db: Database,
  provider: Provider,
  { runs: wanted, device }: Pick<JobAsked, "runs" | "device">,
): PreparedJobs {
  // Where each circuit has shots of its own, none are rounded to what a job could share.
  const runs = Number.isFinite(provider.limits.repeats)
    ? wanted
    : wanted.map((run) => ({ ...run, shots: run.shotsAlone ?? run.shots }));
  /** The job that is open or done for these, or a new one where all have ended without a result. */
  const jobOf = (own: readonly CircuitRun[]): PreparedJob => {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const job = provider.prepare(own, { device, attempt });
      if (deviceJob(db, job.name)?.state !== "ended") return job;
    }
    throw new DomainError("conflict", `The same circuits came to nothing ${MOST_ATTEMPTS} times.`);
  };
  const jobOfAll = (circuits: readonly OneCircuit[]) => jobOf(circuits.map(({ circuit: { run } }) => run));
  const isKnown = ({ name }: PreparedJob): boolean => deviceJob(db, name) !== undefined;
  const knownAlone = ({ circuit: { run } }: OneCircuit): PreparedJob | undefined =>
    [run, { ...run, shots: run.shotsAlone ?? run.shots }].map((one) => jobOf([one])).find(isKnown);
  const jobs: PreparedJob[] = [];
  const places = new Map<string, CircuitPlace>();
  const add = (job: PreparedJob, circuits: readonly OneCircuit[]): void => {
    jobs.push(job);
    for (const [circuit, { name }] of circuits.entries()) places.set(name, { job: jobs.length - 1, circuit });
  };
  const asked = runs.map((run): OneCircuit => {
    const { name, circuits } = provider.prepare([run], { device, attempt: 0 });
    return { name, circuit: circuits[0]! }; // of one run
  });
  // In an order of their own, so that the same circuits are the same jobs in whatever order they are asked for.
  const different = [...new Map(asked.map((one) => [one.name, one])).values()].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  for (const circuits of packed(different, provider.limits)) {
    const job = jobOfAll(circuits);
    if (isKnown(job)) {
      add(job, circuits);
      continue;
    }
    const others: OneCircuit[] = [];
    for (const one of circuits) {
      const known = knownAlone(one);
      if (known) add(known, [one]);
      else others.push(one);
    }
    for (const rest of packed(others, provider.limits)) add(jobOfAll(rest), rest);
  }
  return { jobs, places: asked.map(({ name }) => places.get(name)!) }; // each was added
}
