/** The Int32Array that a thread shares with whoever follows and stops its work. */

/** Where things lie in the block; the native core has the same order. */
export const CONTROL = { cancel: 0, iteration: 1, maxIterations: 2, phase: 3, length: 4 } as const;

export type ControlBlock = Int32Array<SharedArrayBuffer>;

export const createControl = (): ControlBlock =>
  new Int32Array(new SharedArrayBuffer(CONTROL.length * Int32Array.BYTES_PER_ELEMENT));

/** Where a calculation is: what it is doing, which iteration, and how many at most (null where it is not known). */
export function readControl(control: ControlBlock): { phase: number; done: number; total: number | null } {
  return {
    phase: Atomics.load(control, CONTROL.phase),
    done: Atomics.load(control, CONTROL.iteration),
    total: Atomics.load(control, CONTROL.maxIterations) || null,
  };
}
