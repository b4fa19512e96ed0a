import { type RemoteName, simulatorOf } from "#shared/quantum/backend-names.ts";
import type { SamplingSettings } from "#shared/quantum/vqe.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { type JobAnswer, type ShotsAtHand, ShotsNeeded } from "../measurement/at-hand.ts";
import type { Estimator, Shots } from "../measurement/estimator.ts";
import { JOB_LIMITS } from "./job-limits.ts";
import { openSampler } from "./sampler.ts";

/** Unless told otherwise: a day. */
const DEFAULT_DEADLINE_S = 86_400;
/** Of all circuits that are measured together; how many one may have is for its provider to say. */
const MAX_JOB_SHOTS = 1_000_000;

/**
 * A device elsewhere, by the shots of its jobs that are at hand; the local sampler, without noise, for jobs that came to nothing.
 *
 * @throws ShotsNeeded from submit, where the job has no answer yet
 */
export function openAtHand(
  backend: RemoteName,
  { qpu: device = simulatorOf(backend), deadline_s = DEFAULT_DEADLINE_S, mitigation }: SamplingSettings,
  { shots: atHand, ...context }: NativeContext & { readonly shots?: ShotsAtHand | undefined },
): Estimator {
  // Settings are checked where they come in.
  if (device === undefined) throw new Error(`${backend} without a device`);
  const local = openSampler(context);
  const answers = new Map<string, JobAnswer>();
  async function* fetched(id: string): AsyncIterable<Shots> {
    const answer = answers.get(id);
    if (answer?.by !== "device") return yield* local.fetch(id);
    for (const bits of answer.shots) yield { bits, stateErrorBound: null };
  }
  return {
    capabilities: {
      ...{ maxShots: MAX_JOB_SHOTS, keepsJobs: true },
      // In any form of its jobs: who puts them together takes shotsAlone where circuits need not share.
      sharesShots: Number.isFinite(JOB_LIMITS[backend].repeats),
    },
    estimate: (runs) => local.estimate(runs),
    async submit(runs) {
      const answer = atHand?.next();
      const needsCalibration = mitigation.includes("readout");
      if (!answer) throw new ShotsNeeded({ backend, device, deadline_s, needsCalibration, runs });
      const id = answer.by === "device" ? answer.id : await local.submit(runs);
      answers.set(id, answer);
      return id;
    },
    poll: async () => ({ state: "done" }),
    fetch: fetched,
    cancel: (id) => local.cancel(id),
    async calibration(id) {
      const answer = answers.get(id);
      if (answer?.by !== "device")
        return { id: null, readout01: 0, readout10: 0, ...(answer && { fallback: answer.reason }) };
      const { calibration, lostShots } = answer;
      return { ...calibration, ...(lostShots !== undefined && { lostShots }) };
    },
  };
}
