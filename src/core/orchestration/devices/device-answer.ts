/** Counts of circuits as a calculation takes them: shots of each run, and ids by which they are found again. */
import type { DeviceDone } from "#core/notebook/tables/device-events.ts";
import type { JobAnswer } from "#core/quantum/measurement/at-hand.ts";
import { circuitId } from "#shared/quantum/circuit-ids.ts";
import { shotsOf } from "./shots-of.ts";

interface MeasuredCircuit {
  /** Which of the circuits of its job, from 0. */
  readonly circuit: number;
  readonly vendorId: string;
  /** Of its job, as all that follows. */
  readonly of: number;
  readonly shots: number;
  readonly result: DeviceDone;
}

const shotsIn = (counts: DeviceDone["circuits"][number]): number =>
  counts.reduce((sum, [, count]) => sum + count, 0);

/** Shots that were asked for and are not there. */
function lostShotsOf(measured: readonly MeasuredCircuit[]): number {
  const jobs = new Map(measured.map((one) => [one.vendorId, one]));
  return [...jobs.values()].reduce(
    (sum, { shots, result }) => sum + shots - result.circuits.reduce((own, one) => own + shotsIn(one), 0),
    0,
  );
}

/** @param measured one at least, of each run in their order @throws Error for a circuit that the result of its job does not have */
export function deviceAnswer(measured: readonly MeasuredCircuit[]): Extract<JobAnswer, { by: "device" }> {
  const lostShots = lostShotsOf(measured);
  return {
    by: "device",
    id: measured.map(circuitId).join(" "),
    // Where it is needed there is one.
    calibration: measured[0]?.result.calibration ?? { id: null, readout01: 0, readout10: 0 },
    shots: measured.map(({ result, circuit, shots, vendorId }) => {
      const counts = result.circuits[circuit];
      if (!counts) throw new Error(`the result of ${vendorId} has no circuit ${circuit}`);
      return shotsOf(counts, shots);
    }),
    ...(lostShots > 0 && { lostShots }),
  };
}
