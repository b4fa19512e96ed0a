import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { whereText } from "#shared/properties/evaluation.ts";
import { ROUTE_TITLES } from "#shared/quantum/diagnostic.ts";

/**
 * Why a candidate went no further, e.g. "alert:brenk: aldehyde", or what is to be known of its numbers: where they are, and that one
 * determinant will not do; undefined where nothing is.
 */
export function reasonOf({
  rejection,
  failure,
  noValue,
  recoveredAt,
  route = "single-reference",
}: Pick<CandidateRow, "rejection" | "failure" | "noValue" | "recoveredAt" | "route">): string | undefined {
  if (rejection) return rejection.detail ? `${rejection.rule}: ${rejection.detail}` : rejection.rule;
  if (failure) return `${failure.stage}: ${failure.reason}`;
  const said = [
    ...(recoveredAt ? [whereText(recoveredAt, true)] : []),
    ...(route === "single-reference" ? [] : [ROUTE_TITLES[route]]),
  ];
  return noValue ?? (said.join("; ") || undefined);
}
