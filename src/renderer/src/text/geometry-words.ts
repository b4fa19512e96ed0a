import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import { hasNoNumber, recoveredAt, whereText } from "#shared/properties/evaluation.ts";
import { shapesTitle } from "#shared/properties/method-title.ts";

/** How a candidate's geometry was made, and where its numbers are, or were found not to be, if not there; null where it has none. */
export function geometryWords(
  {
    conformer,
    evaluation,
    rung = 0,
  }: Pick<CandidateDetail, "rung" | "evaluation"> & { conformer: { method: string } | null },
  settings: Pick<CampaignSettings, "evaluation" | "rungs">,
): string | null {
  if (!conformer) return null;
  const shapes = (evaluation && recoveredAt(evaluation)) ?? shapesTitle(levelOf(settings, rung));
  const hasNumber = evaluation === null || !hasNoNumber(evaluation.outcome);
  return shapes === undefined ? conformer.method : `${conformer.method}; ${whereText(shapes, hasNumber)}`;
}
