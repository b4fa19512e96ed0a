/** Promote: reads what a rung found, once all its evaluations have ended, and keeps who goes up and who does not. */
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { evaluationVersion, listContestants } from "#core/notebook/tables/rungs.ts";
import { directionOf, levelOf } from "#shared/campaign/rungs.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";
import { type JobContext, type JobPlan, originOf, timed } from "../plan.ts";
import { promotionRecords } from "./records.ts";
import { chooseWhoGoesUp, promoteStage } from "./run.ts";

export async function planPromotion(context: JobContext): Promise<JobPlan> {
  const { notebook, campaign, job } = context;
  const { settings } = campaign;
  const rung = job.ordinal;
  const asked = settings.rungs[rung];
  if (!asked) throw new Error(`a promotion from rung ${rung}, which the campaign does not have`);
  const { property } = levelOf(settings, rung);
  const contestants = listContestants(notebook.db, { campaign: campaign.id, rung, property });
  const choice = { keep: asked.keep, direction: directionOf(settings, rung) };
  const told = contestants.map(({ index, value, evaluation }) => `${index} ${value} ${evaluation ?? "none"}`);
  const origin = originOf(promoteStage, context, {
    rung,
    property,
    ...choice,
    evaluationVersion: evaluationVersion(notebook.db, campaign.id),
    contestants: contestants.length,
    contestantsSha256: toHex(sha256(told.join("\n"))),
  });
  const kept = {
    evaluations: contestants.flatMap(({ evaluation }) => evaluation ?? []),
    unit: UNITS[propertyOf(property).unit].stored,
  };
  const run = async () => promotionRecords(origin, chooseWhoGoesUp(contestants, choice), kept);
  return { origin, run: () => timed(run) };
}
