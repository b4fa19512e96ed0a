/** How far a campaign's ranking is to be trusted: error bars, the ranks that they decide, and what each step on the way changed. */
import { z } from "zod";
import { printedDecimal } from "../decimals.ts";
import type { EstimateCorrelation } from "../properties/estimate.ts";
import type { PropertyDeclaration } from "../properties/property.ts";

/** Molecules at the head of a ranking that people look at. */
export const TOP = 10;

export const CandidateCertainty = z.strictObject({
  /** Of its proposal. */
  index: z.number().int(),
  /** One standard deviation of its value against those of the others, in the stored unit of the property. */
  deviation: z.number(),
  /** The best and the worst rank that the error bars leave it: the same where they decide it. */
  ranks: z.tuple([z.number().int(), z.number().int()]),
  /** Chance that it is among the first ten, 0 to 1, those without an error bar at their numbers. */
  topChance: z.number(),
});
export type CandidateCertainty = z.infer<typeof CandidateCertainty>;

/** A cheaper number of the same property, held against dearer ones over the candidates that have both. */
export const Rung = z.strictObject({
  /** Key of the number, and of the next dearer one. */
  value: z.string(),
  above: z.string(),
  molecules: z.number().int(),
  /** Spearman's, −1 to 1, with the number above; null where one side is constant. */
  correlation: z.number().nullable(),
  /** How many of the best of the number above are among its own best, of `top`. */
  overlap: z.number().int(),
  /** Ten, or of fewer than twenty molecules the better half. */
  top: z.number().int(),
  /** Spearman's with the number that is ranked by, and over how many molecules. */
  ranked: z.strictObject({ correlation: z.number().nullable(), molecules: z.number().int() }),
});
export type Rung = z.infer<typeof Rung>;

/** 1 where no other candidate is better in one part of a composite and nowhere worse. */
export const CandidateFront = z.strictObject({
  /** Of its proposal. */
  index: z.number().int(),
  front: z.number().int().min(1),
  /** The number of each part, as it is kept, and how good it is, 0 to 1. */
  parts: z.array(z.strictObject({ value: z.number(), desirability: z.number() })),
});
export type CandidateFront = z.infer<typeof CandidateFront>;

export const RankingCertainty = z.strictObject({
  /** Of the ranked candidates that have an error bar, best first: none where the property's error is not known for the number that is ranked by; never ions, nor numbers of another active space than it was measured in. */
  candidates: z.array(CandidateCertainty),
  /** Mean rank correlation (Spearman) of the ranking with those of values drawn within their error bars, over these; null for fewer than three. */
  stability: z.number().nullable(),
  /** Cheapest first. */
  rungs: z.array(Rung),
  /** Of the ranked candidates of a composite; absent for other properties. */
  fronts: z.array(CandidateFront).exactOptional(),
});
export type RankingCertainty = z.infer<typeof RankingCertainty>;

/** By the index of the proposal. */
export type CertaintyOf = ReadonlyMap<number, CandidateCertainty>;

export const certaintyOf = ({ candidates }: Pick<RankingCertainty, "candidates">): CertaintyOf =>
  new Map(candidates.map((candidate) => [candidate.index, candidate]));

/** By the index of the proposal; undefined where the property is no composite. */
export const frontOf = ({
  fronts,
}: {
  fronts?: readonly CandidateFront[] | undefined;
}): FrontOf | undefined => fronts && new Map(fronts.map((one) => [one.index, one]));

export type FrontOf = ReadonlyMap<number, CandidateFront>;

/** Whether the error bars leave a candidate one rank alone. */
export const isDecided = ({ ranks: [best, worst] }: Pick<CandidateCertainty, "ranks">): boolean =>
  best === worst;

/** "3", or "3 (1–7)" where the error bars leave several ranks. */
export const rankText = (rank: number, certainty: CandidateCertainty | undefined): string =>
  certainty && !isDecided(certainty) ? `${rank} (${certainty.ranks[0]}–${certainty.ranks[1]})` : `${rank}`;

/** How many ranks the error bars decide, among all and among those that have one, and how stable the order is; null where nothing is known. */
export function certaintySentence({ candidates, stability }: RankingCertainty): string | null {
  if (stability === null) return null;
  const decided = candidates.filter(isDecided).length;
  // The last of these may stand behind all others.
  const without = Math.max(...candidates.map(({ ranks: [, worst] }) => worst)) - candidates.length;
  const among = candidates.filter(({ ranks: [best, worst] }) => worst - best === without).length;
  const said =
    without > 0
      ? `, since ${without} without one may stand anywhere; among the ${candidates.length} themselves they decide ${among}`
      : "";
  return `The error bars decide ${decided} of ${candidates.length} ranks (95 %)${said}; drawn anew within them, the order correlates with this one by ${printedDecimal(stability, 3)} on average (Spearman).`;
}

/** A sentence for each rung: what the next dearer number changed. @param title of a number by its key */
export const rungSentences = (
  { rungs }: Pick<RankingCertainty, "rungs">,
  title: (value: string) => string,
): string[] =>
  rungs.map(({ value, above, molecules, correlation, overlap, top }) => {
    const rho = correlation === null ? "not defined" : printedDecimal(correlation, 3);
    return `${title(value)} → ${title(above)}: rank correlation ${rho} (n = ${molecules}), ${overlap} of the best ${top} the same.`;
  });

/** The rank correlation of the property's estimate with what is ranked by; null without an estimate, or where it says nothing. */
export function estimateCorrelation(
  { rungs }: Pick<RankingCertainty, "rungs">,
  { estimate }: Pick<PropertyDeclaration, "estimate">,
): EstimateCorrelation | null {
  const { correlation = null, molecules = 0 } =
    rungs.find(({ value }) => value === estimate?.value)?.ranked ?? {};
  return correlation === null ? null : { correlation, molecules };
}
