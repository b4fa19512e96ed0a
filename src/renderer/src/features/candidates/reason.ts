import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { whereText } from "#shared/properties/evaluation.ts";

/** Why a candidate went no further, e.g. "alert:brenk: aldehyde", or where its numbers are; undefined where nothing stopped it. */
export function reasonOf({
  rejection,
  failure,
  noValue,
  recoveredAt,
}: Pick<CandidateRow, "rejection" | "failure" | "noValue" | "recoveredAt">): string | undefined {
  if (rejection) return rejection.detail ? `${rejection.rule}: ${rejection.detail}` : rejection.rule;
  if (failure) return `${failure.stage}: ${failure.reason}`;
  return noValue ?? (recoveredAt && whereText(recoveredAt, true));
}
