import type { CandidateRow } from "#shared/campaign/candidate.ts";

/** Why a candidate went no further, e.g. "alert:brenk: aldehyde"; undefined where nothing stopped it. */
export function reasonOf({
  rejection,
  failure,
  noValue,
}: Pick<CandidateRow, "rejection" | "failure" | "noValue">): string | undefined {
  if (rejection) return rejection.detail ? `${rejection.rule}: ${rejection.detail}` : rejection.rule;
  return failure ? `${failure.stage}: ${failure.reason}` : noValue;
}
