import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { createControlBlock, PHASE_NAMES, requestCancel } from "#core/quantum/control-block.ts";
import { resources } from "./chemistry-reference.ts";

type Phase = (typeof PHASE_NAMES)[number];

/** Runs the field of field-worker.ts and asks it to stop in the `iteration`-th step of a phase; how it ended. */
async function cancelIn(
  phase: Phase,
  { iteration, fitted = false, onGrid = false }: { iteration: number; fitted?: boolean; onGrid?: boolean },
) {
  const control = createControlBlock();
  const worker = new Worker(new URL("field-worker.ts", import.meta.url), {
    workerData: { resources, control, fitted, onGrid },
  });
  const ended = once(worker, "message");
  let over = false;
  ended.then(() => {
    over = true;
  });
  const reached = () => Atomics.load(control, 3) === PHASE_NAMES.indexOf(phase) && control[1]! >= iteration;
  while (!over && !reached()) await sleep(1);
  const at = [...control].slice(1);
  requestCancel(control);
  const [outcome] = await ended;
  await worker.terminate();
  return { outcome, at, end: [...control].slice(1) };
}

describe("a calculation that is asked to stop", () => {
  it.each([
    { phase: "integrals", iteration: 0, fitted: true, onGrid: false },
    { phase: "scf", iteration: 2, fitted: true, onGrid: false },
    { phase: "scf", iteration: 2, fitted: false, onGrid: false },
    { phase: "integrals", iteration: 0, fitted: false, onGrid: true },
    { phase: "scf", iteration: 2, fitted: false, onGrid: true },
    { phase: "gradient", iteration: 0, fitted: false, onGrid: false },
    { phase: "gradient", iteration: 0, fitted: false, onGrid: true },
  ] as const)(
    "in the phase $phase, fitted: $fitted, on a grid: $onGrid, ends within the step it is in",
    async (where) => {
      const { outcome, at, end } = await cancelIn(where.phase, where);
      expect(outcome).toBe("AbortError");
      expect(PHASE_NAMES[at[2]!]).toBe(where.phase);
      // the next step would have been reported before its own check
      expect(end).toEqual(at);
    },
  );
});
