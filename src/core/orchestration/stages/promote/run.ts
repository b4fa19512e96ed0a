/** Promote: who of a rung's candidates goes up to the next, dearer one: successive halving with counts that the plan names. */
import { rankBy } from "#core/ranking/rank.ts";
import type { RankingDirection } from "#shared/campaign/campaign.ts";
import type { Decision, Promotion } from "#shared/campaign/promotion.ts";

interface Contestant {
  /** Of its proposal. */
  readonly index: number;
  /** What the rung found; null where it found no number. */
  readonly value: number | null;
}

/** Version of the choice; part of its result's key. */
export const promoteStage = { name: "promote", version: 1 } as const;

export type Choice = Pick<Promotion, "cut" | "decisions">;

/** The best `keep` go up; of equal values at the cut those that were proposed first. */
export function chooseWhoGoesUp(
  contestants: readonly Contestant[],
  { keep, direction }: { keep: number; direction: RankingDirection },
): Choice {
  const { ranked, unranked } = rankBy(contestants, { direction, value: ({ value }) => value });
  const decisions = [
    ...ranked.map(
      ({ row: { index, value }, rank }, place): Decision => ({ index, value, rank, goesUp: place < keep }),
    ),
    ...unranked.map(({ index }): Decision => ({ index, value: null, rank: null, goesUp: false })),
  ];
  return { cut: ranked[Math.min(keep, ranked.length) - 1]?.row.value ?? null, decisions };
}
