/** A candidate's states where work is done, each found if the notebook holds it and kept as soon as it is there. */
import type { Notebook } from "#core/notebook/notebook.ts";
import type { Iterations } from "#core/quantum/control-block.ts";
import type { Unit } from "#core/quantum/evaluate/states.ts";
import type { Compute } from "#core/quantum/properties/evaluate.ts";
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { iterationWords } from "../../dispatch/iteration-words.ts";
import { unlessAborted } from "../../dispatch/unless-aborted.ts";
import { type JobContext, standInKey } from "../plan.ts";
import { stageProgress } from "../progress.ts";
import type { LinkedGeometry } from "./calculations.ts";
import { findState, hasStandIn, stateKey, stateRecords } from "./state.ts";

/** Stores a state; where the disk is full the evaluation waits for room at its end, with all that it needs in hand. */
function keep(
  { notebook, job, program, logger }: JobContext,
  result: EnergyResult,
  { key, unit, candidate }: { key: Sha256; unit: Unit; candidate: LinkedGeometry },
): void {
  const { records, result: record, timings_ms } = stateRecords(result, { unit, candidate, program });
  const { campaign, ordinal } = job;
  try {
    const event = { campaign, ordinal, key, record: record.hash, program, timings_ms };
    notebook.append({ kind: "state-finished", ...event }, records);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "disk-full") throw error;
    logger.warn({ job, error: error.message }, "a state was not kept for want of room on the disk");
  }
}

/** States that are being computed for some job, by notebook. */
const underway = new WeakMap<Notebook, Map<Sha256, Promise<unknown>>>();

/** @param name of the molecule, for people */
export function computeOrFind(context: JobContext, candidate: LinkedGeometry, name: string): Compute {
  const { notebook, dispatcher, signal, job, report } = context;
  const inFlight = underway.get(notebook) ?? new Map<Sha256, Promise<unknown>>();
  underway.set(notebook, inFlight);
  return async (request, names) => {
    const key = stateKey(request);
    for (;;) {
      const known = findState(notebook.db, request, candidate);
      if (known) return known;
      const other = inFlight.get(key);
      if (!other) break;
      // What the other job failed with is told by it.
      await unlessAborted(
        other.catch(() => {}),
        signal,
      );
    }
    const onProgress = (at: Iterations): void => {
      const message = `evaluating ${name}: ${names[0]}, ${iterationWords(at)}`;
      report({ ...stageProgress(notebook.db, job), message });
    };
    const running = dispatcher.run("evaluate", request, { signal, onProgress });
    inFlight.set(key, running);
    try {
      const result = await running;
      keep(context, result, {
        key: hasStandIn(result) ? standInKey(key) : key,
        unit: { request, names },
        candidate,
      });
      return result;
    } finally {
      inFlight.delete(key);
    }
  };
}
