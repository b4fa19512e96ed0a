/** Circuits that are measured together, in as few jobs as a provider's limits allow. */
import type { JobLimits } from "./job-limits.ts";
import type { PreparedCircuit } from "./provider.ts";

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The shots of a job whose circuits share them: each circuit has a multiple of it. */
export const sharedShots = (circuits: readonly Pick<PreparedCircuit, "shots">[]): number =>
  circuits.reduce((shared, { shots }) => divisor(shared, shots), 0);

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** Whether one job may hold them all. */
function mayHold(circuits: readonly PreparedCircuit[], limits: JobLimits): boolean {
  const gates = sum(circuits, (one) => one.gates.one + one.gates.two);
  const most = circuits.reduce((largest, { shots }) => Math.max(largest, shots), 0);
  return (
    circuits.length <= limits.circuits &&
    sum(circuits, ({ shots }) => shots) <= limits.allShots &&
    gates <= limits.allGates &&
    gates * limits.gateBytes <= limits.bytes &&
    sum(circuits, (one) => one.gates.two) <= limits.allPairGates &&
    most / sharedShots(circuits) <= limits.repeats
  );
}

/**
 * The circuits of each job: each goes into the first in which there is room for it. One that is too large by itself is alone.
 * Cost: the square of their number.
 */
export function packed<T extends { readonly circuit: PreparedCircuit }>(
  items: readonly T[],
  limits: JobLimits,
): T[][] {
  const jobs: T[][] = [];
  for (const item of items) {
    const open = jobs.find((job) =>
      mayHold(
        [...job, item].map(({ circuit }) => circuit),
        limits,
      ),
    );
    if (open) open.push(item);
    else jobs.push([item]);
  }
  return jobs;
}
