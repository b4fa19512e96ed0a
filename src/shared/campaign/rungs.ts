/** The levels that a campaign's molecules climb: each cheaper one chooses who is computed by the next. */
import { type Evaluation, moleculeResult } from "../properties/evaluation.ts";
import { declarationOf, isSameProperty, type PropertyId } from "../properties/find.ts";
import { asksVqe, levelName } from "../properties/method-title.ts";
import { isRemote } from "../quantum/backend-names.ts";
import { basisTitle } from "../quantum/basis-functions.ts";
import {
  askedOn,
  type CampaignSettings,
  type EvaluationSettings,
  type RankingDirection,
} from "./campaign.ts";

type Climbed = Pick<CampaignSettings, "evaluation" | "ranking" | "rungs">;

/** The campaign's own level stands on the last rung; without rungs below it that is 0. */
export const topRung = ({ rungs }: Pick<CampaignSettings, "rungs">): number => rungs.length;

/** How molecules are evaluated on a rung. @param rung from 0, the cheapest */
export function levelOf({ evaluation, rungs }: Omit<Climbed, "ranking">, rung: number): EvaluationSettings {
  const own = rungs[rung];
  if (!own) return evaluation;
  const { keep: _, direction: __, relaxed = evaluation.relaxed, ...said } = own;
  const { relaxed: ___, ...above } = evaluation;
  const level = { ...said, ...(relaxed && { relaxed }) };
  const asked = askedOn(evaluation, own);
  if (isSameProperty(asked, evaluation)) return { ...above, ...level };
  const { propertySettings: ____, definition: _____, ...others } = above;
  return { ...others, basis: declarationOf(asked).basis, ...level, property: asked.property };
}

/** The rungs whose molecules are measured on a device elsewhere, by their numbers: a backend measures by VQE alone. */
export const deviceLevels = (settings: Omit<Climbed, "ranking">): number[] =>
  Array.from({ length: topRung(settings) + 1 }, (_, rung) => rung).filter((rung) => {
    const level = levelOf(settings, rung);
    return isRemote(level.backend) && asksVqe(level);
  });

/** Whether a rung's numbers are of the campaign's own property, so that they stand under its title. */
export const isOwnRung = (settings: Omit<Climbed, "ranking">, rung: number): boolean =>
  isSameProperty(levelOf(settings, rung), settings.evaluation);

/** The basis set that a candidate's number is in: of a molecule that the property relaxed not that of its field. */
export function basisOfNumber(
  settings: Omit<Climbed, "ranking">,
  { evaluation, rung = 0 }: { readonly evaluation: Evaluation | null; readonly rung?: number },
): string | null {
  if (!evaluation) return null;
  const { basis, optimisation } = moleculeResult(evaluation);
  const level = levelOf(settings, rung);
  return optimisation ? basisTitle(level.basis, level.functions) : basis;
}

/** Whether atom maps say which bond of a molecule is meant, on any rung. */
export const takesMarks = (settings: Omit<Climbed, "ranking">): boolean =>
  [settings.evaluation, ...settings.rungs.map((_, rung) => levelOf(settings, rung))].some(
    (level) => declarationOf(level).takesMarks === true,
  );

/** Which of a rung's numbers are best. */
export function directionOf(settings: Climbed, rung: number): RankingDirection {
  const { ranking } = settings;
  const own = isOwnRung(settings, rung) ? ranking.direction : declarationOf(levelOf(settings, rung)).better;
  return settings.rungs[rung]?.direction ?? own;
}

/** How the candidates of a rung are ranked among themselves. */
export interface RungOrder {
  rung: number;
  property: PropertyId;
  /** Whether that is the campaign's own, a person's own one by its definition too. */
  isOwn: boolean;
  direction: RankingDirection;
}

/** The dearest first: whoever came higher is ranked before all that did not. */
export const rungOrders = (settings: Climbed): RungOrder[] =>
  Array.from({ length: topRung(settings) + 1 }, (_, k) => {
    const rung = topRung(settings) - k;
    const { property } = levelOf(settings, rung);
    return { rung, property, isOwn: isOwnRung(settings, rung), direction: directionOf(settings, rung) };
  });

/** "MP2/6-31G", of another property than the campaign's with its symbol: "PA by MP2/6-31G"; of a composite its title. */
export function levelTitle(settings: Omit<Climbed, "ranking">, rung: number): string {
  const level = levelOf(settings, rung);
  // Its parts have levels of their own.
  if (level.definition?.kind === "composite") return level.definition.title;
  const title = levelName(level, basisTitle(level.basis, level.functions));
  if (isOwnRung(settings, rung)) return title;
  return `${declarationOf(level).symbol} by ${title}`;
}

/** "rung 1 (MP2/STO-3G)", from 1 as people count. */
export const rungTitle = (settings: Omit<Climbed, "ranking">, rung: number): string =>
  `rung ${rung + 1} (${levelTitle(settings, rung)})`;
