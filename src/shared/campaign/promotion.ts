/** Who went up from a rung and who did not, with the reason. */
import { z } from "zod";
import { declarationOf, PropertyId } from "../properties/find.ts";
import { shownAs } from "../properties/property.ts";
import type { CampaignSettings } from "./campaign.ts";
import { levelOf, rungTitle } from "./rungs.ts";

/** Of one candidate on one rung. */
export const Decision = z.strictObject({
  /** Of its proposal. */
  index: z.number().int().nonnegative(),
  /** On that rung, in the stored unit of its property; null where it has none. */
  value: z.number().nullable(),
  /** Among those of the rung that have a number. */
  rank: z.number().int().nullable(),
  goesUp: z.boolean(),
});
export type Decision = z.infer<typeof Decision>;

/** The choice of all that go up from a rung. */
export const Promotion = z.strictObject({
  /** From 0. */
  rung: z.number().int().nonnegative(),
  property: PropertyId,
  /** How many were to go up. */
  keep: z.number().int(),
  /** Of the evaluations that were compared. */
  evaluationVersion: z.number().int().nullable(),
  /** Value of the last that goes up, in the stored unit; null where none does. */
  cut: z.number().nullable(),
  /** Best first; those without a number last. */
  decisions: z.array(Decision),
});
export type Promotion = z.infer<typeof Promotion>;

type Asked = Pick<CampaignSettings, "evaluation" | "rungs">;

/** "9.31 eV", "0.812" of a composite: by the property of a rung. */
function valueText(settings: Asked, rung: number, value: number): string {
  const { unit, digits, fromStored } = shownAs(declarationOf(levelOf(settings, rung)));
  return `${fromStored(value).toFixed(digits)} ${unit}`.trimEnd();
}

/** "rung 1 (MP2/STO-3G): 9.31 eV, rank 23 of 40: not among the 20 that go up (the last at 9.52 eV)". */
function decisionSentence(
  settings: Asked,
  { rung, keep, cut }: Promotion,
  { decision: { value, rank, goesUp }, ranked }: { decision: Decision; ranked: number },
): string {
  const title = rungTitle(settings, rung);
  if (value === null || rank === null || cut === null) return `${title}: no number, so it does not go up`;
  const place = `${title}: ${valueText(settings, rung, value)}, rank ${rank} of ${ranked}`;
  const many = Math.min(keep, ranked);
  return goesUp
    ? `${place}: among the ${many} that go up`
    : `${place}: not among the ${many} that go up (the last at ${valueText(settings, rung, cut)})`;
}

/** What became of each candidate on the rungs below the last, from the lowest up, as sentences by the index of its proposal. */
export function climbs(settings: Asked, promotions: readonly Promotion[]): ReadonlyMap<number, string[]> {
  const found = new Map<number, string[]>();
  for (const promotion of promotions) {
    const ranked = promotion.decisions.filter(({ rank }) => rank !== null).length;
    for (const decision of promotion.decisions) {
      const own = found.get(decision.index) ?? [];
      found.set(decision.index, own);
      own.push(decisionSentence(settings, promotion, { decision, ranked }));
    }
  }
  return found;
}
