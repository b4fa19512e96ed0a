/**
 * Shots of devices elsewhere, for a calculation that cannot wait for them: it ends with what it needs, and is done again with the
 * shots at hand. So no thread waits for a queue, and a calculation that was cut off goes on from its jobs.
 */
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import type { Calibration, CircuitRun } from "./estimator.ts";

/** A job that a calculation asks for. */
export interface JobAsked {
  readonly backend: RemoteName;
  /** The vendor's name of the device. */
  readonly device: string;
  /** After which the local simulator does it. */
  readonly deadline_s: number;
  /** Where shots without the device's readout errors are of no use. */
  readonly needsCalibration?: boolean;
  readonly runs: readonly CircuitRun[];
}

/** What came of it. */
export type JobAnswer =
  | {
      readonly by: "device";
      /** Of each run, by the vendor's ids of jobs (circuit-ids.ts), separated by spaces. */
      readonly id: string;
      readonly calibration: Calibration;
      /** Of each run, [shots]; fewer than were asked for where some failed there. */
      readonly shots: readonly Int32Array[];
      /** How many fewer of all; absent: none. */
      readonly lostShots?: number;
    }
  | {
      /** The local simulator is to do it, without noise. */
      readonly by: "simulator";
      readonly reason: string;
    };

/** Ends a calculation that asks for shots that are not at hand. */
export class ShotsNeeded extends Error {
  override readonly name = "ShotsNeeded";
  readonly job: JobAsked;

  constructor(job: JobAsked) {
    super(`Shots of ${job.backend} are needed, and nobody here asks a device for them.`);
    this.job = job;
  }
}

/** Answers in the order in which a calculation asks: it asks the same each time that it is done. */
export class ShotsAtHand {
  private readonly answers: readonly JobAnswer[];
  private asked = 0;

  constructor(answers: readonly JobAnswer[]) {
    this.answers = answers;
  }

  next(): JobAnswer | undefined {
    return this.answers[this.asked++];
  }
}
