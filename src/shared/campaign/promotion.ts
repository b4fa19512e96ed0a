/** Who went up from a rung and who did not, with the reason. */
import { z } from "zod";

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

/** What became of one candidate on a rung below the last. */
export const RungOutcome = Decision.omit({ index: true }).extend({
  /** "rung 1 (MP2/STO-3G)". */
  title: z.string(),
  /** The value in the unit that people read; null likewise. */
  shown: z.string().nullable(),
  /** Value of the last that went up, likewise. */
  cut: z.string().nullable(),
  /** How many have a number there, and how many of them go up. */
  ranked: z.number().int(),
  keep: z.number().int(),
});
export type RungOutcome = z.infer<typeof RungOutcome>;

/** "rung 1 (MP2/STO-3G): 9.31 eV, rank 23 of 40: not among the 20 that go up (cut at 9.52 eV)". */
export function rungSentence({ title, shown, rank, ranked, keep, goesUp, cut }: RungOutcome): string {
  if (shown === null || rank === null) return `${title}: no number, so it does not go up`;
  const place = `${title}: ${shown}, rank ${rank} of ${ranked}`;
  if (goesUp) return `${place}: among the ${Math.min(keep, ranked)} that go up`;
  return `${place}: not among the ${keep} that go up (cut at ${cut})`;
}
