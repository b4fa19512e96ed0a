/** The integers that a thread shares with whoever stops and follows its work; the native core polls them once an iteration. */
import { abortError } from "#shared/errors.ts";

/** [cancel, iteration, maxIterations, phase], and the number of checks where there is a fifth. */
export type ControlBlock = Int32Array<SharedArrayBuffer>;

const CANCEL = 0;
const ITERATION = 1;
const MAX_ITERATIONS = 2;
const PHASE = 3;

/** Names of the phases; the order is that of ansatz::Phase. */
export const PHASE_NAMES = [
  "idle",
  "integrals",
  "scf",
  "transformation",
  "ci",
  "vqe",
  "gradient",
  "mp2",
  "stability",
  "nevpt2",
  "coupledCluster",
  "triples",
] as const;

/** How far a calculation is. */
export interface Iterations {
  /** What is being computed: "integrals", "scf", "vqe" … */
  phase: string;
  iteration: number;
  /** null where it is not known. */
  maxIterations: number | null;
}

export const createControlBlock = (): ControlBlock => new Int32Array(new SharedArrayBuffer(16));

/** Asks the calculation that holds this block to stop at its next iteration. */
export const requestCancel = (control: ControlBlock): void => {
  Atomics.store(control, CANCEL, 1);
};

export const isCancelled = (control: ControlBlock | undefined): boolean =>
  control !== undefined && Atomics.load(control, CANCEL) !== 0;

/** Says how far a loop outside the native core is. */
export const tellIteration = (control: ControlBlock | undefined, iteration: number): void => {
  if (control) Atomics.store(control, ITERATION, iteration);
};

/** @throws AbortError when the control block asked to stop: for loops outside the native core. */
export function throwIfCancelled(control: ControlBlock | undefined): void {
  if (isCancelled(control)) throw abortError();
}

/** How far the calculation is that holds this block; one that has not begun is at its integrals. */
export const readIterations = (control: ControlBlock): Iterations => ({
  phase: PHASE_NAMES[Atomics.load(control, PHASE) || 1] ?? "working",
  iteration: Atomics.load(control, ITERATION),
  maxIterations: Atomics.load(control, MAX_ITERATIONS) || null,
});
