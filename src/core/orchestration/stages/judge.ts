/** Whether a stage's result, computed again, is what was written. */
import type { Notebook } from "#core/notebook/notebook.ts";
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import type { CandidateRecords } from "#core/notebook/tables/candidates.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { StageName } from "#shared/campaign/job.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { SourceServices } from "../sources/source.ts";
import { difference } from "./compare-json.ts";

export interface ReplayServices extends SourceServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  program: string;
}

/** The candidate whose step is computed again. */
export interface ReplayContext extends ReplayServices {
  row: CandidateRow;
  records: CandidateRecords;
  signal: AbortSignal | undefined;
}

/** Computes a candidate's step of one stage again; undefined where the candidate did not come so far. */
export type Replay = (context: ReplayContext) => Promise<ReplayedStep | undefined>;

/** Times, and what computed: they are reported, not compared. */
const NOT_RESULTS = ["wallTime_ms", "processorTime_ms", "build", "threads"];

interface Compared {
  stored: Json;
  now: Json;
  /** By what it was computed then and now. */
  why: string;
  /** Largest difference of two numbers that still counts as the same result. */
  tolerance: number;
  /** What must agree within the tolerance where not all bits do; everything, unless told. */
  essence?: (result: Json) => Json;
}

export function judged(
  step: StageName,
  { stored, now, why, tolerance, essence = (result) => result }: Compared,
): ReplayedStep {
  const exact = difference(stored, now, NOT_RESULTS);
  if (exact.mismatch === undefined && exact.largest === 0) return { step, outcome: "identical", detail: why };
  const { largest, at, mismatch } = difference(essence(stored), essence(now), NOT_RESULTS);
  if (mismatch !== undefined) {
    return { step, outcome: "different", detail: `${mismatch || "the result"} differs; ${why}` };
  }
  const outcome = largest <= tolerance ? "within-tolerance" : "different";
  const what = at
    ? `${at} differs by ${largest.toExponential(1)}`
    : `only ${exact.mismatch ?? exact.at} differs`;
  return { step, outcome, detail: `${what}; ${why}` };
}

export const versions = (then: string, now: string): string =>
  then === now ? `by ${now}, as then` : `by ${now}, then by ${then}`;
