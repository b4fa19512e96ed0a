/** What a campaign's plan will still bring: evaluations on each of its rungs, as far as can be told now. */
import type { Database } from "#core/notebook/file/database.ts";
import { acceptedCandidates } from "#core/notebook/tables/candidates.ts";
import { countStageJobs, ENDED, hasStageJobs } from "#core/notebook/tables/jobs.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { CampaignId } from "#shared/ids.ts";
import { countChosen } from "../stages/progress.ts";

type Planned = Pick<CampaignSettings, "generation" | "evaluation" | "acquisition" | "rungs">;

/** How many are evaluated on the first rung in the end. */
function expectedFirst(
  db: Database,
  campaign: CampaignId,
  { generation, evaluation, acquisition }: Planned,
): number {
  const most = Math.min(evaluation.maxEvaluations, generation.count);
  // Until all are filtered it may be as many as were asked for.
  if (hasStageJobs(db, campaign, ["propose", "filter"])) return most;
  if (acquisition.strategy === "none") return countChosen(db, campaign);
  return acceptedCandidates(db, campaign, { limit: most }).length;
}

/**
 * How many evaluations each rung will have had at the end: what is queued, what a surrogate will still choose, and what will go up.
 *
 * Cost: milliseconds; with a surrogate tens of them for 100,000 candidates.
 */
export function expectedEvaluations(db: Database, campaign: CampaignId, settings: Planned): number[] {
  const counts = [expectedFirst(db, campaign, settings)];
  for (const [k, { keep }] of settings.rungs.entries()) {
    const known = countStageJobs(db, campaign, { stage: "evaluate", rung: k + 1 });
    // Those of a rung come all at once.
    counts.push(known > 0 ? known : Math.min(keep, counts[k] ?? 0));
  }
  return counts;
}

/** Of the expected evaluations those that have not ended. */
export const evaluationsLeft = (db: Database, campaign: CampaignId, expected: readonly number[]): number[] =>
  expected.map((count, rung) =>
    Math.max(0, count - countStageJobs(db, campaign, { stage: "evaluate", rung, states: ENDED })),
  );
