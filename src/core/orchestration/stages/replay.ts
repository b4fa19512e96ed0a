/** Computes each stored step of a candidate again from its stored input and compares. Nothing is written. */
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { isAbort, messageOf } from "#shared/errors.ts";
import type { CandidateId } from "#shared/ids.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import type { ReplayContext, ReplayServices } from "./judge.ts";
import { REPLAYS } from "./stages.ts";

/**
 * Replays propose, filter, embed and evaluate, as far as the candidate came.
 *
 * @throws DomainError not-found; AbortError when cancelled
 */
export async function replayCandidate(
  services: ReplayServices,
  id: CandidateId,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ReplayedStep[]> {
  const context: ReplayContext = { ...services, ...getCandidate(services.notebook.db, id), signal };
  const report: ReplayedStep[] = [];
  for (const [step, replay] of Object.entries(REPLAYS)) {
    try {
      const replayed = await replay(context);
      if (replayed) report.push(replayed);
    } catch (error) {
      if (isAbort(error)) throw error;
      report.push({ step, outcome: "not-possible", detail: messageOf(error) });
    }
  }
  return report;
}
