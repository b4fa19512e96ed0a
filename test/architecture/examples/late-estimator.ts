/** A device that takes its time, misreads, and names its jobs and calibrations: the whole of what a driver is. */
import { openSampler } from "#core/quantum/backends/sampler.ts";
import type { NativeContext } from "#core/quantum/hamiltonian/hamiltonian.ts";
import type { Estimator, JobStatus } from "#core/quantum/measurement/estimator.ts";
import { NOISELESS } from "#shared/quantum/noise.ts";

const POLLS_UNTIL_DONE = 3;
const READOUT_ERRORS = { readout01: 0.02, readout10: 0.05 };

/** Ids of all jobs of this process, in the order in which they were sent. */
export const sentJobs: string[] = [];

export function openLateEstimator(context: NativeContext): Estimator {
  const device = openSampler({ ...context, noise: { ...NOISELESS, ...READOUT_ERRORS } });
  const own = new Map<string, { onDevice: string; polls: number }>();
  // Whoever asks for a job was told its id.
  const jobOf = (id: string) => own.get(id)!;
  return {
    capabilities: { maxShots: 1_000_000, keepsJobs: true, sharesShots: false },
    estimate: (runs) => device.estimate(runs),
    async submit(runs) {
      const id = `late-${sentJobs.length + 1}`;
      own.set(id, { onDevice: await device.submit(runs), polls: 0 });
      sentJobs.push(id);
      return id;
    },
    async poll(id): Promise<JobStatus> {
      return ++jobOf(id).polls < POLLS_UNTIL_DONE ? { state: "waiting", pollAfter_ms: 1 } : { state: "done" };
    },
    fetch: (id) => device.fetch(jobOf(id).onDevice),
    cancel: (id) => device.cancel(jobOf(id).onDevice),
    async calibration(id) {
      return { id: `calibration of ${id}`, ...READOUT_ERRORS };
    },
  };
}
