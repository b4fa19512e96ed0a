/** Circuits that are measured together, in as few jobs as a provider's limits allow. */
import type { JobLimits } from "./job-limits.ts";
import type { PreparedCircuit } from "./provider.ts";

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** The shots of a job whose circuits share them: each circuit has a multiple of it. */
export const sharedShots = (circuits: readonly Pick<PreparedCircuit, "shots">[]): number =>
  circuits.reduce((shared, { shots }) => divisor(shared, shots), 0);

/** What circuits make of a job. */
interface Load {
  readonly circuits: number;
  readonly allShots: number;
  readonly allGates: number;
  readonly allPairGates: number;
  /** Of the circuit that has most. */
  readonly most: number;
  /** As sharedShots. */
  readonly shared: number;
}

const NOTHING: Load = { circuits: 0, allShots: 0, allGates: 0, allPairGates: 0, most: 0, shared: 0 };

const withCircuit = (load: Load, { shots, gates }: PreparedCircuit): Load => ({
  circuits: load.circuits + 1,
  allShots: load.allShots + shots,
  allGates: load.allGates + gates.one + gates.two,
  allPairGates: load.allPairGates + gates.two,
  most: Math.max(load.most, shots),
  shared: divisor(load.shared, shots),
});

/** Whether one job may hold them all. */
const mayHold = (load: Load, limits: JobLimits): boolean =>
  load.circuits <= limits.circuits &&
  load.allShots <= limits.allShots &&
  load.allGates <= limits.allGates &&
  load.allGates * limits.gateBytes <= limits.bytes &&
  load.allPairGates <= limits.allPairGates &&
  load.most / load.shared <= limits.repeats;

/**
 * The circuits of each job: each goes into the first in which there is room for it. One that is too large by itself is alone.
 * Cost: their number times that of jobs.
 */
export function packed<T extends { readonly circuit: PreparedCircuit }>(
  items: readonly T[],
  limits: JobLimits,
): T[][] {
  const jobs: { items: T[]; load: Load }[] = [];
  for (const item of items) {
    const { circuit } = item;
    const open = jobs.find(({ load }) => mayHold(withCircuit(load, circuit), limits));
    if (open) {
      open.items.push(item);
      open.load = withCircuit(open.load, circuit);
    } else jobs.push({ items: [item], load: withCircuit(NOTHING, circuit) });
  }
  return jobs.map((job) => job.items);
}
