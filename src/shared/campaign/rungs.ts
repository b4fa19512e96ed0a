/** The levels that a campaign's molecules climb: each cheaper one chooses who is computed by the next. */
import { declarationOf, type PropertyId, propertyOf } from "../properties/find.ts";
import { rankedBy } from "../properties/method-title.ts";
import { METHOD_TITLES } from "../properties/property.ts";
import { basisTitle } from "../quantum/basis-functions.ts";
import type { CampaignSettings, EvaluationSettings, RankingDirection } from "./campaign.ts";

type Climbed = Pick<CampaignSettings, "evaluation" | "ranking" | "rungs">;

/** The campaign's own level stands on the last rung; without rungs below it that is 0. */
export const topRung = ({ rungs }: Pick<CampaignSettings, "rungs">): number => rungs.length;

/** How molecules are evaluated on a rung. @param rung from 0, the cheapest */
export function levelOf({ evaluation, rungs }: Omit<Climbed, "ranking">, rung: number): EvaluationSettings {
  const own = rungs[rung];
  if (!own) return evaluation;
  const { keep: _, direction: __, ...level } = own;
  const { property = evaluation.property } = level;
  if (property === evaluation.property) return { ...evaluation, ...level };
  const { propertySettings: ___, definition: ____, ...others } = evaluation;
  return { ...others, basis: propertyOf(property).basis, ...level, property };
}

/** Which of a rung's numbers are best. */
export function directionOf(settings: Climbed, rung: number): RankingDirection {
  const { evaluation, ranking, rungs } = settings;
  const { direction, property = evaluation.property } = rungs[rung] ?? {};
  return (
    direction ??
    (property === evaluation.property ? ranking.direction : declarationOf(levelOf(settings, rung)).better)
  );
}

/** How the candidates of a rung are ranked among themselves. */
export interface RungOrder {
  rung: number;
  property: PropertyId;
  direction: RankingDirection;
}

/** The dearest first: whoever came higher is ranked before all that did not. */
export const rungOrders = (settings: Climbed): RungOrder[] =>
  Array.from({ length: topRung(settings) + 1 }, (_, k) => {
    const rung = topRung(settings) - k;
    return { rung, property: levelOf(settings, rung).property, direction: directionOf(settings, rung) };
  });

/** "MP2/6-31G", of another property than the campaign's with its symbol: "PA by MP2/6-31G". */
export function levelTitle(settings: Omit<Climbed, "ranking">, rung: number): string {
  const level = levelOf(settings, rung);
  const title = `${METHOD_TITLES[rankedBy(level).method]}/${basisTitle(level.basis, level.functions)}`;
  if (level.property === settings.evaluation.property) return title;
  return `${declarationOf(level).symbol} by ${title}`;
}

/** "rung 1 (MP2/STO-3G)", from 1 as people count. */
export const rungTitle = (settings: Omit<Climbed, "ranking">, rung: number): string =>
  `rung ${rung + 1} (${levelTitle(settings, rung)})`;
